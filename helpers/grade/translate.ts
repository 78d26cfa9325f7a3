/** What Nomad, its HCL parser and Docker say, shortened to what a student needs, with what to do. */
export interface Said {
  text: string
  hint: string
}

type Rule = [when: RegExp, text: string, hint: string]

/** The first rule that fits; `$1` in its words is what the text says. '' as text keeps the text's own. */
function told(said: string, rules: Rule[], otherwise: string): Said {
  for (const [when, text, hint] of rules) {
    const found = when.exec(said)
    if (!found) continue
    const fill = (words: string) => words.replace(/\$(\d)/g, (_, n) => found[Number(n)] ?? '')
    return { text: text === '' ? said : fill(text), hint: fill(hint) }
  }
  return { text: said, hint: otherwise }
}

/** Only the first of several diagnostics, without the parser's own file name and web address. */
const firstDiagnostic = (said: string) =>
  said
    .replace(/^<nil>: /, '')
    .replace(/\.? \S*\.hcl:\d+,.*$/s, '')
    .replace(/; see https?:.*$/s, '')
    .replace(/\.$/, '')

/** Of a list of errors in a list of errors, the innermost. */
const innermost = (said: string) => said.slice(said.lastIndexOf('* ') + 1).trim()

const missingHints: Rule[] = [
  [/Job spec is empty/, 'it is empty', 'Save the file in the editor and hand it in again.'],
  [/Curly quotes/, 'it has the quotes of a word processor', 'Type each quote again: ".'],
  [/Unclosed configuration block/, 'the block that begins here is never closed', 'Add the }.'],
  [/Missing job block|argument named "datacenters"/, '', 'Everything stands inside job "…" { }.'],
  [
    /(?:argument named|type) "(\w+)" (?:is|are) not expected/,
    '$1 does not belong in this block',
    'See in which block the sheet has $1: move it there.',
  ],
  [
    /variable "(\w+)"|named "(\w+)" is not declared/,
    '',
    'Give the variable a default, or write its value: nobody passes variables.',
  ],
  [/number required/, 'a number is wanted here', 'Write the number without words or quotes.'],
]

/** HCL's diagnostics: what is wrong in the file's text. */
export const parseSaid = (said: string): Said =>
  told(firstDiagnostic(said), missingHints, 'Compare this line with the sheet.')

/** Nomad's validation (cluster-facts §6). */
export const rejectedSaid = (said: string): Said =>
  told(
    innermost(said),
    [
      [
        /^No path to region/,
        'its region is not one of this cluster',
        'Take the line with region out: the sheet has none.',
      ],
      [
        /^json: cannot unmarshal (\w+) into .*\.(\w+) of type (\w+)/,
        'its $2 is a $1, and Nomad wants a value of type $3',
        'Write numbers and true or false without quotes.',
      ],
      [
        /^port label "(.*)" referenced/,
        'its service names the port "$1", which network has not',
        'Name the same port in network, in ports and in the service: "http".',
      ],
      [
        /Missing job datacenters/,
        'it names no datacenter',
        'Add datacenters = ["dc1"] to the job.',
      ],
      [/service providers/, '', 'Set provider = "consul" in every service block.'],
    ],
    'nomad job validate says the same.',
  )

/** The hook that registers a group's services. */
export const setupSaid = (said: string): Said =>
  told(
    said,
    [
      [
        /invalid port "(.*)": port label/,
        'its service names the port "$1", which network has not',
        'Name the same port in network, in ports and in the service: "http".',
      ],
    ],
    'The port of the service must be a label of the network block.',
  )

/** Docker's driver on the task's config. */
export const configSaid = (said: string): Said =>
  told(
    innermost(said).replace(/^Invalid label: /, ''),
    [
      [
        /named "count"/,
        'it has no argument called count',
        'Move count out of config { }, to the group.',
      ],
      [
        /named "(\w+)"/,
        'it has no argument called $1',
        'In config { } stand image, ports and other options of the docker driver.',
      ],
    ],
    'In config { } stand image, ports and other options of the docker driver.',
  )

/** A label of `ports` that the network block does not have. */
export const portLabelSaid = (said: string): Said =>
  told(
    said,
    [
      [
        /Port "(.*)" not found/,
        'config publishes the port "$1"',
        'Write ports = ["http"], the label of port "http" in network.',
      ],
    ],
    'Write ports = ["http"], the label of port "http" in network.',
  )

/** Policy's sentence: only what to do depends on it. */
export const refusedHint = (said: string): string =>
  told(
    said,
    [
      [/MB of memory|MHz/, '', 'The sheet asks for cpu = 500 and memory = 256 in resources.'],
      [/no driver/, '', 'Write driver = "docker" in the task.'],
      [/uses the driver/, '', 'Set driver = "docker" in the task.'],
      [/the type "/, '', 'Leave type out: Nomad then runs a service.'],
      [/The image ".*" comes from/, '', "Use the sheet's image, without a registry before it."],
      [/allocations; at most/, '', 'Set count as the sheet has it.'],
      [
        /somebody else's|someone else/,
        '',
        'Give the job another name, as job "nginx" on the sheet.',
      ],
    ],
    'Remove it: the sheet does not need it.',
  ).hint
