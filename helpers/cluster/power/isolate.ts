import { msg } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import type { Ran, Ssh } from '../ssh/ssh.ts'
import { withSaid } from './faults.ts'
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
  const act = async (vm: string, command: string, wish: Wish) => {
    const ran = await on(vm, command)
    // Rules that come into force may cost the connection its last packets: the marker tells.
    if (ran.code !== 0 && !ran.lost) throw refused(vm, wish, ran)
  }
  return {
    how: 'cut',
    describe: msg('ending a network isolation that ends by itself after {n} minutes', {
      n: Math.round(seconds / 60),
    }),
    untried: '',
    can: { start: true, cut: true, stop: false },
    start: (vm) => act(vm, heal, 'back'),
    async mayCut(vm) {
      const ran = await on(vm, mayIsolate)
      if (ran.code !== 0) throw refused(vm, 'off', ran)
    },
    async cut(vm) {
      await act(vm, isolateFor(seconds), 'off')
      if ((await this.state(vm)) === 'off') return
      throw refused(vm, 'off', undefined)
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

type Wish = 'off' | 'back'

function unknown(vm: string): Fault {
  return new Fault(msg('Nomad knows no node {vm}, so its VM cannot be reached over SSH.', { vm }), {
    code: 'POWER_NO_VM',
    cure: msg('See "{code}" for the names of the clients.', { code: 'nomad node status' }),
  })
}

function refused(vm: string, wish: Wish, ran: Ran | undefined): Fault {
  const said = ran?.stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
  const seen =
    wish === 'off'
      ? msg('{vm} could not be taken off the network over SSH', { vm })
      : msg('{vm} could not be put back on the network over SSH', { vm })
  return new Fault(withSaid(seen, said.replace(/\.$/, '')), {
    code: 'POWER_ISOLATE',
    cure: msg(
      'It needs nft or iptables on the VM, and a login that is root or may run anything by sudo without a password ({code}).',
      { code: 'box ALL=(root) NOPASSWD: ALL' },
    ),
  })
}
