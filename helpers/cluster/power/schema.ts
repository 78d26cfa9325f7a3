import { z } from 'zod'

const how = z
  .enum(['orderly', 'cut'])
  .default('orderly')
  .describe('orderly: "sudo -n systemctl poweroff" over SSH; cut: the power is taken away')
const names = z
  .record(z.string(), z.string())
  .default({})
  .describe('node name → name of its VM, where they differ: { box-5: xtec-5 }')

/** What every driver may say. */
const common = { how, names }
const line = z.string().optional()
/** What every driver that runs a program may say. */
const program = {
  ...common,
  executable: z
    .string()
    .optional()
    .describe('path of its program, where it is not found by itself'),
}
const project = z.string().optional().describe('the project that the VMs are in')

/** The "power:" part of a cluster file: how VMs are started, and stopped the hard way. */
export const powerSchema = z.discriminatedUnion('driver', [
  z.strictObject({ driver: z.literal('lab'), ...common, address: z.string() }),
  z.strictObject({ driver: z.literal('local'), ...common, door: z.string() }),
  z.strictObject({ driver: z.literal('virtualbox'), ...program }),
  z.strictObject({
    driver: z.literal('vagrant'),
    ...program,
    folder: z.string().describe('folder of the Vagrantfile'),
  }),
  z.strictObject({
    driver: z.literal('libvirt'),
    ...program,
    uri: z.string().default('qemu:///system').describe('the connection, as virsh -c takes it'),
  }),
  z.strictObject({ driver: z.literal('incus'), ...program, project }),
  z.strictObject({ driver: z.literal('lxd'), ...program, project }),
  z.strictObject({ driver: z.literal('multipass'), ...program }),
  z.strictObject({
    driver: z.literal('vmware'),
    ...program,
    names: names.describe('node name → path of its .vmx, where it is not in the folder'),
    folder: z.string().optional().describe('folder with one folder for each VM'),
    product: z.enum(['ws', 'fusion', 'player']).optional().describe('fusion on macOS, else ws'),
  }),
  z.strictObject({ driver: z.literal('hyper-v'), ...program }),
  z.strictObject({
    driver: z.literal('proxmox'),
    ...common,
    url: z
      .string()
      .regex(/^https?:\/\/[^/]+\/?$/, 'not https://host:8006')
      .describe('https://host:8006'),
    node: z.string().optional().describe('only VMs of this host of the Proxmox cluster'),
    token: z
      .string()
      .optional()
      .describe('USER@REALM!TOKENID=UUID; or PROXMOX_TOKEN in the environment'),
    ca: z.string().optional().describe('file of the certificate authority, PEM'),
    verify: z.boolean().default(true).describe("false: the host's certificate is not checked"),
  }),
  z.strictObject({
    driver: z.literal('command'),
    ...common,
    start: z.string().describe("a shell line; {vm} is the node's name, {n} its number"),
    cut: line,
    stop: line.describe('without it an orderly stop goes over SSH'),
    state: line.describe('prints running or off'),
    list: line.describe('prints one name a line'),
  }),
  z.strictObject({ driver: z.literal('manual'), ...common }),
  z.strictObject({
    driver: z.literal('isolate'),
    ...common,
    minutes: z
      .number()
      .int()
      .min(2)
      .max(120)
      .default(20)
      .describe('after that the VM ends its isolation by itself'),
  }),
])

export type PowerFile = z.output<typeof powerSchema>
export type PowerFileInput = z.input<typeof powerSchema>
export type PowerOf<D extends PowerFile['driver']> = Extract<PowerFile, { driver: D }>
