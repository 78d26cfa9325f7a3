import { createRequire } from 'node:module'
import { type Message, msg } from '../language/message.ts'
import { fromCanonical } from './canonical.ts'
import { apiJobFrom, labelled } from './hcl.ts'
import type { Job } from './job.ts'
import { apiJobIn, TwiceNamed } from './json-job.ts'
import { lex } from './lexer.ts'
import type { Problem } from './types.ts'
import type { Body } from './values.ts'
import { field, isBody, quoted } from './values.ts'

export type Parsed = { job: Job } | { problem: Omit<Problem, 'file'> }

/** A job file of the exercise has 600 bytes; beyond this the parser takes seconds. */
const maxText = 64 * 1024
/** Nesting that the parser's stack bears with a wide margin. */
const maxDepth = 100

/** Reads a job file's text. It never throws: what cannot be a job is a problem in one sentence. */
export async function parseJob(text: string, format: 'hcl' | 'json'): Promise<Parsed> {
  if (text.length > maxText) {
    return problem(
      'too-large',
      msg('The file is larger than {limit} KiB, too large for a job.', { limit: maxText / 1024 }),
    )
  }
  if (text.trim() === '')
    return problem('empty', msg('The file is empty, so there is no job in it.'))
  try {
    return format === 'json' ? parseJson(text) : await parseHcl(text)
  } catch (error) {
    return problem(
      'unreadable',
      msg('The file cannot be read as a job: {said}.', { said: firstLine(error) }),
    )
  }
}

const problem = (code: string, sentence: Message, line?: number): Parsed => ({
  problem: line === undefined ? { code, sentence } : { code, sentence, line },
})

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .split('\n')[0]!
    .slice(0, 200)

async function parseHcl(text: string): Promise<Parsed> {
  const { depth, recursion } = lex(text)
  if (depth > maxDepth || recursion > 2 * maxDepth) {
    return problem('too-deep', msg('The file is nested too deeply to be a job.'))
  }
  const read = await hclToJson(text)
  if ('error' in read) return hclProblem(read.error, text)
  return jobIn(read.root)
}

type Hcl2Json = { parse(file: string, text: string): Promise<Record<string, unknown>> }
const require = createRequire(import.meta.url)
const hclPackage = '@cdktn/hcl2json'

/**
 * What files said that were read before: the sheet's own files are in the folders of a whole class.
 * A text of so many bytes says the same each time.
 */
const before = new Map<string, string>()
const mostKept = 50

/**
 * Loaded late, since it costs 200 ms. Its WebAssembly dies for good when its stack overflows, so an
 * error that is not about the text makes the next file start with a new one.
 */
async function hclToJson(text: string): Promise<{ root: Body } | { error: string }> {
  const known = before.get(text)
  if (known) return { root: JSON.parse(known) }
  try {
    const root = await (require(hclPackage) as Hcl2Json).parse('file', text)
    if (before.size >= mostKept) before.delete(before.keys().next().value ?? '')
    before.set(text, JSON.stringify(root))
    return { root }
  } catch (error) {
    const message = String(error instanceof Error ? error.message : error)
    if (!message.startsWith('parse config:')) forget()
    return { error: message }
  }
}

function forget(): void {
  for (const file of Object.keys(require.cache)) {
    if (file.includes('hcl2json')) delete require.cache[file]
  }
}

/** `parse config: [file:7,5-12: Title; Detail. Detail. file:9,1-2: …]` → the first, with its line. */
function hclProblem(message: string, text: string): Parsed {
  const match = /file:(\d+),\d+-[\d,]+: ([^;]+); (.*?)(?: file:\d+,\d+-[\d,]+: |\]?$)/s.exec(
    message,
  )
  if (!match) return problem('syntax', msg('Nomad cannot read the file: it is not HCL.'))
  const [, line, title, detail] = match
  const word = /^\s*(\w+)/.exec(text.split('\n')[Number(line) - 1] ?? '')?.[1]
  if (word && title === 'Argument or block definition required') {
    const sentence = msg(
      'Nomad cannot read the file: after {word} there is neither a {block} (a block) nor a {equals} (an argument).',
      { word: quoted(word), block: '"{"', equals: '"="' },
    )
    return problem('syntax', sentence, Number(line))
  }
  const what = title!.charAt(0).toLowerCase() + title!.slice(1)
  const more = detail!
    .replace(/file:(\d+),[\d-]+/g, 'line $1')
    .split(/\. (?=[A-Z])/)
    .filter((part) => !part.toLowerCase().includes(what.slice(0, 20)))
    .map((part) => part.replace(/[.\s]+$/, ''))
  const why = more.length > 0 ? `${what} (${more.join('; ').slice(0, 300)})` : what
  return problem('syntax', msg('Nomad cannot read the file: {why}.', { why }), Number(line))
}

/** The one job of an HCL file or of HCL written as JSON. */
function jobIn(root: Body): Parsed {
  const jobs = labelled(field(root, 'job'))
  if (jobs.length === 0) return problem('no-job', msg('There is no job block in the file.'))
  if (jobs.length > 1) return problem('two-jobs', msg('The file has more than one job block.'))
  const [label, body] = jobs[0]!
  return { job: fromCanonical(apiJobFrom(label, body, root)) }
}

function parseJson(text: string): Parsed {
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    return problem(
      'syntax',
      msg('The file is not JSON: {said}.', { said: firstLine(error) }),
      jsonLine(error, text),
    )
  }
  if (!isBody(root)) return problem('no-job', msg('There is no job in the file.'))
  try {
    const job = apiJobIn(root)
    return job ? { job: fromCanonical({ ...job, Unresolved: [] }) } : jobIn(root)
  } catch (error) {
    if (!(error instanceof TwiceNamed)) throw error
    return problem(
      'twice',
      msg('The job has {name} twice in one place.', { name: quoted(error.message) }),
    )
  }
}

function jsonLine(error: unknown, text: string): number | undefined {
  const place = /position (\d+)/.exec(String(error))
  return place ? text.slice(0, Number(place[1])).split('\n').length : undefined
}
