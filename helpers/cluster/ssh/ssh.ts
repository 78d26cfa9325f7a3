import type { Socket } from 'node:net'
import { resolve as resolvePath } from 'node:path'
import type { Duplex, Readable } from 'node:stream'
import pLimit, { type LimitFunction } from 'p-limit'
import type { Client } from 'ssh2'
import type { Message } from '../../language/message.ts'
import { openSocket } from '../../socket.ts'
import { type Clock, held } from '../../time/clock.ts'
import { withDeadline } from '../../time/deadline.ts'
import type { ClusterFile } from '../file.ts'
import type { Route } from '../route.ts'
import { asSocket } from './channel-socket.ts'
import { inputOf, type Ran, runOn } from './exec.ts'
import { commandLate } from './faults.ts'
import { createForwarding } from './forward.ts'
import { createHostKeys } from './host-keys.ts'
import type { OpenedKeys } from './keys.ts'
import { createLogins, here, type Login, loginId, type Surroundings, type Vm } from './login.ts'
import { handshake, logIn } from './open.ts'

export type { Ran } from './exec.ts'
export type { Vm } from './login.ts'

export interface ExecOptions {
  /** Wall ms, 20 000 when not given. */
  deadline?: number
  signal?: AbortSignal
  /** What the command reads; without it, its input is at its end at once. */
  input?: Readable | Buffer
}

export interface Ssh {
  /**
   * Runs one command on a connection of its own. Rejects with a Fault when there is no connection, or
   * no end within the deadline.
   */
  exec(vm: Vm, command: string, options?: ExecOptions): Promise<Ran>
  /**
   * Opens a TCP connection from inside the VM, over a connection to it that is kept. Rejects with a
   * code of Route, or with a Fault when the VM's SSH cannot be used (SSH_FORWARD_PROHIBITED: only
   * its forwarding). Wall ms.
   */
  forward(vm: Vm, host: string, port: number, deadline: number): Promise<Socket>
  /** Where a VM's SSH is and how one logs in there; contacts nobody. */
  resolve(vm: Vm): { host: string; port: number; user: string; key: string; jump: string[] }
  /** Ends the kept connections. */
  close(): void
}

export interface SshOptions {
  /** The folder in which host keys that were trusted the first time are written down. */
  stateDir?: string
  /** Is told of each host that is met for the first time. */
  say?(sentence: Message): void
  surroundings?: Surroundings
}

/** sshd lets ten connections wait for their login (MaxStartups), of everybody who wants in. */
const atOnce = 4

export function createSsh(
  file: ClusterFile,
  route: Route,
  clock: Clock,
  { stateDir = '.grade', say = () => {}, surroundings = here() }: SshOptions = {},
): Ssh {
  const login = createLogins(file, surroundings)
  const hostKeys = createHostKeys(resolvePath(stateDir, 'known_hosts'), say)
  const limits = new Map<string, LimitFunction>()
  const opened: OpenedKeys = new Map()
  const forwarding = createForwarding((to) => open(to, handshake))

  function limit(to: Login): LimitFunction {
    const id = loginId(to)
    const known = limits.get(id) ?? pLimit(atOnce)
    limits.set(id, known)
    return known
  }

  function open(to: Login, deadline: number, signal?: AbortSignal): Promise<Client> {
    const within = Math.min(deadline, handshake)
    const bounds = { deadline: within, signal, opened }
    return logIn(to, () => dial(to, within), hostKeys(to), bounds)
  }

  async function dial(to: Login, deadline: number): Promise<Duplex> {
    const { host, port, jump } = to
    const last = jump.at(-1)
    if (!last) return await openSocket(route, clock, { host, port, deadline })
    const between = { ...last, jump: jump.slice(0, -1) }
    return await forwarding.channel(between, { host, port, deadline })
  }

  return {
    exec: (vm, command, { deadline = 20_000, signal, input } = {}) =>
      held(clock, async () => {
        const to = login(vm)
        const reading = inputOf(input, to, command)
        const late = () => commandLate(to, command, deadline)
        const run = async () => {
          signal?.throwIfAborted()
          const client = await open(to, deadline, signal)
          try {
            const work = () => Promise.race([runOn(client, command, reading), reading.broken])
            return await withDeadline(deadline, late, work, signal)
          } finally {
            client.end()
            client.destroy()
          }
        }
        try {
          return await limit(to)(run)
        } finally {
          reading.end()
        }
      }),
    forward: (vm, host, port, deadline) =>
      held(clock, async () =>
        asSocket(await forwarding.channel(login(vm), { host, port, deadline })),
      ),
    resolve(vm) {
      const { host, port, user, key, jump } = login(vm)
      return {
        host,
        port,
        user,
        key,
        jump: jump.map((one) => `${one.user}@${one.host}:${one.port}`),
      }
    },
    close: () => forwarding.close(),
  }
}
