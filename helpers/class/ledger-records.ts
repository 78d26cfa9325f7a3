import { z } from 'zod'
import type { Message } from '../language/message.ts'

const message = z
  .object({ text: z.string(), values: z.record(z.string(), z.any()) })
  .transform((one) => one as Message)

/** One line of the ledger. `at`: ms since the epoch. Folders of runs are relative to `--out`. */
export const ledgerSchema = z.discriminatedUnion('what', [
  /** The command was begun; `seed` is that of the class until another one is asked for. */
  z.object({
    what: z.literal('class'),
    at: z.number(),
    schema: z.literal('nomad-consul-class/1'),
    grader: z.string(),
    rubric: z.string(),
    seed: z.number(),
    /** Everybody of the roster, in its order. */
    students: z.array(z.string()).optional(),
  }),
  /** What is graded of a student; another digest means that earlier runs no longer count. */
  z.object({
    what: z.literal('hand-in'),
    at: z.number(),
    student: z.string(),
    kind: z.enum(['folder', 'missing', 'refused']),
    digest: z.string(),
    late: z.boolean(),
    commit: z.string().optional(),
    handedInAt: z.string().optional(),
    why: message.optional(),
    notes: z.array(message),
  }),
  /** A run begins in an empty folder. */
  z.object({
    what: z.literal('began'),
    at: z.number(),
    student: z.string(),
    dir: z.string(),
    where: message,
  }),
  /** A student's grading ended. `parked`: for want of a cluster, `why` says it. */
  z.object({
    what: z.literal('ended'),
    at: z.number(),
    student: z.string(),
    how: z.enum(['graded', 'parked', 'interrupted']),
    why: message.optional(),
  }),
])

export type LedgerRecord = z.infer<typeof ledgerSchema>
export type Handed = Extract<LedgerRecord, { what: 'hand-in' }>

/** What the ledger knows of a student. */
export interface Known {
  handed: Handed | undefined
  /** Runs of this hand-in, oldest first. */
  runs: string[]
  /** How the last grading ended; undefined: never begun, or cut in the middle. */
  ended: Extract<LedgerRecord, { what: 'ended' }> | undefined
}

export interface Class {
  seed: number | undefined
  /** The roster of the last command, in its order; undefined where an older one did not say. */
  everybody: string[] | undefined
  students: Map<string, Known>
}

export const nothingKnown = (): Known => ({ handed: undefined, runs: [], ended: undefined })

/** What the lines of a ledger come to. */
export function fold(records: readonly LedgerRecord[]): Class {
  const all: Class = { seed: undefined, everybody: undefined, students: new Map() }
  for (const one of records) {
    if (one.what === 'class') {
      all.seed = one.seed
      all.everybody = one.students
    } else {
      const known = all.students.get(one.student) ?? nothingKnown()
      all.students.set(one.student, after(known, one))
    }
  }
  return all
}

/** A student after one more line. */
export function after(known: Known, one: Exclude<LedgerRecord, { what: 'class' }>): Known {
  switch (one.what) {
    case 'hand-in':
      return one.digest === known.handed?.digest
        ? { ...known, handed: one }
        : { handed: one, runs: [], ended: undefined }
    case 'began':
      return { ...known, runs: [...known.runs, one.dir], ended: undefined }
    case 'ended':
      return { ...known, ended: one }
  }
}
