import { z } from 'zod'
import type { FaultSwitch } from '../../lab/named-faults.ts'
import type { LabRecord } from './record.ts'

const count = z.number().int()

/** What `GET /state` at a lab's power door answers: what is so now. */
export const labStateSchema = z.object({
  id: z.string(),
  seed: count,
  speed: z.number(),
  /** Cluster ms since the epoch. */
  at: z.number(),
  fault: z.object({ name: z.string(), vm: z.string() }).nullable(),
  vms: z.array(
    z.object({
      ...{ name: z.string(), ip: z.string(), isServer: z.boolean() },
      power: z.enum(['running', 'stopping', 'off', 'booting']),
    }),
  ),
  nodes: z.array(
    z.object({ vm: z.string(), status: z.string(), eligible: z.boolean(), drains: z.boolean() }),
  ),
  members: z.array(z.object({ vm: z.string(), status: z.string() })),
  jobs: z.array(
    z.object({ id: z.string(), version: count, stopped: z.boolean(), blocked: z.boolean() }),
  ),
  replicas: z.array(
    z.object({
      ...{ id: z.string(), job: z.string(), version: count, vm: z.string() },
      ...{ ports: z.array(z.string()), desired: z.string(), status: z.string() },
    }),
  ),
  instances: z.array(
    z.object({
      ...{ vm: z.string(), id: z.string(), service: z.string() },
      ...{ at: z.string(), health: z.string() },
    }),
  ),
  dns: z.array(z.object({ name: z.string(), addresses: z.array(z.string()), rcode: z.string() })),
})

export type LabState = z.output<typeof labStateSchema>

export function stateOf(
  { lab, view, dns }: LabRecord,
  faults: FaultSwitch,
  speed: number,
): LabState {
  const { id, seed } = lab
  return { id, seed, speed, fault: faults.on ?? null, ...view, dns: [...dns] }
}
