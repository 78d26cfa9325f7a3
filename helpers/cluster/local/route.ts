import type { Socket } from 'node:net'
import { coded } from '../../time/deadline.ts'
import { codeOf } from '../../time/fault.ts'
import { throughDoor } from '../door.ts'
import type { ClusterFile } from '../file.ts'
import type { Route } from '../route.ts'
import { opened } from '../straight.ts'

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
  try {
    return await opened({ path }, "the local cluster's door", deadline)
  } catch (error) {
    if (codeOf(error) === 'ETIMEDOUT') throw error
    // Not ECONNREFUSED, which is what a program of the student's may be blamed for.
    throw coded('EHOSTUNREACH', 'the local cluster has ended: its door is gone', error)
  }
}
