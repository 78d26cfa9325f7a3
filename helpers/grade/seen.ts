import type { Evidence } from './evidence.ts'
import { type Picture, picturesOf } from './timeline.ts'

/** What evidence holds for the eye of a reader, beside the result that was concluded from it. */
export interface Seen {
  /** Item → what happened in it. */
  pictures: Record<string, Picture>
  /** Item → the job file that it was graded on. */
  sources: Record<string, Source>
  /** What the browser of 02.2 was given. */
  page?: { address: string; port: number; html: string; title: string }
}

export interface Source {
  file: string
  text: string
}

/** Pure: the same evidence gives the same pictures. */
export function seenIn(evidence: readonly Evidence[]): Seen {
  const deploys = evidence.flatMap((r) =>
    r.kind === 'deploy' && r.text !== undefined
      ? [{ item: r.item, file: r.file, text: r.text }]
      : [],
  )
  const sources = Object.fromEntries(deploys.map(({ item, file, text }) => [item, { file, text }]))
  const serves = evidence.findLast((r) => r.kind === 'check' && r.criteria.includes('serves'))
  const page = serves?.kind === 'check' ? pageOf(serves) : undefined
  return { pictures: picturesOf(evidence), sources, ...(page && { page }) }
}

function pageOf({ page, views }: Extract<Evidence, { kind: 'check' }>): Seen['page'] {
  const web = views.at(-1)?.web ?? []
  const look = web.find(({ address }) => address === page?.address) ?? web[0]
  if (!look || look.status === 0) return undefined
  const { address, port, title } = look
  return { address, port, title, html: page?.html ?? '' }
}
