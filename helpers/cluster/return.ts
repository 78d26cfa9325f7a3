import type { Clock } from '../time/clock.ts'
import { Fault, tell } from '../time/fault.ts'
import type { Power } from './power/power.ts'
import type { Ssh, Vm } from './ssh/ssh.ts'

/** What bringing a cluster back to how it was found needs of its clients. */
export interface Hands {
  clock: Clock
  ssh: Ssh
  power: Power
  nomad: {
    nodes(): Promise<{ id: string; name: string; status: string }[]>
    /** Rejects while the agent at that address does not answer. */
    clientSelf(host: string): Promise<unknown>
    purge(job: string): Promise<void>
    eligibility(nodeId: string, eligibility: 'eligible'): Promise<void>
  }
  consul: { members(): Promise<{ name: string; address: string; status: string }[]> }
}

const lookEvery = 1000
/**
 * A start that was refused (the VM still shuts down) or not followed by anything is asked for
 * again.
 */
const startAgain = { off: 5000, unknown: 30_000 }
/**
 * A VM that was never seen away may be about to go: its record is older than its stop, and Nomad
 * says `ready` for up to 30 s after a cut, Consul `alive` for up to 17 s. An orderly stop ends SSH
 * at once.
 */
const mustStay = 15_000

/**
 * Starts a VM and waits until it is proved back: its node ready and its agent answering, alive in
 * Consul, and SSH runs a command. Cluster time; rejects with a Fault when `budgetMs` is over.
 */
export async function bringBack(
  vm: Vm,
  hands: Hands,
  budgetMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const { clock } = hands
  const deadline = clock.now() + budgetMs
  const starter = createStarter(vm, hands)
  let away = false
  let since = Number.POSITIVE_INFINITY
  for (;;) {
    const wrong = await starter.ask().then(() => whatIsMissing(vm, hands))
    if (wrong === '') {
      since = Math.min(since, clock.now())
      if (away || clock.now() - since >= mustStay) return
    } else {
      away = true
      since = Number.POSITIVE_INFINITY
    }
    if (clock.now() >= deadline) throw notBack(vm, wrong, starter.trouble(), budgetMs)
    await clock.sleep(lookEvery, signal)
  }
}

/** Asks for a start whenever the driver does not say that the VM runs, but not at each look. */
function createStarter(vm: Vm, { power, clock }: Hands) {
  let trouble = ''
  let last = Number.NEGATIVE_INFINITY
  return {
    trouble: () => trouble,
    async ask(): Promise<void> {
      const state = await power.state(vm.name).catch(() => 'unknown' as const)
      if (state === 'running' || clock.now() - last < startAgain[state]) return
      last = clock.now()
      try {
        await power.start(vm.name)
        trouble = ''
      } catch (error) {
        trouble = tell(error)
      }
    },
  }
}

/** '' when the VM is proved back, else what is seen instead. */
async function whatIsMissing(vm: Vm, { nomad, consul, ssh }: Hands): Promise<string> {
  try {
    const [nodes, members] = await Promise.all([nomad.nodes(), consul.members()])
    const node = nodes.find((one) => one.name === vm.name)
    if (node?.status !== 'ready') return `Nomad says ${node?.status ?? 'it knows no such node'}`
    const member = members.find((one) => one.address === vm.host)
    if (member?.status !== 'alive')
      return `Consul says ${member?.status ?? 'it knows no such node'}`
    await nomad.clientSelf(vm.host)
    const ran = await ssh.exec(vm, 'true')
    return ran.code === 0 ? '' : `over SSH "true" ended with ${ran.code ?? 'a lost connection'}`
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
  }
}

function notBack(vm: Vm, wrong: string, trouble: string, budgetMs: number): Fault {
  const waited = `${Math.round(budgetMs / 1000)} s`
  return new Fault(`${vm.name} (${vm.host}) is not back after ${waited}: ${wrong || 'it went'}.`, {
    code: 'VM_NOT_BACK',
    cure: `${trouble ? `${trouble} ` : ''}Start ${vm.name} by hand, then run: grade restore`,
  })
}
