import { type Message, msg, sentences } from '../language/message.ts'
import type { Clock } from '../time/clock.ts'
import type { Wakes } from '../time/eventually.ts'
import { Fault, sentenceOf, told } from '../time/fault.ts'
import type { Power, PowerState } from './power/power.ts'
import type { ConsulHands } from './put-back.ts'
import type { Ssh, Vm } from './ssh/ssh.ts'

type Commands = Pick<Ssh, 'exec'>

/** What bringing a cluster back to how it was found needs of its clients. */
export interface Hands {
  clock: Clock
  /** Without it, Nomad's word is only looked for every second. */
  wakes?: Pick<Wakes, 'heard' | 'next'>
  ssh: Commands
  power: Power
  nomad: {
    nodes(): Promise<{ id: string; name: string; status: string; dockerHealthy: boolean }[]>
    /** Rejects while the agent at that address does not answer. */
    clientSelf(host: string): Promise<unknown>
    /** Of a purged job too. */
    allocations(job: string): Promise<{ client: string; nodeName: string }[]>
    purge(job: string): Promise<void>
    eligibility(nodeId: string, eligibility: 'eligible'): Promise<void>
  }
  consul: {
    members(): Promise<{ name: string; address: string; status: string }[]>
  } & ConsulHands
}

/** A VM that was to be stopped, and what is known of that. */
export interface Stopped extends Vm {
  /** What it said before, '' where it could not be asked. */
  bootId: string
  /** The wish was taken: it goes, or has gone. Without that it may never have been asked. */
  accepted: boolean
}

export interface ReturnOptions {
  /** Cluster milliseconds. */
  budgetMs: number
  /** Back is not enough: its Docker must be healthy too (rubric, Words: fit). */
  fit?: boolean
  signal?: AbortSignal
}

/**
 * Nomad's word of its node wakes; what comes after it (Consul, the agent, SSH) wakes nobody, and is
 * looked for sooner at first.
 */
const pauses = { first: 100, last: 1000 }
/**
 * A start that was refused, or not followed by anything, is asked for again: for a VM that is said
 * to run too, since a start that was itself killed may have left it half way.
 */
const startAgain = { refused: 5000, off: 5000, unknown: 30_000, running: 60_000 }
/**
 * A VM that is up, was never seen away and has not booted again may be about to go. Its record is
 * older than its stop, logind may hold a shutdown back for 5 s, Nomad says `ready` for up to 30 s
 * after a cut. Who took the wish gets longer; who is still up then has ignored it.
 */
const mustStay = { accepted: 60_000, perhaps: 15_000 }

/** Changes at each boot (power-drivers §8.2); namespaces share their kernel's, which proves nothing. */
const askBootId = 'cat /proc/sys/kernel/random/boot_id'

/** The VM's boot id, '' where it cannot be asked. */
export async function bootIdOf(ssh: Commands, vm: Vm): Promise<string> {
  const ran = await ssh.exec(vm, askBootId).catch(() => undefined)
  return ran?.code === 0 ? ran.stdout.trim() : ''
}

/**
 * Starts a VM and waits until it is proved back: its node ready and its agent answering, alive in
 * Consul, and SSH runs a command. Resolves with whether it was away at all; rejects with a Fault
 * when `budgetMs` is over.
 */
export async function bringBack(
  vm: Stopped,
  hands: Hands,
  { budgetMs, fit = false, signal }: ReturnOptions,
): Promise<'returned' | 'stayed'> {
  const { clock, wakes } = hands
  const deadline = clock.now() + budgetMs
  const longest = vm.accepted ? mustStay.accepted : mustStay.perhaps
  const starter = createStarter(vm, hands)
  let away = false
  let since = Number.POSITIVE_INFINITY
  let pause = pauses.first
  for (let well = false; ; ) {
    const heard = wakes?.heard ?? 0
    const state = await starter.ask(well)
    const seen = await lookAt(vm, hands, fit)
    away ||= seen.away || state === 'off'
    well = seen.wrong === undefined
    if (well) {
      since = Math.min(since, clock.now())
      if (away) return 'returned'
      if (clock.now() - since >= longest) return 'stayed'
    } else since = Number.POSITIVE_INFINITY
    if (clock.now() >= deadline) throw notBack(vm, seen.wrong, starter.trouble(), budgetMs)
    if (seen.ready || !wakes) {
      await clock.sleep(wakes ? pause : pauses.last, signal)
      pause = Math.min(pause * 2, pauses.last)
    } else {
      await wakes.next(heard, pauses.last, signal ?? never)
      pause = pauses.first
    }
  }
}

