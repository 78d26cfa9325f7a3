import type { Text } from '../language/message.ts'
import type { Journal } from './journal.ts'

/** A client that is there, and is to get no replica in this run. */
export interface Aside {
  id: string
  name: string
  why: Text
}

interface Nomad<What> {
  eligibility(nodeId: string, eligibility: What): Promise<void>
}

/** From now on Nomad places nothing there; the journal knows it before it is done. */
export async function setAside(
  { id, name }: Aside,
  nomad: Nomad<'ineligible'>,
  journal: Pick<Journal, 'ineligible'>,
): Promise<void> {
  journal.ineligible({ id, name })
  await nomad.eligibility(id, 'ineligible')
}

/** Nomad may place there again; rejects, and leaves it in the journal, where Nomad refuses. */
export async function takeBack(
  { id }: Pick<Aside, 'id'>,
  nomad: Nomad<'eligible'>,
  journal: Pick<Journal, 'eligible'>,
): Promise<void> {
  await nomad.eligibility(id, 'eligible')
  journal.eligible(id)
}
