import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunConfig } from '../bin/config.ts'
import { gradeHere, type SessionOptions } from '../bin/session.ts'
import type { Result } from '../helpers/grade/result.ts'
import { tellIn } from '../helpers/language/message.ts'
import type { LabOptions } from '../lab/contract.ts'
import { rubric } from '../suites/rubric.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** The sheet's own job files, one for each stage. */
export const reference = here('../examples/submissions/reference')
/** What a student's folder looks like at the end: one nginx.nomad, one apache.nomad. */
export const lastState = here('../examples/submissions/last-state')
/** A job file that a real cluster was asked about (tests/conformance/recordings/mistakes). */
export const mistake = (name: string) => here(`conformance/recordings/mistakes/${name}.nomad`)

/** A folder that is removed when the block ends. */
export function tempFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'grade-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The reference with one stage's file replaced. */
export function withStage(folder: string, stageFile: string, replacement: string): string {
  cpSync(reference, folder, { recursive: true })
  cpSync(replacement, join(folder, stageFile))
  return folder
}

export interface GradeOptions extends Partial<RunConfig> {
  lab?: Partial<LabOptions>
  /** Where the run's files go, and stay; otherwise they are removed. */
  runDir?: string
  /** Hears what the run says. */
  say?: (sentence: string) => void
  /** Called before each item is graded, with the lab's world. */
  disturb?: SessionOptions['disturb']
  /** A cluster that is there already, and stays. */
  given?: SessionOptions['given']
}

/** Grades a folder on the embedded lab in this process, as `grade class` will. */
export async function grade(submission: string, options: GradeOptions = {}): Promise<Result> {
  using folder = tempFolder()
  const { lab, runDir, say, disturb, given, ...config } = options
  return gradeHere({
    config: {
      language: 'en',
      student: 'test',
      submission,
      cluster: 'lab',
      out: folder.path,
      stateDir: join(folder.path, 'state'),
      asked: Object.keys(rubric.items).sort(),
      seed: 1,
      clients: 3,
      maxWaitMs: 15 * 60_000,
      deadlineMs: 120 * 60_000,
      keep: false,
      purge: false,
      shared: false,
      ...config,
    },
    runDir: runDir ?? folder.path,
    progress: {
      say: (text) => say?.(tellIn(text, 'en')),
      waiting: () => {},
      settled: () => {},
    },
    signal: new AbortController().signal,
    ...(lab && { lab }),
    ...(disturb && { disturb }),
    ...(given && { given }),
  })
}

/** `01.2 blocked` for every item that did not pass, with its sentence for a reader of the failure. */
export function notPassed(result: Result): string[] {
  return result.items
    .filter((item) => item.verdict !== 'passed')
    .map((item) => `${item.id} ${item.verdict}: ${item.sentence}`)
}

/** Item → verdict, only those that did not pass. */
export function verdictsOf(result: Result): Record<string, string> {
  return Object.fromEntries(
    result.items.filter((i) => i.verdict !== 'passed').map((i) => [i.id, i.verdict]),
  )
}
