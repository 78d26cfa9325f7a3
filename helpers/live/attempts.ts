import { rubric } from '../../suites/rubric.ts'
import { standingWants } from '../check/standing.ts'
import type { StopRecord, Want } from '../grade/evidence.ts'
import { isRolling } from '../grade/placing.ts'
import { askedReplicas } from '../grade/replicas.ts'
import type { CriterionId, RubricItem } from '../grade/rubric.ts'
import { mayUse } from '../grade/usable.ts'
import { serviceOf } from '../handed-in.ts'
import { type Message, msg } from '../language/message.ts'
import { holdMs } from '../time/budget.ts'
import type { AgentPath, JobSeen, Seen } from './look.ts'
import { type Away, fitOf, type Story } from './story.ts'

/** What must be seen now for an item to be ticked. */
export interface Attempt {
  job: JobSeen
  want: Want
  criteria: CriterionId[]
  /** How long it must stay so, in cluster ms (rubric, stays); 0: one look is enough. */
  holdMs: number
  stop?: StopRecord
  path?: AgentPath
  /** The second part of 02.3. */
  isControl?: boolean
}

/** `act`: what the student has to do first. `wait`: only time is needed. */
export type Step = { attempt: Attempt } | { act: Message } | { wait: Message }

const items: Record<string, RubricItem> = rubric.items

/** Criteria of the file and of acts: a run looks at them before it begins to wait. */
const before = new Set<CriterionId>(['parses', 'allowed', 'registers', 'image', 'stopped'])
/** The rubric's "at least 3 fit clients". */
const fewest = 3
const paths: Record<string, AgentPath> = {
  '03.2': 'agent/services',
  '03.3': 'catalog/services',
  '03.4': 'catalog/service',
}

export const code = {
  nginx: 'nomad job run nginx.nomad',
  apache: 'nomad job run apache.nomad',
  purge: (id: string) => `nomad job stop -purge ${id}`,
}

/** How an item stands: what to look for now, or what has to happen first. Pure. */
export function stepOf(id: string, story: Story, seen: Seen): Step {
  const basis = items[id]?.buildsOn
  if (basis?.needs === 'passed' && !story.proved.has(basis.item))
    return { act: msg('It builds on {item}.', { item: basis.item }) }
  if (id === '01.2') return movesOf(story, seen)
  if (id === '02.3') return twoOffOf(story, seen)
  if (id.startsWith('03')) return apacheOf(id, story, seen)
  const { nginx } = seen.jobs
  const act = actOf(id)
  if (!nginx) return { act }
  if (['01.3', '02.1'].includes(id) && fitOf(seen).length < fewest)
    return { act: startAll(story, seen, id) }
  return { attempt: standing(id, nginx, seen) }
}

/** What brings about the state of a stage. */
export function actOf(id: string): Message {
  if (id === '01.3')
    return msg('Write {code} into the file of nginx and register it again.', { code: 'count = 3' })
  if (id === '02.1' || id === '02.2')
    return msg('Write {code} into the file of nginx and register it again.', {
      code: 'static = 80',
    })
  return id.startsWith('03')
    ? msg('Register one apache: {code}.', { code: code.apache })
    : msg('Register one nginx: {code}.', { code: code.nginx })
}

const offOf = (story: Story, seen: Seen) => {
  const fit = fitOf(seen)
  return [...story.known].filter((name) => !fit.includes(name))
}

function startAll(story: Story, seen: Seen, item: string): Message {
  const vms = offOf(story, seen)
  return vms.length === 0
    ? msg(
        '{item} begins with three fit client VMs, and {fit, plural, one {# is} other {# are}} fit now.',
        {
          ...{ item, fit: fitOf(seen).length },
        },
      )
    : msg('Start {vms} again, and wait until it is ready: {item} begins with its VMs back.', {
        ...{ vms, item },
      })
}

/** The state of a job with all of its VMs there. */
function standing(id: string, job: JobSeen, seen: Seen): Attempt {
  const clients = fitOf(seen)
  const wanted = standingWants(id, job, clients)
  const fixed = 'why' in wanted ? { replicas: askedOf(job) } : wanted
  return attemptOf(id, job, { ...fixed, ...serviceOf(job.aim), clients })
}

/** How many replicas the job asks for. */
export const askedOf = ({ deploy }: JobSeen) =>
  deploy.job ? askedReplicas(deploy.job, deploy.service) : 0

function attemptOf(id: string, job: JobSeen, want: Want): Attempt {
  const criteria = (items[id]?.criteria ?? [])
    .map((one) => one.id)
    .filter((one) => !before.has(one) && one !== 'stays' && one !== 'control')
  const stays = items[id]?.criteria.some((one) => one.id === 'stays')
  const heldMs = stays ? (id === '02.3' ? holdMs.twoOff : holdMs.settled) : 0
  return { job, want, criteria, holdMs: heldMs, ...(paths[id] && { path: paths[id] }) }
}

/** 01.2: the VM of the replica is off, and what replaces it runs elsewhere. */
function movesOf(story: Story, seen: Seen): Step {
  const { nginx } = seen.jobs
  const homes = story.homes['01.1']
  if (!nginx || !homes || askedOf(nginx) !== 1) return { act: actOf('01.1') }
  const [home = ''] = homes.keys()
  const away = story.away.get(home)
  if (!away) return { act: msg('Stop {vm}, where nginx runs.', { vm: home }) }
  if (!away.states.effective) return { wait: missing(away, seen.at) }
  const { service, server } = serviceOf('01.1')
  const wish = { replicas: 1, avoiding: [home], replacing: homes.get(home) ?? [] }
  const attempt = attemptOf('01.2', nginx, { ...wish, service, server, clients: fitOf(seen) })
  return { attempt: { ...attempt, stop: stopOf([away.states]) } }
}