const never = new AbortController().signal

/**
 * Asks for a start whenever the driver does not say that the VM runs, but not at each look; a VM that
 * runs since we started it is not asked about at each look either.
 */
function createStarter(vm: Vm, { power, clock }: Hands) {
  const began = clock.now()
  let trouble: Message | undefined
  let last: number | undefined
  let said: { state: PowerState; at: number } | undefined
  const stateNow = async (): Promise<PowerState> => {
    const runs = last !== undefined && said?.state === 'running'
    if (runs && said && clock.now() - said.at < startAgain.off) return said.state
    const state = await power.state(vm.name).catch(() => 'unknown' as const)
    said = { state, at: clock.now() }
    return state
  }
  const isTime = (state: PowerState, well: boolean) => {
    if (state === 'running' && well) return false
    if (last === undefined && state !== 'running') return true
    return clock.now() - (last ?? began) >= startAgain[trouble ? 'refused' : state]
  }
  return {
    trouble: () => trouble,
    async ask(well: boolean): Promise<PowerState> {
      const state = await stateNow()
      if (!isTime(state, well)) return state
      last = clock.now()
      try {
        await power.start(vm.name)
        trouble = undefined
      } catch (error) {
        trouble = told(error)
      }
      return state
    },
  }
}

interface Seen {
  /** What is seen instead where the VM is not back. */
  wrong: Message | undefined
  /** Nomad says `ready`. */
  ready: boolean
  /** This VM itself is, or was, away; a server that cannot be asked says nothing about it. */
  away: boolean
}

async function lookAt(vm: Stopped, hands: Hands, fit: boolean): Promise<Seen> {
  const { nomad, consul, ssh } = hands
  const nodes = await nomad.nodes().catch(sentenceOf)
  if ('text' in nodes) return { wrong: nodes, ready: false, away: false }
  const node = nodes.find((one) => one.name === vm.name)
  if (node?.status !== 'ready')
    return {
      wrong: node
        ? msg('Nomad says {status}.', { status: node.status })
        : msg('Nomad knows no such node.'),
      ready: false,
      away: !!node,
    }
  const ready = true
  const members = await consul.members().catch(sentenceOf)
  if ('text' in members) return { wrong: members, ready: false, away: false }
  const member = members.find((one) => one.address === vm.host)
  if (member?.status !== 'alive')
    return {
      wrong: member
        ? msg('Consul says {status}.', { status: member.status })
        : msg('Consul knows no such node.'),
      ready,
      away: !!member,
    }
  const silent = await nomad.clientSelf(vm.host).then(() => undefined, sentenceOf)
  if (silent) return { wrong: silent, ready, away: true }
  const ran = await ssh.exec(vm, askBootId).catch(sentenceOf)
  if ('text' in ran) return { wrong: ran, ready, away: true }
  if (ran.code !== 0)
    return {
      wrong: msg('over SSH "{code}" ended with {ended}.', {
        ...{ code: askBootId, ended: ran.code ?? msg('a lost connection') },
      }),
      ready,
      away: ran.lost,
    }
  const now = ran.stdout.trim()
  const rebooted = vm.bootId !== '' && now !== '' && now !== vm.bootId
  if (!rebooted && (await isGoing(vm, ssh)))
    return { wrong: msg('it is shutting down.'), ready, away: false }
  if (fit && !node.dockerHealthy)
    return { wrong: msg('Nomad says that its Docker is not healthy.'), ready, away: rebooted }
  return { wrong: undefined, ready, away: rebooted }
}

/** systemd's word; a VM without it says nothing. */
async function isGoing(vm: Vm, ssh: Commands): Promise<boolean> {
  const ran = await ssh.exec(vm, 'systemctl is-system-running').catch(() => undefined)
  return ran?.stdout.trim() === 'stopping'
}

function notBack(
  { name, host }: Vm,
  wrong: Message | undefined,
  trouble: Message | undefined,
  budgetMs: number,
): Fault {
  const seen = wrong ?? msg('it is up, but was told to stop.')
  const about = { name, host, s: Math.round(budgetMs / 1000), seen }
  return new Fault(msg('{name} ({host}) is not back after {s} s: {seen}', about), {
    code: 'VM_NOT_BACK',
    cure: sentences(trouble, byHand(name)),
  })
}

/** For whoever has to switch it on. */
const byHand = (name: string) =>
  msg('Start {name} by hand, then run: {code}', { name, code: 'grade restore' })
