import { connect, type Socket } from 'node:net'
import { coded, withDeadline } from '../../time/deadline.ts'
import { codeOf } from '../../time/fault.ts'
import { throughDoor } from '../door.ts'
import type { ClusterFile } from '../file.ts'
import type { Route } from '../route.ts'

/**
 * Into the namespaces of a local cluster: its door is a Unix socket, which the network namespaces of
 * both sides can see. Only TCP goes through it.
 */
export function localRoute({ connect: door }: NonNullable<ClusterFile['local']>): Route {
  return {
    async connect(host, port, deadline) {
      const socket = await openDoor(door, deadline)
      return await throughDoor(socket, { host, port, deadline }, "the local cluster's")
    },
    udp: () => undefined,
  }
}

/** The door itself speaks HTTP too: whatever address is asked for, this route ends at it. */
export function doorRoute(door: string): Route {
  return {
    connect: (_host, _port, deadline) => openDoor(door, deadline),
    udp: () => undefined,
  }
}

async function openDoor(path: string, deadline: number): Promise<Socket> {
  const late = () => coded('ETIMEDOUT', `the local cluster's door took over ${deadline} ms`)
  const socket = connect({ path })
  try {
    return await withDeadline(deadline, late, () => {
      const { promise, resolve, reject } = Promise.withResolvers<Socket>()
      socket.once('connect', () => resolve(socket))
      socket.once('error', reject)
      return promise
    })
  } catch (error) {
    socket.on('error', () => {})
    socket.destroy()
    if (codeOf(error) === 'ETIMEDOUT') throw error
    // Not ECONNREFUSED, which is what a program of the student's may be blamed for.
    throw coded('EHOSTUNREACH', 'the local cluster has ended: its door is gone', error)
  }
}
