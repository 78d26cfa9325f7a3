import { type Message, msg } from '../../language/message.ts'
import { wallSleep } from '../../time/deadline.ts'
import { Fault } from '../../time/fault.ts'
import { type EngineOptions, findVm } from './engine.ts'
import { stuckVm } from './faults.ts'
import type { Power, PowerState } from './power.ts'
import { createProxmox } from './proxmox-api.ts'
import type { PowerOf } from './schema.ts'

const title = 'Proxmox'
/** Wall milliseconds. */
const pauses = { first: 1000, all: 60_000 }
const stuck: Record<string, Message> = {
  paused: msg('Resume it in the web page of {title}.', { title: 'Proxmox' }),
}
const commands = { start: 'start', cut: 'stop', stop: 'shutdown' } as const

/** VMs of a Proxmox host or cluster, by its REST interface. */
export function proxmoxPower(
  file: PowerOf<'proxmox'>,
  options: Pick<EngineOptions, 'clock' | 'say' | 'hints'>,
): Power {
  const { clock, say } = options
  const api = createProxmox(file, clock)
  const known = new Map<string, string>()

  async function idOf(node: string): Promise<string> {
    const before = known.get(node)
    if (before !== undefined) return before
    const rows = await api.rows()
    const given = file.names[node]
    const byNumber = rows.find(({ vmid }) => vmid === given)
    const vm =
      byNumber ?? (await findVm({ title }, node, { names: file.names, hints: options.hints }, rows))
    const id = vm.id ?? vm.name
    known.set(node, id)
    return id
  }

  async function stateOf(id: string): Promise<{ state: PowerState; native: string }> {
    const { status, native } = await api.current(id)
    if (status === 'stopped') return { state: 'off', native }
    return { state: native === 'running' ? 'running' : 'unknown', native }
  }

  async function act(node: string, what: 'start' | 'cut' | 'stop'): Promise<void> {
    const id = await idOf(node)
    const wanted = what === 'start' ? 'running' : 'off'
    for (let waited = 0; ; waited += pauses.first) {
      const { state, native } = await stateOf(id)
      if (state === wanted) return
      const cure = stuck[native]
      if (cure !== undefined && what !== 'cut') throw stuckVm(title, node, native, cure)
      if (what === 'start' && native === 'suspended')
        say(msg('{node} was hibernated and wakes as it was.', { node }))
      const ended = await api.act(id, commands[what])
      if (/^(OK|WARNINGS: \d+)$/.test(ended)) break
      // "already running", and the lock of a backup or another task.
      const again = /already running|not running|can't lock file/.test(ended)
      if (!again || waited >= pauses.all) throw failed(node, what, ended)
      await wallSleep(pauses.first)
    }
    if (what === 'cut') await untilOff(node, id)
  }

  /** Of a VM that is managed for high availability, the task ends before the VM is off (§6). */
  async function untilOff(node: string, id: string): Promise<void> {
    for (let waited = 0; (await stateOf(id)).state !== 'off'; waited += pauses.first) {
      if (waited >= pauses.all) throw failed(node, 'cut', 'the VM still runs')
      await wallSleep(pauses.first)
    }
  }

  return {
    how: file.how,
    describe: msg('Proxmox at {url}', { url: file.url }),
    untried: msg(
      'The Proxmox driver was only held against documented answers of its REST interface, never against Proxmox itself.',
    ),
    can: { start: true, cut: true, stop: true },
    start: (node) => act(node, 'start'),
    cut: (node) => act(node, 'cut'),
    stop: (node) => act(node, 'stop'),
    state: async (node) => (await stateOf(await idOf(node))).state,
    list: async () => (await api.rows()).map(({ name }) => name),
  }
}

function failed(node: string, what: 'start' | 'cut' | 'stop', said: string): Fault {
  const timedOut = what === 'stop' && /got timeout/.test(said)
  const about = { what: commands[what], node, said: said.replace(/\.$/, '') }
  return new Fault(msg('Proxmox could not {what} {node}: {said}.', about), {
    code: 'POWER_FAILED',
    cure: timedOut
      ? msg('The guest did not follow; stop VMs over SSH or with "{code}".', { code: 'how: cut' })
      : msg('See the task log in its web page.'),
  })
}
