import { type Message, msg } from '../language/message.ts'
import type { Task, Template } from './job.ts'
import type { Refusal } from './policy.ts'
import { staysInside } from './policy-docker.ts'
import { quoted } from './values.ts'

/** Words of Go's templates, and functions that neither read nor write outside the text. */
const harmless = new Set(
  `if else end range with define template block break continue nil true false
  and or not eq ne lt le gt ge len index slice print printf println html js urlquery
  add subtract multiply divide modulo minimum maximum sum loop scratch
  toUpper toLower toTitle trim trimPrefix trimSuffix trimSpace replaceAll regexMatch
  regexReplaceAll split splitToMap join contains containsAll containsAny containsNone
  containsNotAll in indent spew_printf spew_sprintf timestamp parseBool parseFloat parseInt
  parseJSON parseUint parseYAML toJSON toJSONPretty toTOML toYAML toUnescapedJSON
  toUnescapedJSONPretty base64Decode base64Encode base64URLDecode base64URLEncode md5sum
  sha1Sum sha256Hex hmacSHA256Hex mergeMap mergeMapWithOverride explode explodeMap byKey byTag
  service services node nodes datacenters nomadService nomadServices byMeta byPort`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Sprig's functions that reach the host or the network. */
const reaching = new Set(['sprig_env', 'sprig_expandenv', 'sprig_getHostByName'])

/** Variables of the task that Nomad itself sets; any other name may be read from the agent's host. */
const nomadVariable =
  /\benv\s+"NOMAD_(ALLOC|TASK|GROUP|JOB|META|IP|PORT|ADDR|HOST|DC|REGION|CPU|MEMORY|SHORT)[\w-]*"/g

/** A template may hold text and calculate; it may not read files, environment or secrets. */
export function templateRefusals(task: Task): Refusal[] {
  return task.templates.flatMap((template) => {
    const why = whyNot(template)
    if (why === undefined) return []
    const sentence = msg('A template of the task {name} {why}, which is not allowed.', {
      name: quoted(task.name),
      why,
    })
    return [{ code: 'template', sentence, place: 'template' }]
  })
}

function whyNot(template: Template): Message | undefined {
  if (template.source !== '') return msg('reads the file {file}', { file: quoted(template.source) })
  const destination = template.destination.replace(
    /^\$\{NOMAD_(TASK|SECRETS|ALLOC)_DIR\}/,
    'directory',
  )
  if (!staysInside(destination.replace(/^\/+/, ''))) {
    return msg('writes to {file}', { file: quoted(template.destination) })
  }
  const word = actionsOf(template)
    .flatMap(wordsOf)
    .find((each) => !isHarmless(each))
  return word === undefined ? undefined : msg('calls {word}', { word: quoted(word) })
}

/** What stands between the delimiters; a delimiter inside a string is text, as for Go. */
function actionsOf({ data, left, right }: Template): string[] {
  const actions: string[] = []
  for (let at = data.indexOf(left); at >= 0; at = data.indexOf(left, at)) {
    const start = at + left.length
    const comment = /^-?\s*\/\*/.exec(data.slice(start, start + 20))
    const ends = comment ? data.indexOf('*/', start + comment[0].length) : start
    const end = endOfAction(data, ends < 0 ? data.length : ends, right)
    if (!comment) actions.push(data.slice(start, end))
    at = end
  }
  return actions
}

function endOfAction(data: string, from: number, right: string): number {
  let at = from
  while (at < data.length && !data.startsWith(right, at)) {
    const string = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'/y
    string.lastIndex = at
    at = string.test(data) ? string.lastIndex : at + 1
  }
  return Math.min(at, data.length)
}

/** Names of functions: not fields (`.Name`), variables (`$x`) or strings. */
function wordsOf(action: string): string[] {
  const code = action
    .replace(nomadVariable, ' ')
    .replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'/g, ' ')
  return [...code.matchAll(/(?<![\w.$])[A-Za-z_]\w*/g)].map((match) => match[0])
}

function isHarmless(word: string): boolean {
  return harmless.has(word) || (word.startsWith('sprig_') && !reaching.has(word))
}
