import { type Key, type Message, msg, said, type Text, tellIn } from '../language/message.ts'
import type { Say } from './say.ts'

/** What Nomad, its HCL parser and Docker say, shortened to what a student needs, with what to do. */
export interface Said {
  text: Message
  hint: Message
}

/** Without words of ours the text's own stand. */
type Rule = [when: RegExp, text: ((name: string) => Message) | undefined, hint: Hint]
type Hint = Message | ((name: string) => Message)

/** The first rule that fits; its words get what the pattern's first group found. */
function told(text: Text, cleaned: string, rules: Rule[], otherwise: Message): Said {
  const own = typeof text === 'string' ? said(cleaned) : text
  for (const [when, words, hint] of rules) {
    const found = when.exec(cleaned)
    if (!found) continue
    const name = found[1] ?? ''
    return { text: words?.(name) ?? own, hint: typeof hint === 'function' ? hint(name) : hint }
  }
  return { text: own, hint: otherwise }
}

/** A sentence that ends in what somebody else said, translated; `key` ends in `{text}.`. */
export const ending =
  (key: Key, translate: (text: Text) => Said): Say =>
  (v) => {
    const given = v.text ?? v.sentence ?? ''
    const { text, hint } = translate(typeof given === 'number' ? `${given}` : given)
    return { sentence: { text: key, values: { text: withoutStop(text) } }, hint }
  }

/** Foreign text brings its own full stop. */
const withoutStop = (text: Message): Message =>
  text.text === '{said}' ? said(String(text.values.said).replace(/\.$/, '')) : text

const english = (text: Text) => tellIn(text, 'en')

/** Only the first of several diagnostics, without the parser's own file name and web address. */
const firstDiagnostic = (text: string) =>
  text
    .replace(/^<nil>: /, '')
    .replace(/\.? \S*\.hcl:\d+,.*$/s, '')
    .replace(/; see https?:.*$/s, '')
    .replace(/\.$/, '')

/** Of a list of errors in a list of errors, the innermost. */
const innermost = (text: string) => text.slice(text.lastIndexOf('* ') + 1).trim()

const parseRules: Rule[] = [
  [
    /Job spec is empty|file is empty/,
    () => msg('it is empty'),
    msg('Save the file in the editor and hand it in again.'),
  ],
  [
    /Curly quotes/,
    () => msg('it has the quotes of a word processor'),
    msg('Type each quote again: {code}.', { code: '"' }),
  ],
  [
    /Unclosed configuration block/,
    () => msg('the block that begins here is never closed'),
    msg('Add the {code}.', { code: '}' }),
  ],
  [
    /Missing job block|There is no job|argument named "datacenters"/,
    undefined,
    msg('Everything stands inside {code}.', { code: 'job "…" { }' }),
  ],
  [
    /(?:argument named|type) "(\w+)" (?:is|are) not expected/,
    (name) => msg('{name} does not belong in this block', { name }),
    (name) => msg('See in which block the sheet has {name}: move it there.', { name }),
  ],
  [
    /variable "(\w+)"|named "(\w+)" is not declared/,
    undefined,
    msg('Give the variable a default, or write its value: nobody passes variables.'),
  ],
  [
    /number required/,
    () => msg('a number is wanted here'),
    msg('Write the number without words or quotes.'),
  ],
]

/** HCL's diagnostics: what is wrong in the file's text. */
export const parseSaid = (text: Text): Said =>
  told(text, firstDiagnostic(english(text)), parseRules, msg('Compare this line with the sheet.'))

const samePort = msg('Name the same port in network, in ports and in the service: {code}.', {
  code: '"http"',
})
const otherPort = (port: string) =>
  msg('its service names the port "{port}", which network has not', { port })

const rejectedRules: Rule[] = [
  [
    /^No path to region/,
    () => msg('its region is not one of this cluster'),
    msg('Take the line with region out: the sheet has none.'),
  ],
  [/^port label "(.*)" referenced/, otherPort, samePort],
  [
    /Missing job datacenters/,
    () => msg('it names no datacenter'),
    msg('Add {code} to the job.', { code: 'datacenters = ["dc1"]' }),
  ],
  [
    /service providers/,
    undefined,
    msg('Set {code} in every service block.', { code: 'provider = "consul"' }),
  ],
]

/** Nomad's validation (cluster-facts §6). */
export function rejectedSaid(text: Text): Said {
  const inner = innermost(english(text))
  const [, have, name, type] =
    /^json: cannot unmarshal (\w+) into .*\.(\w+) of type (\w+)/.exec(inner) ?? []
  if (have && name && type)
    return {
      text: msg('its {name} is a {have}, and Nomad wants a value of type {type}', {
        name,
        have,
        type,
      }),
      hint: msg('Write numbers and true or false without quotes.'),
    }
  return told(
    inner,
    inner,
    rejectedRules,
    msg('{code} says the same.', { code: 'nomad job validate' }),
  )
}

/** The hook that registers a group's services. */
export const setupSaid = (text: Text): Said =>
  told(
    text,
    english(text),
    [[/invalid port "(.*)": port label/, otherPort, samePort]],
    msg('The port of the service must be a label of the network block.'),
  )

const inConfig = msg('In {code} stand image, ports and other options of the docker driver.', {
  code: 'config { }',
})
const configRules: Rule[] = [
  [
    /named "count"/,
    () => msg('it has no argument called {name}', { name: 'count' }),
    msg('Move count out of {code}, to the group.', { code: 'config { }' }),
  ],
  [/named "(\w+)"/, (name) => msg('it has no argument called {name}', { name }), inConfig],
]

/** Docker's driver on the task's config. */
export function configSaid(text: Text): Said {
  const inner = innermost(english(text)).replace(/^Invalid label: /, '')
  return told(inner, inner, configRules, inConfig)
}

const portsLabel = msg('Write {code}, the label of {port} in network.', {
  code: 'ports = ["http"]',
  port: 'port "http"',
})

/** A label of `ports` that the network block does not have. */
export const portLabelSaid = (text: Text): Said =>
  told(
    text,
    english(text),
    [
      [
        /Port "(.*)" not found/,
        (port) => msg('config publishes the port "{port}"', { port }),
        portsLabel,
      ],
    ],
    portsLabel,
  )

const refusedRules: [when: RegExp, hint: Message][] = [
  [/MB of memory|MHz/, msg('The sheet asks for cpu = 500 and memory = 256 in resources.')],
  [/no driver/, msg('Write {code} in the task.', { code: 'driver = "docker"' })],
  [/uses the driver/, msg('Set {code} in the task.', { code: 'driver = "docker"' })],
  [/the type "/, msg('Leave type out: Nomad then runs a service.')],
  [/The image ".*" comes from/, msg("Use the sheet's image, without a registry before it.")],
  [/allocations; at most/, msg('Set count as the sheet has it.')],
  [
    /somebody else's|someone else/,
    msg('Give the job another name, as {code} on the sheet.', { code: 'job "nginx"' }),
  ],
]

/** What to do about policy's sentence, which is given in English. */
export const refusedHint = (sentence: string): Message =>
  refusedRules.find(([when]) => when.test(sentence))?.[1] ??
  msg('Remove it: the sheet does not need it.')
