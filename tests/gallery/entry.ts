import type { StageId } from '../../helpers/submission/types.ts'
import type { LabOptions } from '../../lab/contract.ts'
import { rubric } from '../../suites/rubric.ts'

/** One submission of the gallery: what a student handed in, and what the grader makes of it. */
export interface Entry {
  /** What the student did, for a reader of the table. */
  name: string
  /** The stage's file of the reference, changed. */
  files?: Partial<Record<StageId, (text: string) => string>>
  /** Arranges the folder, which holds the reference with the changes above, differently. */
  arrange?: (folder: string) => void | Promise<void>
  lab?: Partial<LabOptions>
  /**
   * The ten verdicts, 01.1–01.3, 02.1–02.3, 03.1–03.4: `.` passed, `F` failed, `B` blocked,
   * `?` inconclusive, `-` not handed in.
   */
  verdicts: string
  /** The criterion that the first lost item is refuted by; '' where no criterion says it. */
  refutes?: string
  /** Items after the first that fail by themselves → their criterion. */
  also?: Record<string, string>
  /** The first line of the feedback of the first item that is not passed; `…` stands for anything. */
  says?: string
  /** Items whose job may run on one client only, by name. */
  pinned?: string[]
  /** Items whose job needs an image that a VM may not have (any more). */
  pulled?: string[]
  /** Graded whole, not only the items that its change can reach. */
  whole?: boolean
  /** Graded before them, because the job then updates what that item left. */
  after?: string
  /** `--max-wait`, where waiting longer shows nothing new. */
  maxWaitMs?: number
}

/** An entry in which one stage's file is changed, as a line of a table. */
export const lost = (
  name: string,
  stage: StageId,
  edit: (text: string) => string,
  verdicts: string,
  refutes: string,
  says: string,
): Entry => ({ name, files: { [stage]: edit }, verdicts, refutes, says })

export const allPassed = '... ... ....'

/** An entry in which one stage's file is changed, and right all the same. */
export const right = (
  name: string,
  stage: StageId,
  edit: (text: string) => string,
  lab?: Partial<LabOptions>,
): Entry => ({ name, files: { [stage]: edit }, verdicts: allPassed, ...(lab && { lab }) })

/** Item → verdict as the ten signs of an entry. */
export function signsOf(verdicts: Record<string, string>): string {
  const row = Object.keys(rubric.items)
    .sort()
    .map((id) => signs[verdicts[id] ?? 'passed'])
    .join('')
  return `${row.slice(0, 3)} ${row.slice(3, 6)} ${row.slice(6)}`
}

const signs: Record<string, string> = {
  passed: '.',
  failed: 'F',
  blocked: 'B',
  inconclusive: '?',
  missing: '-',
}

/** The items that an entry says are lost or not known, the first first. */
export const firstLost = ({ verdicts }: Entry): string | undefined =>
  Object.keys(rubric.items).sort()[[...verdicts.replaceAll(' ', '')].findIndex((s) => s !== '.')]

/** The whole sentence of `says`, in which `…` stands for anything. */
export const pattern = (says: string) =>
  new RegExp(`^${says.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&').replaceAll('…', '.*')}$`, 's')

/** The stages that an entry changes, and its name: `02.1 canary at a static port`. */
export const titleOf = ({ files, name }: Entry): string =>
  files ? `${Object.keys(files).join()} ${name}` : name

/** A title as a part of a file's name. */
export const slugOf = (title: string): string => title.replaceAll(/[^\w.]+/g, '-')
