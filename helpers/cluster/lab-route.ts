import { codeOf } from '../time/fault.ts'
import { throughDoor } from './door.ts'
import type { ClusterFile } from './file.ts'
import type { Route, Wires } from './route.ts'
import { openTcp } from './straight.ts'

/**
 * Through the lab's door: every address of the lab is reached by HTTP CONNECT on loopback. `within`:
 * the same in this process, for a fifth of the CPU.
 */
export function labRoute(lab: NonNullable<ClusterFile['lab']>, within?: Wires): Route {
  const door = hostAndPort(lab.connect)
  return {
    async connect(host, port, deadline) {
      if (within) return await within.dial(host, port)
      const socket = await openTcp(door.host, door.port, deadline)
      return await throughDoor(socket, { host, port, deadline }, "the lab's")
    },
    udp(host, port) {
      const to = lab.udp[`${host}:${port}`]
      return to === undefined ? undefined : hostAndPort(to)
    },
    ...(within && { datagram: within.datagram }),
  }
}

/** 'host:port' in its parts. */
export function hostAndPort(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(':')
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) }
}

/** Whether the file names a lab whose process has ended: nothing of it is left to bring back. */
export async function labIsGone({ lab }: ClusterFile): Promise<boolean> {
  if (!lab) return false
  const { host, port } = hostAndPort(lab.connect)
  try {
    const socket = await openTcp(host, port, 5000)
    socket.destroy()
    return false
  } catch (error) {
    return codeOf(error) === 'ECONNREFUSED'
  }
}