const stopOf = (vms: StopRecord['vms']): StopRecord => ({ kind: 'stop', how: 'orderly', vms })

/** A heartbeat of 20 s and a grace of 10 s, and some slack. */
const usuallyMissedMs = 45_000

/** Why a VM that is off may still be listed, and for how long. */
function missing({ since, states: { name, nomad, consul } }: Away, now: number): Message {
  if (nomad === 'initializing') return msg('{vm} is coming back.', { vm: name })
  if (nomad === 'ready' && now - since > usuallyMissedMs)
    return msg(
      '{vm} is off for Consul, and Nomad still has not missed it. Is the whole VM off? After a restart of the server it may take 300 s once.',
      { vm: name },
    )
  return nomad === 'ready'
    ? msg(
        '{vm} is off, and Nomad has not missed it yet: it does when the last heartbeat has run out (up to 20 s) and its grace too (10 s by default), so after 10 to 30 s.',
        { vm: name },
      )
    : msg('Nomad has missed {vm} ({nomad}); Consul still says {consul}.', {
        ...{ vm: name, nomad, consul },
      })
}

/** 02.3: two VMs with a replica are off; then one of them comes back. */
function twoOffOf(story: Story, seen: Seen): Step {
  const { nginx } = seen.jobs
  const homes = story.homes['02.1']
  if (!nginx || !homes || nginx.aim !== '02.1' || askedOf(nginx) !== 3)
    return { act: actOf('02.1') }
  const vms = [...homes.keys()]
  if (story.twoOff) return controlOf(story.twoOff.victims, nginx, story, seen)
  const gone = vms.flatMap((vm) => story.away.get(vm) ?? [])
  const away = gone.map(({ states }) => states)
  const left = vms.filter((vm) => !story.away.has(vm))
  if (away.length === 0 && isRolling(nginx.nomad))
    return {
      wait: msg('The update has not ended yet: stop no VM before {code} says {word}.', {
        ...{ code: `nomad job status ${nginx.id}`, word: 'successful' },
      }),
    }
  if (away.length === 0)
    return { act: msg('Stop two of the VMs where nginx runs: {vms}.', { vms }) }
  if (away.length === 1) return { act: msg('Stop one more of them: {vms}.', { vms: left }) }
  if (away.length > 2)
    return {
      act: msg('Start all but two of them again: {vms} are off.', {
        vms: away.map(({ name }) => name),
      }),
    }
  const late = gone.find(({ states }) => !states.effective)
  if (late) return { wait: missing(late, seen.at) }
  const wanted = standingWants('02.3', nginx, fitOf(seen))
  if ('why' in wanted) return { wait: wanted.why }
  const attempt = attemptOf('02.3', nginx, {
    ...{ ...wanted, ...serviceOf('02.1'), clients: fitOf(seen) },
    ...{ deploymentDone: true, avoiding: away.map(({ name }) => name) },
  })
  return { attempt: { ...attempt, stop: stopOf(away) } }
}

/** The control of 02.3, or a dead scheduler would pass (rubric). */
function controlOf(victims: string[], nginx: JobSeen, story: Story, seen: Seen): Step {
  const clients = fitOf(seen)
  const { job } = nginx.deploy
  const count = askedOf(nginx)
  const usable = clients.filter((vm) => job && mayUse(job, vm)).length
  const replicas = Math.min(count, usable)
  const returning = victims.find((vm) => clients.includes(vm))
  const base: Want = {
    ...{ ...serviceOf('02.1'), port: 80, ownVm: true, deploymentDone: true, asFits: true },
    ...{ replicas, heldBack: replicas < count, clients },
  }
  const attempt = { job: nginx, criteria: ['control' as const], holdMs: 0, isControl: true }
  if (returning) return { attempt: { ...attempt, want: { ...base, returning } } }
  // Five clients and more: both were replaced, and that is the control.
  const lost = victims.flatMap((vm) => story.homes['02.1']?.get(vm) ?? [])
  if (replicas === count) return { attempt: { ...attempt, want: { ...base, replacing: lost } } }
  const booting = victims.find((vm) => !story.away.has(vm) || story.away.get(vm)?.wasOff === false)
  return booting
    ? { wait: msg('{vm} is coming back.', { vm: booting }) }
    : {
        act: msg(
          'Start one of {vms} again: it then gets one nginx more, which shows that the port was what Nomad waited for.',
          { vms: victims },
        ),
      }
}

/** 03: nginx is purged, and apache stands; its agents are asked with every VM back. */
function apacheOf(id: string, story: Story, seen: Seen): Step {
  const { nginx, apache } = seen.jobs
  const [known] = nginx ? [nginx.id] : seen.stopped.nginx
  if (id === '03.1' && known !== undefined)
    return {
      act: msg('Purge nginx ({purge}), and register one apache ({run}).', {
        ...{ purge: code.purge(known), run: code.apache },
      }),
    }
  if (!apache) return { act: actOf('03.1') }
  const off = offOf(story, seen).length
  if (id === '03.1' ? fitOf(seen).length < fewest : off > 0)
    return { act: startAll(story, seen, id) }
  return { attempt: standing(id, apache, seen) }
}
