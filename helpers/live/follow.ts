import { rubric } from '../../suites/rubric.ts'
import type { Asking } from '../agents.ts'
import type { Connected } from '../connect.ts'
import { type Change, changesBetween } from '../grade/changes.ts'
import type { Timed } from '../grade/recorded.ts'
import { replicasOf } from '../grade/replicas.ts'
import type { View } from '../grade/view.ts'
import { type Message, msg, type Text } from '../language/message.ts'
import type { Standing } from '../machines.ts'
import { sentenceOf } from '../time/fault.ts'
import { stepOf } from './attempts.ts'
import { type Focus, focusOf, type Looks } from './focus.ts'
import { judgeLook, notYet } from './judged.ts'
import {
  lookAtAgents,
  lookAtJobs,
  lookAtMachines,
  newMemory,
  type Seen,
  watchOnly,
} from './look.ts'
import { noticesOf } from './notices.ts'
import { fitOf, followMachines, newStory, type Story } from './story.ts'
import { whatWasSeen } from './words.ts'

/** What is told while the student works. `at`: cluster time. */
export type Told = { at: number } & (
  | { kind: 'seen'; who: Change['who']; saw: Text }
  | { kind: 'ticked'; item: string; evidence: Message[]; records: Timed[] }
  | { kind: 'notice'; item: string; text: Message }
  | { kind: 'waiting'; item: string; text: Message }
)

/** Cluster ms between two looks where nobody tells of a change: DNS and the wire wake nobody. */
const pauses = { busy: 1_000, idle: 3_000 }
/** A server that is silent for a moment is elected again by then. */
const silentMs = 5_000

/**
 * Follows what the student does on the cluster until all ten items were seen or the signal aborts. It
 * asks and never acts: nothing is registered, stopped, locked or written there, and nobody logs in.
 */
export async function follow(
  given: Connected,
  signal: AbortSignal,
  hear: (told: Told) => void,
): Promise<Story> {
  const cluster = watchOnly(given)
  const { clock, wakes } = cluster
  const memory = newMemory()
  const story = newStory(clock.now())
  const changes = createChanges()
  let silentSince = 0
  const asking = { cluster, memory, story }
  while (!signal.aborted && story.proved.size < Object.keys(rubric.items).length) {
    const heard = wakes.heard
    let focus: Focus | undefined
    try {
      const standing = await unlessAborted(lookAtMachines(cluster), signal)
      followMachines(story, { standing }, memory, clock.now())
      const seen = await unlessAborted(lookAtJobs(cluster, memory, standing), signal)
      for (const change of changes(seen)) hear({ at: seen.at, kind: 'seen', ...change })
      focus = await takeIn(asking, seen, signal, hear)
      silentSince = 0
    } catch (error) {
      if (signal.aborted) break
      silentSince ||= clock.now()
      if (clock.now() - silentSince >= silentMs)
        tellSilent(story, cluster, { since: silentSince, error }, hear)
    }
    const isBusy = story.holds.size > 0 || story.away.size > 0 || focus?.reason !== undefined
    const pause = (isBusy ? pauses.busy : pauses.idle) * (clock.slack ?? 1)
    await wakes.next(heard, pause, signal).catch(() => {})
  }
  return story
}

