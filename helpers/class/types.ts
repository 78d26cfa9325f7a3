import type { ItemResult } from '../grade/result.ts'
import type { Message, Text } from '../language/message.ts'
import type { Wait } from '../progress.ts'

/** A row of the roster: what it says of one student, before anything was fetched. */
export interface Enrolment {
  /**
   * What the student is called: as in the roster, unique there, under 200 characters. Whoever makes a
   * folder of it uses `folderName` (helpers/report/folder.ts), unique too; evidence keeps it as it is.
   */
  student: string
  /** Line of the roster, from 1, for sentences. */
  line: number
  /**
   * Folder, archive or git URL (may hold credentials: `shown` in hand-in-where.ts is for sentences);
   * none: nothing was handed in. A path is relative to the roster's folder.
   */
  submission?: string
  /** Of a repository: commit, tag or branch to grade; otherwise the last commit by the deadline. */
  commit?: string
  /** Of the row, else the one that was given for all. ISO 8601, in UTC. */
  deadline?: string
  /** When it was handed in, where the roster's maker knows (Moodle). ISO 8601. */
  handedInAt?: string
  /** The student's own cluster file, relative to the roster's folder; otherwise one of the pool. */
  cluster?: string
}

/** What of a student's is graded: a folder on this machine, or why there is none. */
export type HandIn =
  | {
      kind: 'folder'
      dir: string
      /** Of a git URL. */
      commit?: string
      /** When it was handed in, where that can be known; `late`: after the deadline. */
      handedInAt?: string
      late: boolean
      /** What the teacher should know of it, e.g. that later commits were left out. */
      notes: Message[]
    }
  /** Nothing was handed in (or only after the deadline, `why` says which): every item is not handed in. */
  | { kind: 'missing'; why: Message }
  /** It cannot be read (an archive that is refused, a URL that does not answer): that student's line. */
  | { kind: 'refused'; why: Message }

/** How a student's grading ended. `dirs`: the folders of the runs that it made, oldest first. */
export type Ended =
  | { kind: 'graded'; dirs: string[] }
  /**
   * The cluster hung or was unfit: another try is worth it. `dirs`: what there is all the same.
   * `own`: the grader itself failed (exit 70).
   */
  | { kind: 'parked'; why: Message; own?: boolean; dirs: string[] }
  | { kind: 'interrupted'; dirs: string[] }

/** One student to grade, now. */
export interface Task {
  student: string
  dir: string
  /** Ids of the items to grade: all that are asked, less those that earlier runs settled. */
  asked: string[]
  /** The student's own cluster file, where there is one. */
  cluster?: string
}

/** What is heard of one student's grading while it goes on. */
export interface Hears {
  /**
   * A run begins, on that cluster: its folder is made and still empty. To be called before anything
   * is written there; when it returns, the folder stands in the ledger and will be found again.
   */
  began(dir: string, where: Message): void
  /** One sentence about the run or its VMs. */
  say(sentence: Text): void
  waiting(wait: Wait): void
  settled(item: Pick<ItemResult, 'id' | 'verdict'>): void
}

/**
 * Something that grades students: this machine, a Nomad cluster, ... It takes all tasks at once and
 * bounds by itself how many it really grades side by side.
 */
export interface Engine {
  /**
   * Never rejects for what the student or a cluster did. When the signal aborts it ends what it
   * began, with everything restored, and gives `interrupted`.
   */
  grade(task: Task, hears: Hears, signal: AbortSignal): Promise<Ended>
  /** All others have ended: what was parked may be tried once more. */
  again(): void
  /** How many it grades side by side, for estimates. */
  readonly atOnce: number
  close(): Promise<void>
}
