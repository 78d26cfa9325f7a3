import { z } from 'zod'
import { scaleSchema } from './scale-schema.ts'

/** The verdicts of the rubric; `missing` is "not handed in". */
export const verdicts = [
  'passed',
  'failed',
  'blocked',
  'inconclusive',
  'partial',
  'missing',
] as const

const itemSchema = z.object({
  /** 01.1 … 03.4 */
  id: z.string(),
  title: z.string(),
  verdict: z.enum(verdicts),
  points: z.number(),
  max: z.number(),
  /** One sentence that stands alone. */
  sentence: z.string(),
  /** What to do, '' when there is nothing to do. */
  hint: z.string(),
  /** The file and line the sentence speaks of. */
  file: z.string().optional(),
  line: z.number().int().optional(),
  /** Machine-readable cause, for example `service-missing`; '' when passed. */
  cause: z.string(),
  attempts: z.number().int(),
  criteria: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** true proved, false refuted, null not known or not looked at. */
      met: z.boolean().nullable(),
      why: z.string(),
    }),
  ),
  /** What is worth knowing and costs no mark: leftovers set aside, purges, spread, tags. */
  notes: z.array(z.string()),
  /** Cluster seconds. */
  seconds: z.number(),
  /** Each change that was seen: when (cluster seconds since the run began), by which witness. */
  changes: z.array(z.object({ at: z.number(), who: z.string(), saw: z.string() })),
  /** Where the item was graded, in a result that several runs make. */
  run: z
    .object({
      /** Name of the run's folder. */
      id: z.string(),
      cluster: z.object({
        kind: z.enum(['lab', 'local', 'file']),
        simulated: z.boolean(),
        server: z.string(),
      }),
      /** The rubric with which the run was made; `rubric` above judged it. */
      rubric: z.string(),
      evidence: z.object({ file: z.string(), sha256: z.string() }),
    })
    .optional(),
  /** The teacher's word: `points` are its marks; `verdict` stays what the evidence says. */
  override: z.object({ marks: z.number(), reason: z.string(), date: z.string() }).optional(),
  /** Lifted out of the mark by the teacher: neither its points nor its max count. */
  waiver: z.object({ reason: z.string(), until: z.string() }).optional(),
})

/**
 * result.json: what a run found. Versioned; a field is added under the same version, and a changed
 * meaning is a new one. docs/result-json.md is its manual.
 */
export const resultSchema = z.object({
  schema: z.literal('nomad-consul-grade/1'),
  student: z.string(),
  grader: z.string(),
  rubric: z.string(),
  /** What its sentences are written in; English where it is absent. */
  language: z.string().optional(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  cluster: z.object({
    kind: z.enum(['lab', 'local', 'file']),
    /** true: nothing real was looked at. */
    simulated: z.boolean(),
    server: z.string(),
    clients: z.array(z.string()),
    datacenter: z.string(),
    nomad: z.string(),
    consul: z.string(),
    stop: z.enum(['orderly', 'cut']),
    seed: z.number().int().optional(),
  }),
  submission: z.object({
    dir: z.string(),
    stages: z.array(
      z.object({ id: z.string(), file: z.string(), origin: z.string(), detail: z.string() }),
    ),
    unused: z.array(z.object({ file: z.string(), why: z.string() })),
    problems: z.array(z.string()),
  }),
  items: z.array(itemSchema),
  /** What was graded beside the items of the mark, and is in no mark; absent where nothing was. */
  bonus: z.array(itemSchema).optional(),
  score: z.object({
    points: z.number(),
    /** The interval that inconclusive items leave open; equal to points when there is none. */
    low: z.number(),
    high: z.number(),
    max: z.number(),
    /** Items that were not asked for (`--items`) are not in the score. */
    asked: z.array(z.string()),
    /** The mark on the scale below. */
    scaled: z
      .object({
        /** null while items are inconclusive: then it is between `low` and `high`. */
        value: z.number().nullable(),
        low: z.number(),
        high: z.number(),
        /** Before rounding: `7.25`, or `7.25–9.25`. */
        unrounded: z.string(),
        /** '' where the scale has none, or while it is open. */
        label: z.string(),
        passed: z.boolean().nullable(),
      })
      .optional(),
  }),
  scale: scaleSchema.optional(),
  /** What is said of the whole run: restored outages, VMs made ineligible, second tries. */
  notes: z.array(z.string()),
  exitCode: z.number().int(),
  evidence: z.object({ file: z.string(), sha256: z.string() }),
})

export type Result = z.infer<typeof resultSchema>
export type ItemResult = Result['items'][number]
export type Verdict = ItemResult['verdict']
