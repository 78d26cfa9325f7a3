import { everyItem, type Fault } from '../faults/fault.ts'
import { itemIds, signs } from './oracle.ts'

const kinds: Record<Fault['kind'], string> = {
  http: 'What Nomad and Consul answer',
  dns: 'DNS',
  'ssh-and-vm': 'SSH, and VMs that are stopped and started',
  cluster: 'Leaders, clients, and who else is there',
  images: 'Images, Docker and ports',
}

/** The part of the page that says which clusters at fault cost nothing, and which hide an answer. */
export function clustersAtFault(faults: readonly Fault[]): string[] {
  if (faults.length === 0) return []
  const isHidden = ({ rows }: Fault) => Object.values(rows).some((row) => row !== everyItem)
  return [
    '## What never costs a mark: a cluster at fault',
    '',
    `Each of these ${faults.length} was put into the simulated cluster while the sheet’s own files were`,
    'graded. No mark was lost in any. These are waited out, and every item passes:',
    '',
    ...Object.entries(kinds).flatMap(([kind, words]) => {
      const names = faults.filter((f) => f.kind === kind && !isHidden(f)).map(({ name }) => name)
      return names.length > 0 ? [`- **${words}:** ${names.join(' · ')}`] : []
    }),
    '',
    'These hide the answer to some items, which are inconclusive then; run them again when the cluster',
    'is well:',
    '',
    '| fault | inconclusive | why |',
    '|---|---|---|',
    ...faults.filter(isHidden).map((f) => `| ${f.name} | ${unknown(f)} | ${why(f)} |`),
    '',
    'Where a client takes no replica any more, a job that the student lets run on that one only is',
    'inconclusive, too, however many others are fit.',
    '',
  ]
}

/** The items, by size where sizes differ. */
function unknown({ rows, mayPass }: Fault): string {
  const bySize = Object.entries(rows).map(([size, row]) => [size, itemsOf(row)] as const)
  const isSame = new Set(bySize.map(([, items]) => items)).size === 1
  const words = isSame
    ? (bySize[0]?.[1] ?? '')
    : bySize.map(([size, items]) => `${size} clients: ${items || 'none'}`).join('; ')
  return mayPass ? `${words} (or none)` : words
}

const itemsOf = (row: string) => inShort(itemIds.filter((id) => signs(row)[id] === '?'))

/** `01.3–03.1`, `all`: items that follow one another are not told one by one. */
function inShort(ids: readonly string[]): string {
  if (ids.length === itemIds.length) return 'all'
  const runs: string[][] = []
  for (const id of ids) {
    const run = runs.at(-1)
    if (run && itemIds.indexOf(run.at(-1) ?? '') === itemIds.indexOf(id) - 1) run.push(id)
    else runs.push([id])
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run.at(-1)}` : run.join(' '))).join(' ')
}

/** Reasons; with their items where there are several. */
function why({ why = {}, mayPass }: Fault): string {
  const reasons = Object.entries(why)
  const words = reasons.map(([items, reason]) =>
    reasons.length > 1 ? `${inShort(items.split(' '))}: ${reason}` : reason,
  )
  return [...words, ...(mayPass ? [mayPass] : [])].join('; ')
}
