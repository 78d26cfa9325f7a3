import type { Socket } from 'node:net'
import { codeOf, Fault } from '../time/fault.ts'
import type { Names } from './names.ts'
import type { Route } from './route.ts'
import type { Ssh } from './ssh/ssh.ts'

/** Of the time that a connection may take, for the way over the VM's own SSH. */
const ownShare = 0.6

export interface SshRouteOptions {
  names: Names
  /** Address of the server: its VM is asked where a VM's own SSH cannot be used. */
  server: string
  /**
   * Ports on which an agent may listen on 127.0.0.1 only. Containers are never asked there: what
   * refuses at its own address is the student's.
   */
  agentPorts: number[]
}

/** Through the SSH of the VMs (`route: ssh`): each address by the VM that has it. */
export function sshRoute(
  ssh: Pick<Ssh, 'forward'>,
  { names, server, agentPorts }: SshRouteOptions,
): Route {
  async function inside(host: string, port: number, deadline: number): Promise<Socket> {
    const vm = names.of(host)
    try {
      return await ssh.forward(vm, host, port, deadline)
    } catch (error) {
      const isRefused = codeOf(error) === 'ECONNREFUSED' && !(error instanceof Fault)
      if (!isRefused || !agentPorts.includes(port)) throw error
      return await ssh.forward(vm, '127.0.0.1', port, deadline)
    }
  }
  return {
    async connect(host, port, deadline) {
      const isServer = host === server
      try {
        return await inside(host, port, isServer ? deadline : deadline * ownShare)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        if (isServer) throw unusable(error)
        const rest = deadline * (1 - ownShare)
        return await ssh.forward(names.of(server), host, port, rest).catch((other) => {
          throw other instanceof Fault ? unusable(error) : other
        })
      }
    },
    // Datagrams do not go over SSH.
    udp: () => undefined,
  }
}

/** A VM whose SSH refuses is no agent and no container that refuses. */
function unusable(error: Fault): Fault {
  if (error.code !== 'ECONNREFUSED' && error.code !== 'ECONNRESET') return error
  return new Fault(error.said, { code: 'EHOSTUNREACH', cure: error.remedy, cause: error })
}
