import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Rubric } from '../helpers/grade/rubric.ts'
import { type Message, msg } from '../helpers/language/message.ts'
import { Fault, sentenceOf } from '../helpers/time/fault.ts'
import { rubric } from '../suites/rubric.ts'
import { Usage } from './exit.ts'

/** What is graded beside the ten items, and is in no mark: plain data. */
export interface Beside {
  /** `00`, `04.1`: an item, or all of a suite. */
  items: string[]
  /** A suite of one's own (docs/write-your-own.md). */
  suite?: string
}

const bonus = Object.keys(rubric.bonus)
const ownItem = /^0[5-9](\.[1-9])?$/
const ownNumber = /^0[5-9]\.[1-9]$/
const groupsOf = (ids: string[]) => [...new Set(ids.map((id) => id.slice(0, 2)))].sort()

/**
 * Parts `--items` into those of the ten and those beside them, and adds what `--bonus` and `--suite`
 * mean. `ten` is undefined where all are meant, '' where none is.
 */
export function besideOf(flags: { items?: string; bonus?: boolean; suite?: string }): {
  ten: string | undefined
  beside: Beside
} {
  const suite = flags.suite === undefined ? undefined : suiteFile(flags.suite)
  const parts = flags.items?.split(',').map((part) => part.trim()) ?? []
  const isOurs = (part: string) => bonus.some((id) => id === part || id.startsWith(`${part}.`))
  const isBeside = (part: string) => isOurs(part) || (suite !== undefined && ownItem.test(part))
  const named = parts.filter(isBeside)
  const all = [
    ...(flags.bonus ? groupsOf(bonus) : []),
    ...(suite !== undefined && !named.some((part) => ownItem.test(part)) ? ['own'] : []),
  ]
  const ten = flags.items === undefined ? undefined : parts.filter((p) => !isBeside(p)).join(',')
  return { ten, beside: { items: [...named, ...all], ...(suite !== undefined && { suite }) } }
}

function suiteFile(flag: string): string {
  const path = resolve(flag)
  if (flag === '' || !existsSync(path))
    throw new Usage(msg('There is no suite {path}.', { path: flag }))
  return path
}

/** Loads the suites that are wanted and gives their rows; throws a Fault where one is no suite. */
export async function loadBeside({ items, suite }: Beside): Promise<Rubric['items']> {
  const isWanted = (id: string) => items.some((part) => id === part || id.startsWith(`${part}.`))
  const ours = Object.entries(rubric.bonus).filter(([id]) => isWanted(id))
  if (ours.length > 0)
    await Promise.all([import('../suites/00-fit.spec.ts'), import('../suites/04-mesh.spec.ts')])
  const own = suite === undefined ? [] : Object.entries(await rowsOf(suite))
  const wanted = own.filter(([id]) => items.includes('own') || isWanted(id))
  const missing = items.find(
    (part) => ownItem.test(part) && !own.some(([id]) => id === part || id.startsWith(`${part}.`)),
  )
  if (missing !== undefined && suite !== undefined)
    throw noSuite(suite, msg('it has no item {id}', { id: missing }))
  return Object.fromEntries([...ours, ...wanted])
}

/** What a suite of one's own exports as `rubric`. */
async function rowsOf(suite: string): Promise<Rubric['items']> {
  // Only where there is a suite: a wrong word on the command line is answered without them.
  const { rowSchema } = await import('../helpers/grade/rubric-schema.ts')
  const { registeredItems } = await import('../helpers/item.ts')
  const module = await import(/* @vite-ignore */ pathToFileURL(suite).href).catch((cause) => {
    throw noSuite(suite, sentenceOf(cause), cause)
  })
  const found: [string, unknown][] = Object.entries(module.rubric ?? {})
  if (found.length === 0) throw noSuite(suite, msg('it exports no {name}', { name: 'rubric' }))
  const registered = new Set<string>(registeredItems().map(({ id }) => id))
  return Object.fromEntries(
    found.map(([id, row]) => {
      if (!ownNumber.test(id))
        throw noSuite(suite, msg('{id} is no number from 05.1 to 09.9', { id }))
      const read = rowSchema.safeParse(row)
      const [wrong] = read.error?.issues ?? []
      if (wrong || !read.data)
        throw noSuite(
          suite,
          msg('the row {id} is wrong at {where}: {why}', {
            ...{ id, where: wrong?.path.join('.') ?? '', why: wrong?.message ?? '' },
          }),
        )
      if (!registered.has(id)) throw noSuite(suite, msg('no item {id} is written there', { id }))
      return [id, read.data]
    }),
  )
}

function noSuite(path: string, why: Message, cause?: unknown): Fault {
  return new Fault(msg('{path} is no suite: {why}.', { path, why }), {
    code: 'NO_SUITE',
    cure: msg('See {doc}.', { doc: 'docs/write-your-own.md' }),
    cause,
  })
}
