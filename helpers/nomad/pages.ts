import type { Allocation } from '../grade/view.ts'
import { number, record, text } from '../loose.ts'
import { allocation } from './normalise.ts'

interface Page {
  modified: number
  /** Index of the allocations' table when the page was read. */
  table: string
  page: unknown
}

/**
 * The pages of single allocations, each read again only when it may have changed: a look asks for
 * every allocation, and most of them never change.
 */
export function createPages(get: (path: string) => Promise<unknown>) {
  const known = new Map<string, Page>()

  async function pageOf(stub: Record<string, unknown>, table: string): Promise<unknown> {
    const id = text(stub.ID)
    const modified = number(stub.ModifyIndex)
    const had = known.get(id)
    if (
      had &&
      had.modified === modified &&
      (had.table === table || !waitsForNext(stub, had.page))
    ) {
      return had.page
    }
    const page = await get(`/v1/allocation/${encodeURIComponent(id)}`)
    known.set(id, { modified, table, page: slim(page) })
    return page
  }

  return {
    /** Stubs of a list, made whole. `table`: the list's X-Nomad-Index. */
    complete: (stubs: unknown[], table: string): Promise<Allocation[]> =>
      Promise.all(stubs.map(async (stub) => allocation(stub, await pageOf(record(stub), table)))),
    fromPage: (page: unknown): Allocation => allocation(page, page),
  }
}

/** Whether another allocation may yet become its next one, without its own index having to move. */
function waitsForNext(stub: Record<string, unknown>, page: unknown): boolean {
  if (text(record(page).NextAllocation)) return false
  const runs = ['running', 'pending'].includes(text(stub.ClientStatus))
  return !(runs && text(stub.DesiredStatus) === 'run')
}

/** A page carries its whole job; only this much of it is used. */
function slim(page: unknown): unknown {
  const { AllocatedResources, NextAllocation } = record(page)
  return { AllocatedResources, NextAllocation }
}
