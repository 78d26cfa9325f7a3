import { type Message, msg, said, sentences } from '../../language/message.ts'
import type { Clock } from '../../time/clock.ts'
import type { Hears } from '../types.ts'
import { type Allocation, type Child, type NomadApi, patiently } from './nomad-engine-api.ts'
import { lastError } from './nomad-engine-collect.ts'
import { awayMs, type Watch } from './nomad-engine-watch.ts'

export type End =
  | { how: 'complete'; allocation: Allocation }
  /** It had ended without a result before we looked: another dispatch is due. */
  | { how: 'spent' }
  | { how: 'failed'; why: Message }

/** A grader that cannot start on two clients will not on a third. */
const mostFailures = 2
/** Wall ms that no client may be fit for the job; one may be starting. */
const unfitMs = 120_000

interface Following {
  api: NomadApi
  watch: Watch
  child: string
  clock: Clock
  hears: Hears
  signal: AbortSignal
}

/**
 * Waits until a dispatched job has a completed allocation, through lost clients, full ones, and
 * changes of Nomad's leader. One that fails over and over is stopped.
 */
export async function follow(of: Following): Promise<End> {
  const { api, watch, child, clock, hears, signal } = of
  const asked = <T>(work: () => Promise<T>) => patiently(work, { clock, signal, ms: awayMs })
  const since = clock.now()
  let seen = ''
  let missing = 0
  let unfitSince: number | undefined
  watch.soon()
  for (let looks = 1; ; looks++) {
    const state = (await watch.next(signal)).get(child)
    if (!state) {
      // A list that was on its way when the job was made.
      if (++missing < 2) continue
      return looks === missing ? { how: 'spent' } : stopped
    }
    if (state.status !== 'dead') tellWait(state, clock.now() - since, hears)
    unfitSince = await stillUnfit(of, state, unfitSince)
    if (unfitSince !== undefined && clock.now() - unfitSince >= unfitMs) return unfit(of)
    const shown = JSON.stringify([state.status, state.running, state.ended])
    if (shown === seen) continue
    const allocations = await asked(() => api.allocations(child))
    const complete = allocations.find(({ status }) => status === 'complete')
    if (complete) return { how: 'complete', allocation: complete }
    const failed = allocations.filter(({ status }) => status === 'failed')
    if (failed.length >= mostFailures && state.status !== 'dead') return stopFailing(of, failed)
    if (state.status === 'dead') return seen === '' ? { how: 'spent' } : stopped
    tellClients(allocations, hears)
    seen = shown
  }
}

const stopped: End = { how: 'failed', why: msg('Its job was stopped in Nomad.') }

function tellWait(state: Child, elapsedMs: number, hears: Hears): void {
  const what =
    state.running > 0
      ? msg('the grader on a client of Nomad')
      : msg('a client of Nomad that has room')
  hears.waiting({ item: '', what, why: '', elapsedMs, usualMs: 0 })
}

function tellClients(allocations: Allocation[], hears: Hears): void {
  for (const { client, status } of allocations) {
    if (status === 'running') hears.say(msg('It is graded on {client}.', { client }))
    if (status === 'lost')
      hears.say(msg('{client} was lost; it is graded once more on another client.', { client }))
  }
}

/** Since when no client is fit for it, whatever room there is. */
async function stillUnfit(
  { api, child, clock }: Following,
  { queued, running }: Child,
  since: number | undefined,
): Promise<number | undefined> {
  if (queued === 0 || running > 0) return undefined
  const why = await api.unplaced(child).catch(() => '')
  return why === '' ? undefined : (since ?? clock.now())
}

async function unfit({ api, child }: Following): Promise<End> {
  const rules = await api.unplaced(child)
  await api.stop(child, false)
  const why = msg('No client of Nomad is fit for the job ({rules}).', { rules })
  const cure = msg('Change the template of the job, or the configuration of the clients.')
  return { how: 'failed', why: sentences(why, cure) }
}

async function stopFailing({ api, child }: Following, failed: Allocation[]): Promise<End> {
  await api.stop(child, false)
  const last = failed[0]
  const client = last?.client ?? ''
  const line = last ? await lastError(api, last.id).catch(() => '') : ''
  const words = [last?.said ?? '', line].filter((one) => one !== '').join(' · ')
  return {
    how: 'failed',
    why: msg('The grader did not start on {client}: {said}', { client, said: said(words) }),
  }
}
