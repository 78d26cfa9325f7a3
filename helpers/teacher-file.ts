import { readFile } from 'node:fs/promises'
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { mistakeIn } from './cluster/mistakes.ts'
import { type Overrides, overridesSchema } from './grade/overrides.ts'
import type { Rubric } from './grade/rubric.ts'
import { scales } from './grade/scale.ts'
import { type Scale, scaleSchema } from './grade/scale-schema.ts'
import { msg, said, tellIn } from './language/message.ts'
import { codeOf, Fault } from './time/fault.ts'

const gradingSchema = z.strictObject({
  scale: z.union([z.enum(Object.keys(scales) as [string, ...string[]]), scaleSchema]),
})

/** grading.yaml: the scale. Any mistake is a Fault that names file and line. */
export async function readGrading(path: string): Promise<Scale> {
  const { data } = await readTeacherFile(path, gradingSchema)
  const { scale } = data
  const named = typeof scale === 'string' ? scales[scale] : scale
  if (!named) throw new Error(`no scale ${scale}`)
  return named
}

/** overrides.yaml, checked against the rubric. Any mistake is a Fault that names file and line. */
export async function readOverrides(path: string, rubric: Rubric): Promise<Overrides> {
  const { data, fail } = await readTeacherFile(path, overridesSchema)
  const seen = new Set<string>()
  for (const list of ['overrides', 'waivers'] as const)
    for (const [at, one] of data[list].entries()) {
      const item = rubric.items[one.item]
      const ids = Object.keys(rubric.items).sort().join(', ')
      if (!item) throw fail([list, at, 'item'], `there is no item ${one.item}: there are ${ids}`)
      if ('marks' in one && one.marks > item.marks)
        throw fail([list, at, 'marks'], `${one.item} has ${item.marks} marks at most`)
      const key = JSON.stringify([one.student.normalize('NFC'), one.item])
      if (seen.has(key))
        throw fail([list, at], `${one.item} of ${one.student} is there twice: leave one`)
      seen.add(key)
    }
  return data
}

interface Read<T> {
  data: T
  /** The fault for something wrong at a path in the file. */
  fail(path: PropertyKey[], what: string): Fault
}

async function readTeacherFile<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<Read<z.infer<S>>> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new Fault(msg('{path} cannot be read ({code}).', { path, code: codeOf(cause) }), {
      code: 'TEACHER_FILE_MISSING',
      cause,
    })
  })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const wrong = (line: number | undefined, what: string) =>
    new Fault(
      said(`${path}${line ? `:${line}` : ''}: ${what.replace(/\s+/g, ' ').replace(/\.$/, '')}.`),
      {
        code: 'TEACHER_FILE_WRONG',
        cure: msg('Correct that line; {page} says what the file may hold.', {
          page: 'docs/scales.md',
        }),
      },
    )
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken) throw wrong(lines.linePos(broken.pos[0]).line, `it is not YAML: ${broken.message}`)
  const lineOf = (at: PropertyKey[], key?: string) => {
    const map = document.getIn(at, true) ?? document.contents
    const pair = isMap(map) && map.items.find((one) => isScalar(one.key) && one.key.value === key)
    if (pair && isScalar(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line
    for (let length = at.length; length >= 0; length--) {
      const node = document.getIn(at.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return undefined
  }
  let json: unknown
  try {
    json = document.toJS({ maxAliasCount: 20 }) ?? {}
  } catch (error) {
    throw wrong(undefined, `it is not YAML: ${(error as Error).message}`)
  }
  const parsed = schema.safeParse(json)
  const fail = (at: PropertyKey[], what: string) => wrong(lineOf(at), what)
  if (parsed.success) return { data: parsed.data, fail }
  const issue = deepest(parsed.error.issues[0])
  if (!issue) throw parsed.error
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    throw wrong(lineOf(issue.path, key), `there is no key "${key}" here`)
  }
  let value: unknown = json
  for (const step of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[step]
  throw fail(issue.path, tellIn(mistakeIn(issue, value), 'en'))
}

/** Of a choice, what is wrong with the map that was written. */
function deepest(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue
  const inner = issue.errors.map(([first]) => first).find((one) => one && one.path.length > 0)
  const keys = issue.errors.map(([first]) => first).find((one) => one?.code === 'unrecognized_keys')
  const found = inner ?? keys
  return found ? { ...found, path: [...issue.path, ...found.path] } : issue
}