/** What was asked may stay unanswered for longer than a student waits after Ctrl-C. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function tellSilent(
  story: Story,
  { file }: Connected,
  { since, error }: { since: number; error: unknown },
  hear: (told: Told) => void,
): void {
  const key = `silent ${since}`
  if (story.told.has(key)) return
  story.told.add(key)
  story.waiting = ''
  const text = msg(
    'The server {server} does not answer: was it stopped? Nothing is seen until it is back, and no item stops it. {why}',
    { server: file.server, why: sentenceOf(error) },
  )
  hear({ at: since + silentMs, kind: 'notice', item: '', text })
}

/** Judges one look at everything; gives what is waited for now. */
async function takeIn(
  { cluster, memory, story }: { cluster: Connected; memory: Asking['memory']; story: Story },
  seen: Seen,
  signal: AbortSignal,
  hear: (told: Told) => void,
): Promise<Focus | undefined> {
  const { at } = seen
  if (!seen.jobs.nginx) delete story.twoOff
  const looks: Looks = new Map()
  for (const id of Object.keys(rubric.items).sort()) {
    const isBasis = id === '01.1' || id === '02.1'
    if (story.proved.has(id) && !isBasis) continue
    const step = stepOf(id, story, seen)
    looks.set(id, { step })
    if (!('attempt' in step)) {
      story.holds.delete(id)
      continue
    }
    const { attempt } = step
    const machines = { clients: fitOf(seen) }
    const asked = attempt.path
      ? await unlessAborted(
          lookAtAgents({ cluster, memory, machines }, attempt.job, attempt.path),
          signal,
        )
      : { view: attempt.job.view }
    if (isBasis && !notYet(id, attempt, { at, ...asked })) takeHomes(story, id, seen)
    if (story.proved.has(id)) continue
    looks.set(id, { step, judged: judgeLook(story, id, attempt, { at, ...asked }) })
    const proof = story.proved.get(id)
    if (proof) {
      const { records } = proof
      hear({ at, kind: 'ticked', item: id, evidence: whatWasSeen(id, records), records })
    }
  }
  const focus = focusOf(story, seen, looks)
  for (const { item, text } of noticesOf(story, seen, focus))
    hear({ at, kind: 'notice', item, text })
  const waiting = JSON.stringify([focus?.item, focus?.say])
  if (focus && story.waiting !== waiting)
    hear({ at, kind: 'waiting', item: focus.item, text: focus.say })
  story.waiting = waiting
  return focus
}

/** Where nginx runs while the state stands: kept as it was as soon as one of those VMs is gone. */
function takeHomes(story: Story, basis: '01.1' | '02.1', { jobs }: Seen): void {
  const { nginx } = jobs
  const before = [...(story.homes[basis]?.keys() ?? [])]
  // Of one that has just come back, what it cost is told first.
  const isGone = (vm: string) => story.away.has(vm) || story.back.has(vm)
  if (!nginx?.deploy.job || before.some(isGone)) return
  const homes = new Map<string, string[]>()
  const replicas = replicasOf(nginx.nomad, nginx.deploy.job, nginx.deploy)
  for (const { vm, allocation } of replicas.toSorted((a, b) => (a.vm < b.vm ? -1 : 1)))
    homes.set(vm, [...(homes.get(vm) ?? []), allocation.id])
  story.homes[basis] = homes
}

/** What differs between two looks, each thing once though several jobs show it. */
function createChanges(): (seen: Seen) => Change[] {
  const last = new Map<string, View>()
  return (seen) => {
    const views: [string, View][] = [
      ['machines', machinesView(seen)],
      ...Object.values(seen.jobs).map((job): [string, View] => [job.id, jobView(job.view)]),
    ]
    return views.flatMap(([key, view]) => {
      const before = last.get(key)
      last.set(key, view)
      // At first the machines are as they are.
      return before || key !== 'machines' ? changesBetween(before, view) : []
    })
  }
}

const nothingOfJobs = { job: null, allocations: [], evaluations: [], deployment: null, queued: {} }

function machinesView({ at, standing }: { at: number; standing: Standing }): View {
  const { nodes } = standing
  const members = nodes.map(({ name, address }) => {
    const status = standing.members.get(address) ?? 'none'
    return { name, address, status } as { name: string; address: string; status: 'none' }
  })
  const dns = { error: '' }
  const consul = { instances: [], members }
  return { at, nomad: { ...nothingOfJobs, nodes }, consul, dns, web: [] }
}

function jobView(view: View): View {
  const { nomad, consul } = view
  return {
    ...view,
    nomad: 'error' in nomad ? nomad : { ...nomad, nodes: [] },
    consul: 'error' in consul ? consul : { ...consul, members: [] },
  }
}
