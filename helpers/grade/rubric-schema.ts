import { z } from 'zod'
import type { CriterionId, RubricItem } from './rubric.ts'

/** An item's number: `01.2`. */
export const itemId = /^\d\d\.\d$/

const criteria: Record<CriterionId, true> = {
  parses: true,
  allowed: true,
  registers: true,
  image: true,
  replicas: true,
  port: true,
  'own-vm': true,
  spread: true,
  moved: true,
  consul: true,
  answers: true,
  dns: true,
  stays: true,
  stopped: true,
  serves: true,
  'held-back': true,
  control: true,
  agents: true,
  catalog: true,
  entries: true,
  members: true,
  'key-written': true,
  'key-read': true,
  'key-back': true,
  'consul-dns': true,
  ui: true,
  available: true,
  mesh: true,
  counts: true,
  cut: true,
  healed: true,
  'intention-back': true,
}

export const criterionSchema = z.enum(Object.keys(criteria) as CriterionId[])

export const talkSchema = z.object({ say: z.string(), hear: z.string() })

/** A row of a rubric, which may be of somebody's own making. */
export const rowSchema: z.ZodType<RubricItem> = z.object({
  title: z.string().min(1),
  marks: z.number().min(0),
  stage: z
    .object({
      services: z.tuple([z.string()], z.string()),
      image: z.string().optional(),
      talk: talkSchema.optional(),
    })
    .optional(),
  buildsOn: z
    .object({ item: z.string().regex(itemId), needs: z.enum(['passed', 'registered']) })
    .optional(),
  criteria: z.array(
    z.object({ id: criterionSchema, title: z.string(), by: z.enum(['submission', 'cluster']) }),
  ),
}) as z.ZodType<RubricItem>
