/** Who can refute a criterion: the student's work, or only the cluster (then no mark is ever lost). */
export interface Criterion {
  id: CriterionId
  title: string
  by: 'submission' | 'cluster'
}

export type CriterionId =
  | 'parses'
  | 'allowed'
  | 'registers'
  | 'image'
  | 'replicas'
  | 'port'
  | 'own-vm'
  | 'spread'
  | 'moved'
  | 'consul'
  | 'answers'
  | 'dns'
  | 'stays'
  | 'stopped'
  | 'serves'
  | 'held-back'
  | 'control'
  | 'agents'
  | 'catalog'
  | 'entries'
  // 00 and 04, beside the ten items.
  | 'members'
  | 'key-written'
  | 'key-read'
  | 'key-back'
  | 'consul-dns'
  | 'ui'
  | 'available'
  | 'mesh'
  | 'counts'
  | 'cut'
  | 'healed'
  | 'intention-back'

/** What a job of one's own must be, and how it shows that it answers (docs/write-your-own.md). */
export interface OwnStage {
  /** Services in Consul: a job file that registers one of them is this stage; the first is graded. */
  services: readonly [string, ...string[]]
  /** Last part of the image's repository name, where a criterion asks for it. */
  image?: string
  /** What is said to it, and what its answer begins with; without it the wire is not asked. */
  talk?: Talk
}

/** One line each way over TCP. */
export interface Talk {
  say: string
  hear: string
}

export interface RubricItem {
  title: string
  marks: number
  /** Of an item that is none of the sheet's stages and has a job file of its own. */
  stage?: OwnStage
  /** `passed`: blocked where that item was refuted. `registered`: needs only its service in Consul. */
  buildsOn?: { item: string; needs: 'passed' | 'registered' }
  criteria: readonly Criterion[]
}

export interface Rubric {
  version: string
  /** The items of the mark. */
  items: Record<string, RubricItem>
  /** Items that are graded beside them, and never counted. */
  bonus?: Record<string, RubricItem>
}

/** The rubric with rows beside its own, which none of them replaces. */
export const withRows = (rubric: Rubric, rows: Rubric['items'] = {}): Rubric => ({
  ...rubric,
  items: { ...rows, ...rubric.items },
})
