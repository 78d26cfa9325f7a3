import type { LabOptions, World } from '../../lab/contract.ts'

/** A cluster, network or machine at fault while the sheet's own files are graded. */
export interface Fault {
  /** What goes wrong, and when; for a teacher to read. */
  name: string
  kind: 'http' | 'dns' | 'ssh-and-vm' | 'cluster' | 'images'
  /** What the lab starts with. */
  lab?: Partial<LabOptions>
  /** A new one for each run: called before each item is graded. */
  put?: () => (world: World, item: string) => void
  /**
   * Clients → the ten verdicts, 01.1–01.3, 02.1–02.3, 03.1–03.4: `.` passed, `?` inconclusive where
   * the fault hides the answer. A right submission never loses a mark: there is nothing else.
   */
  rows: Readonly<Record<number, string>>
  /** What the first inconclusive item says. */
  says?: RegExp
  /** Items → why the fault really hides their answer: `{ '01.2 02.3': 'no VM can be stopped' }`. */
  why?: Readonly<Record<string, string>>
  /**
   * Whether a `?` of the table may also be `.`: only where it hangs on the seed which VM is hit. Says
   * why.
   */
  mayPass?: string
  /**
   * What is hidden beyond the rows, of submissions that have it: an item pinned to one client where a
   * client takes no replica any more; one that needs an image again where none can be had.
   */
  hides?: 'pinned' | 'pulled'
  /** `--max-wait`, where waiting longer shows nothing new. */
  maxWaitMs?: number
  /** The items that are graded, where the fault can reach no other. */
  asked?: readonly string[]
  /** Much like the one before it: `npm test` runs it once (FAULTS=whole: as all others). */
  variant?: boolean
  /** It costs wall time and no work (a socket that hangs): such runs may go side by side. */
  hangs?: boolean
}

export const everyItem = '... ... ....'
