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

/** The "power:" part of a cluster file: how VMs are started, and stopped the hard way. */
export const powerSchema = z.discriminatedUnion('driver', [
  z.strictObject({ driver: z.literal('lab'), ...common, address: z.string() }),
  z.strictObject({ driver: z.literal('local'), ...common, door: z.string() }),
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
  z.strictObject({ driver: z.literal('isolate'), ...common }),
])

export type PowerFile = z.output<typeof powerSchema>
