/** What the two sides of a local cluster agree on: who asks for it, and what keeps it. */

import { type Message, msg } from '../../language/message.ts'

/** Given to the keeper as JSON, in its arguments. */
export interface Plan {
  /** Name of its folder and of its control groups: grade-local-… */
  name: string
  /** Folder that both sides see: the door, the key. */
  dir: string
  /** Numbers of the client VMs: box-5 is 192.168.56.105. */
  clients: number[]
  heartbeats: Heartbeats
  images: Images
}

export type Heartbeats = 'lowered' | 'usual'

/** Archives (docker save), or names of images and the socket of the Docker that has them. */
export type Images = { archives: string[] } | { socket: string; names: string[] }

/** What the keeper says on its output, one JSON a line. */
export type Said =
  | { ready: { fingerprints: Record<string, string> } }
  | { fault: { why: string; words: string } }

/** The server is box-1, as on the sheet. */
export const serverNumber = 1
export const addressOf = (n: number): string => `192.168.56.${100 + n}`
export const nameOf = (n: number): string => `box-${n}`

/** Unix socket, in the folder that both sides see. */
export const doorOf = (dir: string): string => `${dir}/door.sock`
export const keyOf = (dir: string): string => `${dir}/key`
/** Where the VMs' own folders are; a tmpfs that only the cluster's namespaces see. */
export const vmsOf = (dir: string): string => `${dir}/vms`

/** The sheet's order, then on from box-9. */
const firstClients = [5, 7, 8, 6]
export const mostClients = 20

export function clientNumbers(clients: number): number[] {
  const numbers = [...firstClients]
  for (let n = 9; numbers.length < clients; n++) numbers.push(n)
  return numbers.slice(0, clients)
}

/** Seconds; Nomad draws a time to live between the shortest and twice that (cluster-facts §1.1). */
export const lowered = { shortestTtl: 2, grace: 3 }

/** For the report: what is set otherwise than on a cluster that was set up by hand. */
export function notesOf({ heartbeats }: Pick<Plan, 'heartbeats'>): Message[] {
  const shared = msg(
    'Local cluster: its VMs are namespaces of this machine and reach nothing outside.',
  )
  if (heartbeats === 'usual') return [shared]
  const { shortestTtl, grace } = lowered
  return [
    shared,
    msg(
      'Local cluster: heartbeats were lowered (a time to live from {shortestTtl} s instead of 10 s, {grace} s of grace instead of 10 s), so VMs are declared down sooner than usual.',
      { shortestTtl, grace },
    ),
  ]
}
