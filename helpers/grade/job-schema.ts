import { z } from 'zod'
import type { Job, Service, Task } from '../submission/job.ts'

const text = z.string()
const count = z.number()
const flag = z.boolean()

const constraints = z.array(
  z.object({ attribute: text, operator: text, value: text, weight: count }),
)
const spreads = z.array(z.object({ attribute: text, weight: count }))

/** What a task and a group have alike. */
const preferences = { constraints, affinities: constraints }

/** Lazy: a service may have a sidecar task, which may have services. */
const service: z.ZodType<Service> = z.lazy(() =>
  z.object({
    name: text,
    provider: text,
    port: text,
    addressMode: text,
    address: text,
    checks: z.array(z.object({ type: text, path: text, intervalMs: count, timeoutMs: count })),
    gateway: flag,
    sidecar: task.nullable(),
  }),
)

const task: z.ZodType<Task> = z.object({
  name: text,
  driver: text,
  config: z.record(text, z.unknown()),
  image: text,
  ports: z.array(text),
  services: z.array(service),
  resources: z.object({ cpu: count, cores: count, memory: count, memoryMax: count }),
  artifacts: count,
  templates: z.array(
    z.object({ data: text, source: text, destination: text, left: text, right: text }),
  ),
  vault: flag,
  identities: z.array(text),
  secrets: count,
  dispatchPayload: flag,
  csiPlugin: flag,
  volumeMounts: count,
  ...preferences,
  killTimeoutMs: count,
  shutdownDelayMs: count,
})

const group = z.object({
  name: text,
  count,
  networks: z.array(
    z.object({
      mode: text,
      ports: z.array(z.object({ label: text, value: count, to: count })),
    }),
  ),
  services: z.array(service),
  update: z.object({
    maxParallel: count,
    minHealthyTimeMs: count,
    healthyDeadlineMs: count,
    progressDeadlineMs: count,
    staggerMs: count,
    canary: count,
    autoPromote: flag,
  }),
  restart: z.object({ attempts: count, intervalMs: count, delayMs: count, mode: text }),
  reschedule: z.object({ attempts: count, delayMs: count, maxDelayMs: count, unlimited: flag }),
  mayBeUnknown: z.literal(true).optional(),
  ...preferences,
  spreads,
  volumes: z.array(z.object({ name: text, type: text })),
  consulNamespace: text,
  shutdownDelayMs: count,
  tasks: z.array(task),
})

/** A job as evidence holds it. */
export const jobSchema: z.ZodType<Job> = z.object({
  id: text,
  name: text,
  type: text,
  namespace: text,
  datacenters: z.array(text),
  periodic: flag,
  parameterized: flag,
  vault: flag,
  ...preferences,
  spreads,
  groups: z.array(group),
  unresolved: z.array(text),
})
