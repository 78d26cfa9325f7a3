import type { ItemId } from '../suites/rubric.ts'
import type { DatacenterWords } from './datacenter.ts'
import type { RubricItem } from './grade/rubric.ts'
import type { MeshWords } from './mesh.ts'
import type { Deployed, Student } from './student.ts'
import type { BesideId } from './submission/types.ts'
import type { ClusterWords } from './words.ts'

export { expect } from './matchers.ts'
export { within } from './time/budget.ts'

/** What the body of an item is given. */
export interface ItemContext {
  cluster: ClusterWords
  student: Student
  datacenter: DatacenterWords
  mesh: MeshWords
}

export interface Item {
  id: ItemId | BesideId
  title: string
  body: (context: ItemContext) => Promise<void>
}

export type { Deployed }

/** Rows of a rubric of one's own (docs/write-your-own.md). */
export type Rows = Partial<Record<BesideId, RubricItem>>

const registered: Item[] = []
let listener: ((item: Item) => void) | undefined

/**
 * Registers one item of the exercise. The title begins with its id in the rubric. Its body deploys,
 * disturbs and expects, in the order of a story; whoever hosts the suites runs it (`grade`,
 * or an IDE's vitest).
 */
export function item(title: `${ItemId | BesideId} ${string}`, body: Item['body']): void {
  const id = title.split(' ', 1)[0] as Item['id']
  const entry = { id, title, body }
  registered.push(entry)
  listener?.(entry)
}

/** For hosts: every item registered so far, in the order of the exercise. */
export function registeredItems(): Item[] {
  return registered.toSorted((a, b) => a.id.localeCompare(b.id))
}

/** For hosts: told of each item as its suite is loaded. */
export function onItem(listen: (item: Item) => void): void {
  listener = listen
}
