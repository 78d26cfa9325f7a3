import { z } from 'zod'
import type { Message, Text, Value } from '../language/message.ts'
import type { Instance, View } from './view.ts'

const text = z.string()
const count = z.number()
const flag = z.boolean()
const counts = z.record(text, count)

const message: z.ZodType<Message> = z.lazy(() => z.object({ text, values: z.record(text, value) }))
const value: z.ZodType<Value> = z.lazy(() =>
  z.union([text, count, message, z.array(text), z.array(message)]),
)
/** A sentence in no language yet, or what somebody said. */
export const textSchema: z.ZodType<Text> = z.union([text, message])

/** A time that is one: a Date can hold it. */
export const timeSchema = z.number().min(0).max(8.64e15)

const unseen = z.object({ error: textSchema })

/** What was seen has no `error`: that is what tells the two apart. */
const noError = { error: z.never().optional() }

const allocation = z.object({
  id: text,
  name: text,
  nodeId: text,
  nodeName: text,
  version: count,
  group: text,
  desired: text,
  client: text,
  createdAt: count,
  modifiedAt: count,
  next: text,
  ports: z.array(z.object({ label: text, value: count, to: count, ip: text })),
  tasks: z.array(
    z.object({
      name: text,
      state: text,
      failed: flag,
      restarts: count,
      events: z.array(z.object({ type: text, message: text, at: count })),
    }),
  ),
  deploymentHealthy: flag.nullable(),
  canary: flag,
})

const evaluation = z.object({
  id: text,
  status: text,
  triggeredBy: text,
  description: text,
  blockedEval: text,
  createIndex: count,
  failed: z.record(
    text,
    z.object({
      nodesEvaluated: count,
      nodesFiltered: count,
      nodesExhausted: count,
      nodesAvailable: counts,
      constraintFiltered: counts,
      dimensionExhausted: counts,
      coalesced: count,
    }),
  ),
})

const deployment = z.object({
  id: text,
  version: count,
  status: text,
  description: text,
  groups: z.record(
    text,
    z.object({ desired: count, placed: count, healthy: count, canaries: count, promoted: flag }),
  ),
})

const nomad = z.object({
  job: z
    .object({
      id: text,
      version: count,
      stop: flag,
      status: text,
      changedAt: count.optional(),
    })
    .nullable(),
  allocations: z.array(allocation),
  evaluations: z.array(evaluation),
  deployment: deployment.nullable(),
  queued: counts,
  nodes: z.array(
    z.object({
      id: text,
      name: text,
      address: text,
      datacenter: text,
      status: text,
      eligibility: text,
      dockerHealthy: flag,
    }),
  ),
})

const instance: z.ZodType<Instance> = z.object({
  id: text,
  node: text,
  nodeAddress: text,
  address: text,
  port: count,
  checks: z.array(z.object({ id: text, status: text, output: text })),
  allocation: text,
  owner: z
    .object({
      job: text,
      version: count,
      client: text,
      desired: text,
      nodeName: text,
      nodeStatus: text,
      stoppedAt: count,
      vmBackAt: count,
    })
    .nullable(),
})

const consul = z.object({
  instances: z.array(instance),
  others: z.array(instance).optional(),
  members: z.array(
    z.object({
      name: text,
      address: text,
      status: z.enum(['alive', 'leaving', 'left', 'failed', 'none']),
    }),
  ),
})

const dns = z.object({
  name: text,
  via: z.enum(['udp', 'tcp']),
  rcode: text,
  addresses: z.array(text),
})

export const dnsSchema: z.ZodType<View['dns']> = z.union([unseen, dns.extend(noError)])

/** One look at the cluster, as evidence holds it. */
export const viewSchema: z.ZodType<View> = z.object({
  at: timeSchema,
  nomad: z.union([unseen, nomad.extend(noError)]),
  consul: z.union([unseen, consul.extend(noError)]),
  dns: dnsSchema,
  web: z.array(
    z.object({
      allocation: text,
      address: text,
      port: count,
      status: count,
      server: text,
      page: text,
      title: text,
      error: text,
      insideAnswers: flag.optional(),
    }),
  ),
})
