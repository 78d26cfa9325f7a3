import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Result } from '../../grade/result.ts'
import { type Message, msg, said } from '../../language/message.ts'
import type { Clock } from '../../time/clock.ts'
import { codeOf } from '../../time/fault.ts'
import { folderOf, type Into, takeRun } from './elsewhere.ts'
import { type Entry, isMomentary, type NomadApi, patiently } from './nomad-engine-api.ts'

export type Collected =
  | { dir: string; result: Result }
  /** The files are not there any more, or their client stays away. */
  | { gone: Message }
  /** The grader ended there without a result, with that exit code. */
  | { nothing: Message; code: number }

/** Wall ms that a client may be out of reach before its results are given up. */
const clientAwayMs = 120_000
/** Nothing that a run writes is deeper, or has more files. */
const most = { depth: 4, files: 300 }
const reports = '/alloc/data/reports'

/**
 * Fetches the run's folder from the allocation that completed, and takes it into its place.
 */
export async function collect(
  api: Pick<NomadApi, 'files' | 'read'>,
  allocation: { id: string; client: string },
  into: Into & { began(dir: string): void },
  how: { clock: Clock; signal: AbortSignal },
): Promise<Collected> {
  const aside = join(folderOf(into), `.fetched-${into.key}`)
  const fetched = async () => {
    await rm(aside, { recursive: true, force: true })
    return await fetchRun(api, allocation.id, aside)
  }
  const { began } = into
  try {
    const code = await patiently(fetched, { ...how, ms: clientAwayMs })
    if (!existsSync(join(aside, 'result.json')))
      return { nothing: await lastWords(api, allocation, code), code }
    return await takeRun(aside, into, began, how.clock)
  } catch (error) {
    how.signal.throwIfAborted()
    if (!isMomentary(error) && codeOf(error) !== 'NOMAD_404') throw error
    return { gone: msg('Its results on {client} are out of reach.', { client: allocation.client }) }
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** Copies the run's files to `to`; gives the grader's exit code, or NaN. */
async function fetchRun(
  api: Pick<NomadApi, 'files' | 'read'>,
  allocation: string,
  to: string,
): Promise<number> {
  const left = { files: most.files }
  const copy = async (path: string, dir: string, depth: number): Promise<void> => {
    await mkdir(dir, { recursive: true })
    for (const { name, isFolder, isFile, size } of named(await api.files(allocation, path))) {
      if (isFolder && depth < most.depth) await copy(`${path}/${name}`, join(dir, name), depth + 1)
      if (!isFile || left.files-- <= 0) continue
      await writeFile(join(dir, name), await api.read(allocation, `${path}/${name}`, size))
    }
  }
  const data = await api.files(allocation, '/alloc/data')
  const run = await newestRun(api, allocation, data)
  if (run) await copy(run, to, 1)
  const exit = data.find(({ name }) => name === 'exit')
  return exit ? Number(await api.read(allocation, '/alloc/data/exit', exit.size)) : Number.NaN
}

/** Names as the grader writes them; nothing else is copied. */
const named = (entries: Entry[]) => entries.filter(({ name }) => /^[\w][\w.-]{0,100}$/.test(name))

/** `reports/<student>/<time>`: a task that Nomad started again leaves more than one. */
async function newestRun(api: Pick<NomadApi, 'files'>, allocation: string, data: Entry[]) {
  if (!data.some(({ name }) => name === 'reports')) return undefined
  const folder = async (path: string) =>
    (await api.files(allocation, path))
      .filter(({ isFolder }) => isFolder)
      .map(({ name }) => `${path}/${name}`)
      .sort()
      .at(-1)
  const student = await folder(reports)
  return student && (await folder(student))
}

async function lastWords(
  api: Pick<NomadApi, 'files' | 'read'>,
  { id, client }: { id: string; client: string },
  code: number,
): Promise<Message> {
  const line = await lastError(api, id).catch(() => '')
  return msg('The grader on {client} ended with {code}: {said}', {
    ...{ client, code: `${code}`, said: said(line) },
  })
}

/** The last line that the task wrote to stderr, '' without one. */
export async function lastError(
  api: Pick<NomadApi, 'files' | 'read'>,
  allocation: string,
): Promise<string> {
  const logs = await api.files(allocation, '/alloc/logs')
  const log = logs.filter(({ name }) => /\.stderr\.\d+$/.test(name)).at(-1)
  if (!log) return ''
  const text = await api.read(allocation, `/alloc/logs/${log.name}`, log.size)
  return text.trim().split('\n').at(-1)?.slice(0, 500) ?? ''
}
