import { z } from 'zod'
import type { CheckRecord, Evidence } from './evidence.ts'
import { factSchema } from './fact-schema.ts'
import { jobSchema } from './job-schema.ts'
import { resultSchema } from './result.ts'
import type { CriterionId } from './rubric.ts'
import { criterionSchema, itemId, rowSchema, talkSchema } from './rubric-schema.ts'
import { textSchema, timeSchema, viewSchema } from './view-schema.ts'

const text = z.string()
const flag = z.boolean()
const count = z.number()
/** A number that nothing is judged by; what is none (NaN) comes back as null. */
const measure = z.number().nullable() as unknown as z.ZodType<number>

const places = z.record(text, count)
const control = z.object({
  leader: flag,
  fit: count,
  needed: count,
  probe: flag.optional(),
  trouble: textSchema,
})

const ofRun = { at: timeSchema }
const ofItem = {
  at: timeSchema,
  item: text.regex(itemId),
  attempt: z.int().min(1).max(99),
}

const run = z.object({
  ...ofRun,
  kind: z.literal('run'),
  schema: z.literal('nomad-consul-evidence/1'),
  student: text,
  grader: text,
  rubric: text,
  cluster: resultSchema.shape.cluster,
  submission: z.object({
    dir: text,
    stages: z.array(z.object({ id: text, file: text, origin: text, detail: textSchema })),
    unused: z.array(z.object({ file: text, why: textSchema })),
    problems: z.array(textSchema),
  }),
  language: text.optional(),
  asked: z.array(text),
  bonus: z.record(text.regex(itemId), rowSchema).optional(),
})

const deploy = z.object({
  ...ofItem,
  kind: z.literal('deploy'),
  stage: text,
  service: text,
  file: text,
  origin: text,
  missing: z.enum(['not handed in', 'ambiguous']).optional(),
  candidates: z.array(textSchema).optional(),
  problem: z.object({ code: text, sentence: textSchema, line: measure.optional() }).optional(),
  images: z.array(text),
  image: text.optional(),
  refusals: z.array(z.object({ code: text, sentence: textSchema, place: text.optional() })),
  rejected: z.object({ status: count, text }).optional(),
  job: jobSchema.optional(),
  places,
  text: text.optional(),
  registered: flag,
})

const stop = z.object({
  ...ofItem,
  kind: z.literal('stop'),
  askedAt: timeSchema.optional(),
  how: z.enum(['orderly', 'cut']),
  vms: z.array(
    z.object({
      name: text,
      nomad: text,
      consul: text,
      effective: flag,
      missedMs: measure.optional(),
      foretoldMs: measure.optional(),
    }),
  ),
})

const want = z.object({
  service: text,
  server: z.union([z.enum(['nginx', 'httpd']), talkSchema]),
  replicas: count,
  port: count.optional(),
  ownVm: flag.optional(),
  avoiding: z.array(text).optional(),
  replacing: z.array(text).optional(),
  returning: text.optional(),
  heldBack: flag.optional(),
  asFits: flag.optional(),
  deploymentDone: flag.optional(),
  clients: z.array(text),
})

const entry = { id: text, address: text, port: count }
const agent = z.object({
  vm: text,
  address: text,
  via: z.enum(['http', 'ssh']),
  error: textSchema,
  index: count,
  entries: z.array(z.object(entry)).optional(),
  services: z.array(text).optional(),
  catalog: z.array(z.object({ ...entry, node: text, nodeAddress: text })).optional(),
})

/** What a criterion is judged by: without it, less would be asked than was. */
const needed: Partial<Record<CriterionId, (keyof CheckRecord['want'])[]>> = {
  port: ['port'],
  moved: ['avoiding', 'replacing'],
  'held-back': ['heldBack', 'avoiding'],
}

const check = z
  .object({
    ...ofItem,
    kind: z.literal('check'),
    want,
    criteria: z.array(criterionSchema),
    budget: z.object({ ms: measure, because: z.array(text) }),
    spent: measure,
    looks: measure,
    ended: z.enum(['met', 'time', 'hopeless']),
    job: jobSchema,
    places,
    file: text,
    views: z.array(viewSchema),
    page: z.object({ address: text, port: count, html: text }).optional(),
    agents: z.array(agent).optional(),
    control: control.optional(),
  })
  .refine((one) =>
    one.criteria.every((id) => needed[id]?.every((key) => one.want[key] !== undefined) ?? true),
  )

/**
 * A record of evidence.ndjson: what is judged or told has the type that evidence.ts gives it; what
 * else stands there is nobody's. It says whether a record is one: the record itself is then judged.
 */
export const evidenceSchema: z.ZodType<Evidence> = z.discriminatedUnion('kind', [
  run,
  z.object({ ...ofRun, kind: z.literal('note'), text: textSchema }),
  z.object({
    ...ofRun,
    kind: z.literal('unfit'),
    code: text,
    sentence: textSchema,
    cure: textSchema,
  }),
  z.object({ ...ofRun, kind: z.literal('finished') }),
  z.object({ ...ofItem, kind: z.literal('begin') }),
  deploy,
  stop,
  z.object({ ...ofItem, kind: z.literal('start'), vm: text }),
  check,
  z.object({
    ...ofItem,
    kind: z.literal('registered'),
    service: text,
    found: flag,
    control: control.optional(),
  }),
  z.object({ ...ofItem, kind: z.literal('change'), who: text, saw: textSchema }),
  z.object({ ...ofItem, kind: z.literal('item-note'), text: textSchema }),
  z.object({
    ...ofItem,
    kind: z.literal('fault'),
    code: text,
    sentence: textSchema,
    cure: textSchema,
    own: flag,
  }),
  z.object({
    ...ofItem,
    kind: z.literal('fact'),
    criterion: criterionSchema,
    spent: measure,
    looks: measure,
    ended: z.enum(['met', 'time', 'hopeless']),
    fact: factSchema,
  }),
  z.object({ ...ofItem, kind: z.literal('end') }),
])
