import { Fault } from '../../time/fault.ts'
import type { Ran, Ssh } from '../ssh/ssh.ts'
import { heal, isolateFor, look, mayIsolate } from './isolate-script.ts'
import type { Power } from './power.ts'

export interface IsolateOptions {
  ssh: Pick<Ssh, 'exec'>
  /** The address of a node's VM, '' where nobody knows it. */
  addressOf: (node: string) => Promise<string>
  /** After these seconds the VM ends its isolation by itself. */
  seconds: number
}

/**
 * For VMs that nothing here can start: the VM drops all traffic but SSH for a while, which is a power
 * cut to Nomad and Consul, and `start` lets it through again. The VM itself ends it after a time,
 * whatever becomes of the grader. An orderly stop would leave nobody to start it, so every stop is
 * a cut.
 */
export function isolatePower({ ssh, addressOf, seconds }: IsolateOptions): Power {
  const hosts = new Map<string, string>()
  const on = async (vm: string, command: string) => {
    const host = hosts.get(vm) ?? (await addressOf(vm))
    if (host === '') throw unknown(vm)
    hosts.set(vm, host)
    return await ssh.exec({ name: vm, host }, command, { deadline: 30_000 })
  }
  const act = async (vm: string, command: string, wish: string) => {
    const ran = await on(vm, command)
    // Rules that come into force may cost the connection its last packets: the marker tells.
    if (ran.code !== 0 && !ran.lost) throw refused(vm, wish, ran)
  }
  return {
    how: 'cut',
    describe: `ending a network isolation that ends by itself after ${Math.round(seconds / 60)} minutes`,
    untried: '',
    can: { start: true, cut: true, stop: false },
    start: (vm) => act(vm, heal, 'put back on the network'),
    async mayCut(vm) {
      const ran = await on(vm, mayIsolate)
      if (ran.code !== 0) throw refused(vm, 'taken off the network', ran)
    },
    async cut(vm) {
      await act(vm, isolateFor(seconds), 'taken off the network')
      if ((await this.state(vm)) === 'off') return
      throw refused(vm, 'taken off the network', undefined)
    },
    async stop(vm) {
      await this.cut(vm)
    },
    async state(vm) {
      const said = (await on(vm, look)).stdout.trim()
      return said === 'cut' ? 'off' : said === 'open' ? 'running' : 'unknown'
    },
    list: async () => undefined,
  }
}

function unknown(vm: string): Fault {
  return new Fault(`Nomad knows no node ${vm}, so its VM cannot be reached over SSH.`, {
    code: 'POWER_NO_VM',
    cure: 'See "nomad node status" for the names of the clients.',
  })
}

function refused(vm: string, wish: string, ran: Ran | undefined): Fault {
  const said = ran?.stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
  return new Fault(
    `${vm} could not be ${wish} over SSH${said ? `: ${said.replace(/\.$/, '')}` : ''}.`,
    {
      code: 'POWER_ISOLATE',
      cure:
        'It needs nft or iptables on the VM, and a login that is root or may run anything by sudo ' +
        'without a password (box ALL=(root) NOPASSWD: ALL).',
    },
  )
}
