import { refuseBeyond } from './beyond.ts'
import { knownOf } from './known.ts'
import { diagnostic, Gap, ParseError } from './problem.ts'
import { type Item, scan } from './scan.ts'
import { jobSchemaOf } from './schema.ts'
import type { Nested, Schema } from './schema-parts.ts'
import { unexpected } from './unexpected.ts'
import { convert, evaluate, isMisfit, type Known, toMap } from './values.ts'

export type Sparse = Record<string, unknown>

interface Reading {
  version: '1.4.4' | '2.0.5'
  known: Known
  diagnostics: string[]
}

/**
 * Reads a job file as Nomad's parser does; what the file does not say is absent.
 * Throws ParseError with Nomad's text, or Gap for what the lab cannot evaluate.
 */
export async function parseJobFile(text: string, version: '1.4.4' | '2.0.5'): Promise<Sparse> {
  const values = await hclToJson(text)
  const file = scan(text)
  const reading: Reading = { version, known: knownOf(values), diagnostics: [] }
  const jobs = file.items.filter((item) => item.kind === 'block' && item.name === 'job')
  const allowed = ['job', 'variable', 'variables', 'locals']
  for (const item of file.items) {
    if (item.kind === 'block' && allowed.includes(item.name)) continue
    reading.diagnostics.push(unexpected(item, [], allowed))
  }
  const [job] = jobs
  if (!job) reading.diagnostics.push('Missing job block; A job block is required')
  if (jobs[1]) {
    const detail = 'Only one job block is allowed in a job file.'
    reading.diagnostics.push(diagnostic(jobs[1].place, 'Duplicate job block', detail))
  }
  const sparse = job ? readBlock(job, valuesOf(values, job, 0), jobSchemaOf(version), reading) : {}
  if (reading.diagnostics.length > 0) throw new ParseError(reading.diagnostics.join('\n'))
  const name = job!.labels[0]
  return { ...sparse, ID: sparse.ID ?? name, Name: sparse.Name ?? name }
}

/** What files gave that were read before: a text of so many bytes gives the same each time. */
const before = new Map<string, string>()
const mostKept = 50

async function hclToJson(text: string): Promise<Record<string, unknown>> {
  const known = before.get(text)
  if (known) return JSON.parse(known)
  // It is WebAssembly: loaded only when a job file comes.
  const { parse } = await import('@cdktn/hcl2json')
  try {
    const values = await parse('input.hcl', text)
    if (before.size >= mostKept) before.delete(before.keys().next().value ?? '')
    before.set(text, JSON.stringify(values))
    return values
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const found = /^parse config: \[(.*)\]$/s.exec(message)
    if (!found) throw new Gap(`a job file that gives "${message}"`)
    throw new ParseError(found[1]!.replaceAll(' input.hcl:', '\ninput.hcl:'))
  }
}

/** The values that hcl2json gave for the nth block of this name and these labels. */
function valuesOf(parent: Sparse, item: Item, nth: number): Sparse {
  let found: unknown = parent[item.name]
  for (const label of item.labels) found = (found as Sparse | undefined)?.[label]
  return ((found as Sparse[] | undefined)?.[nth] ?? {}) as Sparse
}

function readBlock(block: Item, values: Sparse, schema: Schema, reading: Reading): Sparse {
  const result: Sparse = {}
  checkLabels(block, schema, reading)
  if (block.labels.length > 0) result.Name = block.labels[0]
  const seen = new Map<string, number>()
  for (const item of block.body.items) {
    const argument = schema.args[item.name]
    const nested = schema.blocks[item.name]
    if (item.kind === 'argument' && argument) {
      readArgument(item, values[item.name], argument, result, reading)
    } else if (item.kind === 'argument' && nested?.take === 'map') {
      setMap(result, nested, evaluate(values[item.name], reading.known))
    } else if (item.kind === 'block' && nested) {
      const key = [item.name, ...item.labels].join('\0')
      const nth = seen.get(key) ?? 0
      seen.set(key, nth + 1)
      readNested(item, valuesOf(values, item, nth), nested, result, reading)
    } else {
      refuseBeyond(block.name, item, reading.version)
      const names = [Object.keys(schema.args), Object.keys(schema.blocks)] as const
      reading.diagnostics.push(unexpected(item, ...names))
    }
  }
  return result
}

function checkLabels(block: Item, schema: Schema, reading: Reading): void {
  const wanted = schema.labels.length
  const given = block.labels.length
  if (given === wanted) return
  const names = schema.labels.join(', ')
  const summary =
    given < wanted
      ? `Missing ${schema.labels[given]} for ${block.name}`
      : `Extraneous label for ${block.name}`
  const detail =
    wanted > 0
      ? `All ${block.name} blocks must have ${wanted} labels (${names}).`
      : `No labels are expected for ${block.name} blocks.`
  reading.diagnostics.push(diagnostic(block.place, summary, detail))
}

function readArgument(
  item: Item,
  raw: unknown,
  [field, kind]: Schema['args'][string],
  result: Sparse,
  reading: Reading,
): void {
  const value = convert(evaluate(raw, reading.known), kind)
  if (isMisfit(value)) {
    reading.diagnostics.push(diagnostic(item.place, 'Unsuitable value type', value.misfit))
  } else if (value !== undefined) result[field] = value
}

function readNested(
  item: Item,
  values: Sparse,
  { field, take, schema }: Nested,
  result: Sparse,
  reading: Reading,
): void {
  if (take === 'map') return void setMap(result, { field }, evaluate(values, reading.known))
  const read = readBlock(item, values, schema, reading)
  if (take === 'many') result[field] = [...((result[field] as Sparse[]) ?? []), read]
  else if (take === 'byLabel') {
    result[field] = { ...(result[field] as Sparse), [item.labels[0] ?? '']: read }
  } else if (field in result) {
    const detail = `Only one ${item.name} block is allowed.`
    reading.diagnostics.push(diagnostic(item.place, `Duplicate ${item.name} block`, detail))
  } else result[field] = read
}

const texts = new Set(['Env', 'Meta', 'CanaryMeta', 'TaggedAddresses', 'GetterOptions'])

function setMap(result: Sparse, { field }: Pick<Nested, 'field'>, value: unknown): void {
  const map = texts.has(field) ? toMap(value) : (value as Sparse)
  result[field] = { ...(result[field] as Sparse), ...(map as Sparse) }
}
