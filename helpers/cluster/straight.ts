import { connect, type Socket } from 'node:net'
import { coded, withDeadline } from '../time/deadline.ts'
import { codeOf } from '../time/fault.ts'
import type { Route } from './route.ts'

/** Straight over the network: the cluster's addresses are reachable from this machine. */
export function straightRoute(): Route {
  return {
    connect: openTcp,
    udp: (host, port) => ({ host, port }),
  }
}

/** Opens a TCP connection; rejects with one of the four codes that Route promises. */
export async function openTcp(host: string, port: number, deadline: number): Promise<Socket> {
  try {
    return await opened({ host, port }, `${host}:${port}`, deadline)
  } catch (error) {
    throw coded(routeCode(codeOf(error)), `connecting to ${host}:${port}: ${said(error)}`, error)
  }
}

/** A connected socket, TCP's or a Unix one; rejects with what the system says, or ETIMEDOUT. */
export async function opened(
  to: { host: string; port: number } | { path: string },
  name: string,
  deadline: number,
): Promise<Socket> {
  const late = () => coded('ETIMEDOUT', `no answer from ${name} within ${deadline} ms`)
  const socket = connect(to)
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
    throw error
  }
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The nearest of the four codes that a Route gives. */
function routeCode(code: string): string {
  if (['ECONNREFUSED', 'EHOSTUNREACH', 'ETIMEDOUT', 'ECONNRESET'].includes(code)) return code
  return code === 'EPIPE' ? 'ECONNRESET' : 'EHOSTUNREACH'
}
