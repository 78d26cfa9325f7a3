import { z } from 'zod'
import { powerSchema } from './power/schema.ts'

const address = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'not a host or host:port')
const port = z.number().int().min(1).max(65_535)

/** One agent's API, as its own command line takes it: what is not said here comes from NOMAD_… or CONSUL_… */
const agent = (usual: number) => ({
  address: z.string().optional().describe('http(s)://host:port, as NOMAD_ADDR or CONSUL_HTTP_ADDR'),
  port: port.default(usual),
  token: z.string().optional(),
  tls: z
    .strictObject({
      ca: z.string().optional().describe('file of the certificate authority, PEM'),
      cert: z.string().optional(),
      key: z.string().optional(),
      serverName: z.string().optional(),
      verify: z.boolean().optional().describe('whether its certificate is checked; yes'),
    })
    .optional()
    .describe('its presence alone means HTTPS'),
})

const login = {
  user: z.string().optional(),
  port: port.optional(),
  key: z.string().optional(),
  password: z.string().optional(),
  /** `SHA256:…` as `ssh-keygen -lf` prints it, without padding. */
  fingerprint: z.string().optional(),
}

/**
 * What a cluster file (cluster.yaml, or what `grade lab` writes) may say. Only `server` is needed.
 * It is the teacher's or the student's own machine's file; it is never read from a submission.
 */
export const clusterFileSchema = z.strictObject({
  server: address.describe("address of the server's VM"),
  clients: z
    .union([z.literal('discover'), z.array(z.string())])
    .default('discover')
    .describe('node names of the clients to grade on'),
  exclude: z.array(z.string()).default([]).describe('clients that are never used or stopped'),
  datacenter: z.string().default('dc1'),
  route: z
    .enum(['straight', 'ssh'])
    .default('straight')
    .describe('ssh: agents and containers are reached through the SSH of the VMs'),
  images: z
    .array(z.string())
    .default([])
    .describe('archives (docker save) that grade doctor --load brings to the VMs'),
  ssh: z
    .strictObject({
      user: z.string().optional().describe('box, unless ~/.ssh/config says another'),
      key: z
        .string()
        .optional()
        .describe('~/.ssh/id_ed25519_box, unless ~/.ssh/config says another'),
      port: port.optional().describe('22, unless ~/.ssh/config says another'),
      password: z.string().optional(),
      passphrase: z.string().optional().describe('of the key; or GRADE_SSH_PASSPHRASE'),
      agent: z
        .union([z.boolean(), z.string()])
        .optional()
        .describe('whether keys of an SSH agent are tried; or the socket of one'),
      jump: z
        .string()
        .optional()
        .describe('user@host:port, several with commas between, as ssh -J'),
      config: z.string().optional().describe('an OpenSSH client configuration; ~/.ssh/config'),
      /** By the node's name, or by the address that Nomad gives; of a jump host by its own. */
      hosts: z
        .record(z.string(), z.strictObject({ host: z.string().optional(), ...login }))
        .default({}),
    })
    .prefault({}),
  power: powerSchema.optional(),
  nomad: z.strictObject(agent(4646)).prefault({}),
  consul: z.strictObject(agent(8500)).prefault({}),
  dns: z.strictObject({ port: port.default(8600) }).prefault({}),
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
  /** Only a local cluster writes this: real agents in namespaces, reached through one door. */
  local: z
    .strictObject({
      id: z.string(),
      /** Path of a Unix socket that speaks HTTP CONNECT inside the cluster's namespace. */
      connect: z.string(),
      heartbeats: z.enum(['lowered', 'usual']),
    })
    .optional(),
})

export type ClusterFile = z.output<typeof clusterFileSchema>
/** The file as it is written: everything with a default may be left out. */
export type ClusterFileInput = z.input<typeof clusterFileSchema>
