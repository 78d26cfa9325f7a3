import type { Allocation } from '../grade/view.ts'
import { number, record, text } from '../loose.ts'
import { allocation } from './normalise.ts'

interface Page {
  modified: number
  /** Index at which the job's newest allocation was made, when the page was read. */
  newest: number
  page: unknown
}

/**
 * The pages of single allocations, each read again only when it may have changed: a look asks for
 * every allocation, and most of them never change.
 */
export function createPages(get: (path: string) => Promise<unknown>) {
  const known = new Map<string, Page>()

  async function pageOf(stub: Record<string, unknown>, newest: number): Promise<unknown> {
    const id = text(stub.ID)
    const modified = number(stub.ModifyIndex)
    const had = known.get(id)
    const same =
      had?.modified === modified && (had.newest === newest || !waitsForNext(stub, had.page))
    if (had && same) return had.page
    const page = await get(`/v1/allocation/${encodeURIComponent(id)}`)
    // A page that is older than its stub is read again.
    known.set(id, { modified: number(record(page).ModifyIndex), newest, page: slim(page) })
    return page
  }

  return {
    /** Stubs of a job's whole list, made whole. */
    async complete(stubs: unknown[]): Promise<Allocation[]> {
      const newest = Math.max(0, ...stubs.map((stub) => number(record(stub).CreateIndex)))
      const pages = await Promise.all(stubs.map((stub) => pageOf(record(stub), newest)))
      const all = stubs.map((stub, i) => allocation(stub, pages[i]))
      // The new one says whose it replaces, whatever is still remembered of the one before.
      const nexts = new Map(pages.map((page, i) => [before(page), all[i]?.id ?? '']))
      return all.map((one) => ({ ...one, next: one.next || (nexts.get(one.id) ?? '') }))
    },
    fromPage: (page: unknown): Allocation => allocation(page, page),
  }
}

const before = (page: unknown) => text(record(page).PreviousAllocation)

/** Whether another allocation may yet become its next one, without its own index having to move. */
function waitsForNext(stub: Record<string, unknown>, page: unknown): boolean {
  // Newer versions tell it in the stub.
  if (stub.NextAllocation !== undefined) return false
  if (text(record(page).NextAllocation)) return false
  const runs = ['running', 'pending'].includes(text(stub.ClientStatus))
  return !(runs && text(stub.DesiredStatus) === 'run')
}

/** A page carries its whole job; only this much of it is used. */
function slim(page: unknown): unknown {
  const { AllocatedResources, NextAllocation, PreviousAllocation } = record(page)
  return { AllocatedResources, NextAllocation, PreviousAllocation }
}
