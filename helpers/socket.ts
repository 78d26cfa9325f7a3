import type { Socket } from 'node:net'
import type { Route } from './cluster/route.ts'
import { type Clock, held } from './time/clock.ts'

export type { Route } from './cluster/route.ts'

/**
 * Opens a connection for whoever speaks over it: cluster time stands still meanwhile, and the clock
 * is told of the socket. Rejects as Route.connect does.
 */
export function openSocket(
  route: Route,
  clock: Clock,
  to: { host: string; port: number; deadline: number },
): Promise<Socket> {
  return held(clock, async () => {
    const socket = await route.connect(to.host, to.port, to.deadline)
    // A socket that breaks between two users must not end the process; whoever reads it is told.
    socket.on('error', () => {})
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 10_000)
    clock.track(socket)
    return socket
  })
}
