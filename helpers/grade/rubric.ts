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

export interface RubricItem {
  title: string
  marks: number
  /** `passed`: blocked where that item was refuted. `registered`: needs only its service in Consul. */
  buildsOn?: { item: string; needs: 'passed' | 'registered' }
  criteria: readonly Criterion[]
}

export interface Rubric {
  version: string
  items: Record<string, RubricItem>
}
