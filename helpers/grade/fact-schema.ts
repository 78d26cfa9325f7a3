import { z } from 'zod'
import type { Fact } from './fact.ts'
import { dnsSchema, textSchema } from './view-schema.ts'

const text = z.string()
const count = z.number()

/** What evidence holds of suites 00 and 04. */
export const factSchema: z.ZodType<Fact> = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('members'),
    datacenter: text,
    wanted: z.array(z.object({ name: text, address: text, role: z.enum(['server', 'client']) })),
    members: z.array(
      z.object({ name: text, address: text, status: text, role: text, datacenter: text }),
    ),
  }),
  z.object({
    about: z.literal('key'),
    key: text,
    want: text.nullable(),
    seen: z.array(z.object({ vm: text, value: text.nullable(), error: textSchema })),
  }),
  z.object({ about: z.literal('dns'), dns: dnsSchema, servers: z.array(text) }),
  z.object({
    about: z.literal('page'),
    ...{ url: text, status: count, title: text, error: text },
  }),
  z.object({
    about: z.literal('pieces'),
    missing: z.array(z.object({ what: textSchema, cure: textSchema })),
  }),
  z.object({
    about: z.literal('mesh'),
    services: z.array(z.object({ name: text, instances: count, passing: count, output: text })),
    alone: z.array(text),
  }),
  z.object({
    about: z.literal('count'),
    where: text,
    counts: z.array(count),
    text,
    intention: z.enum(['as found', 'denied', 'other']).optional(),
  }),
])
