import { patience } from '../grade/reason.ts'
import { tellReason } from '../grade/sentences.ts'
import { type Message, msg, sentences } from '../language/message.ts'
import type { Kind } from '../submission/recognise.ts'
import { askedOf, code } from './attempts.ts'
import { aimOf, type Focus } from './focus.ts'
import type { Seen } from './look.ts'
import type { Away, Homes, Story } from './story.ts'

/** Something that was done otherwise than the sheet asks. `key`: told once. */
export interface Notice {
  key: string
  item: string
  text: Message
}

/** What is to be told now and was not told yet. */
export function noticesOf(story: Story, seen: Seen, focus: Focus | undefined): Notice[] {
  const all = [
    ...[...story.back].flatMap(([vm, away]) => cameBack(story, seen, vm, away)),
    ...[...story.away].flatMap(([vm, away]) => isOff(story, seen, vm, away)),
    ...aboutJobs(story, seen),
    ...lasting(story, seen, focus),
  ]
  const fresh = all.filter(({ key }) => !story.told.has(key))
  for (const { key } of fresh) story.told.add(key)
  return fresh
}

/** The item that stops VMs now, and where its replicas ran. */
function stopping(story: Story, { jobs }: Seen): { item: string; homes: Homes } | undefined {
  const { nginx } = jobs
  const item = nginx?.aim === '02.1' && askedOf(nginx) === 3 ? '02.3' : '01.2'
  if (!nginx || (item === '01.2' && askedOf(nginx) !== 1)) return undefined
  const basis = item === '01.2' ? '01.1' : '02.1'
  const homes = story.homes[basis]
  return homes && story.proved.has(basis) && !story.proved.has(item) ? { item, homes } : undefined
}

function cameBack(story: Story, seen: Seen, vm: string, away: Away): Notice[] {
  const now = stopping(story, seen)
  if (!now?.homes.has(vm) || story.twoOff) return []
  const { item } = now
  const key = `back ${vm} ${away.since}`
  const text = away.missed
    ? msg('{vm} came back before {item} was seen: stop it again, and wait for the tick.', {
        ...{ vm, item },
      })
    : msg(
        '{vm} came back before Nomad had missed it, so nothing was replaced: stop it again and wait 10 to 30 s.',
        { vm },
      )
  return [{ key, item, text }]
}

function isOff(story: Story, seen: Seen, vm: string, away: Away): Notice[] {
  const now = seen.jobs.apache ? undefined : stopping(story, seen)
  if (!now) return asksForNone(story, seen, vm, away)
  const { item, homes } = now
  const key = `off ${vm} ${away.since} ${item}`
  const victims = [...homes.keys()].filter((one) => story.away.has(one))
  const enough = item === '01.2' ? 1 : 2
  const vms = [...homes.keys()]
  const newest = Math.max(...[...story.away.values()].map(({ since }) => since))
  // One VM more than the item stops: where its replica has gone by then, or any other.
  const isMore = homes.has(vm) ? victims.length > enough : victims.length >= enough
  if (isMore && away.since === newest)
    return [
      {
        ...{ key, item },
        text: msg('{vm} is off besides, and {item} stops only {enough}: start it again.', {
          ...{ vm, item, enough },
        }),
      },
    ]
  if (homes.has(vm)) return []
  return [
    {
      ...{ key, item },
      text: msg(
        '{vm} is off, and no nginx ran there: {item} is about {vms}, where it runs. Start {vm} again.',
        { vm, item, vms },
      ),
    },
  ]
}

const bootMs = 30_000

/** A VM that is off although the state that the job is for has all of them. */
function asksForNone(story: Story, seen: Seen, vm: string, away: Away): Notice[] {
  const item = aimOf(seen)
  const isDone =
    (item === '01.1' && story.proved.has('01.2') && !seen.jobs.apache) ||
    (item === '02.1' && story.proved.has('02.3'))
  if (story.aim.key !== `${item}`) story.aim = { key: `${item}`, since: seen.at }
  // It may be booting.
  if (item === undefined || isDone || seen.at - story.aim.since < bootMs) return []
  return [
    {
      ...{ key: `off ${vm} ${away.since} ${item}`, item },
      text: msg('{vm} is off, and {item} begins with its VMs back: start it again.', { vm, item }),
    },
  ]
}

function aboutJobs(story: Story, { jobs, others, stopped }: Seen): Notice[] {
  const notices: Notice[] = []
  const add = (key: string, item: string, text: Message) => notices.push({ key, item, text })
  for (const kind of ['nginx', 'apache'] as const) {
    const job = jobs[kind]
    if (!job) continue
    if (job.id !== kind) add(`name ${job.id}`, job.aim, otherName(job.id, kind))
    if (others[kind].length > 0)
      add(
        `several ${others[kind].join()}`,
        job.aim,
        msg('Besides {id} there is {others}: purge what is not for this item.', {
          ...{ id: job.id, others: others[kind] },
        }),
      )
  }
  const [id] = stopped.nginx
  if (id !== undefined && !jobs.nginx && !story.proved.has('03.1'))
    add(
      `stopped ${id}`,
      '03.1',
      msg('{id} is stopped, and not purged: {item} wants {code}.', {
        ...{ id, item: '03.1', code: code.purge(id) },
      }),
    )
  if (jobs.nginx && jobs.apache)
    add(
      `beside ${jobs.nginx.id}`,
      '03.1',
      msg('apache runs beside nginx: {item} wants nginx purged, {code}.', {
        ...{ item: '03.1', code: code.purge(jobs.nginx.id) },
      }),
    )
  return notices
}

const otherName = (id: string, kind: Kind) =>
  msg(
    'The job is called {id}, not {usual} as on the sheet. Its name is yours; what counts is the name of its service.',
    { id, usual: kind },
  )

/** Cluster ms after which what has no patience of its own is told. */
const usualPatience = 60_000

/** What keeps an item from being seen, once waiting has not helped. */
function lasting(story: Story, seen: Seen, focus: Focus | undefined): Notice[] {
  const { item = '', reason } = focus ?? {}
  const version = seen.jobs.apache?.nomad.job?.changedAt ?? seen.jobs.nginx?.nomad.job?.changedAt
  const key = reason ? JSON.stringify([item, version, reason.code, reason.place]) : ''
  if (key !== story.lasting.key) story.lasting = { key, since: seen.at }
  if (!reason) return []
  const allowed = reason.patienceMs ?? patience[reason.code] ?? usualPatience
  if (!focus?.hopeless && seen.at - story.lasting.since < allowed) return []
  const { sentence, hint } = tellReason(reason)
  const early =
    item === '02.3' && reason.code === 'rolling'
      ? msg('VMs were stopped before it had: start them again, and wait until it has.')
      : hint
  return [{ key: `reason ${key}`, item, text: sentences(sentence, early) }]
}
