import { z } from 'zod'

const address = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'not a host or host:port')

/**
 * What a cluster file (cluster.yaml, or what `grade lab` writes) may say. Only `server` is needed.
 * It is the teacher's or the student's own machine's file; it is never read from a submission.
 */
export const clusterFileSchema = z.strictObject({
  server: address,
  clients: z.union([z.literal('discover'), z.array(z.string())]).default('discover'),
  exclude: z.array(z.string()).default([]),
  datacenter: z.string().default('dc1'),
  ssh: z
    .strictObject({
      user: z.string().default('box'),
      key: z.string().default('~/.ssh/id_ed25519_box'),
      port: z.number().int().default(22),
      hosts: z
        .record(
          z.string(),
          z.strictObject({
            host: z.string().optional(),
            port: z.number().int().optional(),
            /** `SHA256:…` as `ssh-keygen -lf` prints it, without padding. */
            fingerprint: z.string().optional(),
          }),
        )
        .default({}),
    })
    .prefault({}),
  power: z
    .strictObject({
      driver: z.enum(['lab', 'command']),
      how: z.enum(['orderly', 'cut']).default('orderly'),
      /** lab: base URL of the lab's power door. */
      address: z.string().optional(),
      /** command: the teacher's shell lines; `{vm}` is the node's name, `{n}` its number. */
      start: z.string().optional(),
      cut: z.string().optional(),
      state: z.string().optional(),
    })
    .optional(),
  nomad: z.strictObject({ port: z.number().int().default(4646) }).prefault({}),
  consul: z.strictObject({ port: z.number().int().default(8500) }).prefault({}),
  dns: z.strictObject({ port: z.number().int().default(8600) }).prefault({}),
  /** Only a lab writes this: the cluster is simulated and reached through one door on loopback. */
  lab: z
    .strictObject({
      id: z.string(),
      seed: z.number().int(),
      /** Cluster seconds per wall second of a lab in a process of its own (1–20). */
      speed: z.number().default(1),
      /** host:port of an HTTP CONNECT door that reaches the lab's addresses. */
      connect: z.string(),
      /** Lab address:port (UDP) → loopback host:port. */
      udp: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
})

export type ClusterFile = z.output<typeof clusterFileSchema>
/** The file as it is written: everything with a default may be left out. */
export type ClusterFileInput = z.input<typeof clusterFileSchema>
