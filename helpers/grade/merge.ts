import { conclude } from './conclude.ts'
import type { Evidence } from './evidence.ts'
import { applyOverrides, type Overrides } from './overrides.ts'
import type { ItemResult, Result } from './result.ts'
import type { Rubric } from './rubric.ts'
import { scoreOfItems } from './score.ts'
import { standingOf } from './standing.ts'

/** What is judged of a run: its folder's name, its records, and their file with its SHA-256. */
export interface RunEvidence {
  id: string
  evidence: readonly Evidence[]
  file: Result['evidence']
}

/**
 * One result out of runs of one student, a pure function of their evidence, the rubric and the
 * teacher's word; the order in which they are given does not matter. Each item is the one of its
 * best-founded run: a verdict before an inconclusive one, a real cluster before the lab, then the
 * later run (rubric, Verdicts: an inconclusive one never replaces a conclusive one).
 */
export function mergeRuns(
  runs: readonly RunEvidence[],
  rubric: Rubric,
  overrides: Overrides,
  language = 'en',
): Result {
  const judged = runs.map((run) => ({
    id: run.id,
    result: conclude(run.evidence, rubric, run.file, { language }),
  }))
  return mergeJudged(judged, rubric.version, overrides)
}

/** The same of runs as they were judged by that version of the rubric, one at least. */
export function mergeJudged(
  given: readonly Judged[],
  rubricVersion: string,
  overrides: Overrides,
): Result {
  const judged = given.toSorted(
    (a, b) => order(a.result.startedAt, b.result.startedAt) || order(a.id, b.id),
  )
  const last = judged.at(-1)
  if (!last) throw new Error('there is no run to merge')
  const asked = [...new Set(judged.flatMap(({ result }) => result.score.asked))].sort()
  const items = asked.flatMap((id) => best(judged, id) ?? [])
  const beside = judged.flatMap(({ result }) => result.bonus?.map(({ id }) => id) ?? [])
  const bonus = [...new Set(beside)].sort().flatMap((id) => best(judged, id) ?? [])
  const used = judged.filter(({ id }) => [...items, ...bonus].some((item) => item.run?.id === id))
  const results = (used.length > 0 ? used : [last]).map(({ result }) => result)
  const newest = results.at(-1) ?? last.result
  const merged: Result = {
    ...newest,
    rubric: rubricVersion,
    startedAt: results.map(({ startedAt }) => startedAt).sort(order)[0] ?? newest.startedAt,
    finishedAt:
      results
        .map(({ finishedAt }) => finishedAt)
        .sort(order)
        .at(-1) ?? newest.finishedAt,
    // What the lab graded stays marked, whatever is beside it.
    cluster: {
      ...newest.cluster,
      simulated: results.some(({ cluster }) => cluster.simulated),
    },
    items,
    ...(bonus.length > 0 && { bonus }),
    score: scoreOfItems(items, asked),
    notes: [...new Set(results.flatMap(({ notes }) => notes))],
    exitCode: exitCodeOf(items, judged),
  }
  return applyOverrides(merged, overrides)
}

/** A run's result, with the name of its folder. */
export type Judged = { id: string; result: Result }

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function best(judged: Judged[], id: string): ItemResult | undefined {
  const rank = ({ item, result }: { item: ItemResult; result: Result }) =>
    item.verdict === 'inconclusive' ? 0 : result.cluster.simulated ? 1 : 2
  const found = judged
    .flatMap(({ id: run, result }) => {
      const item = [...result.items, ...(result.bonus ?? [])].find((one) => one.id === id)
      return item ? [{ run, result, item }] : []
    })
    .sort((a, b) => rank(a) - rank(b))
    .at(-1)
  if (!found) return undefined
  const { result, item, run } = found
  const { kind, simulated, server } = result.cluster
  const of = { id: run, cluster: { kind, simulated, server }, rubric: result.rubric }
  return { ...item, run: { ...of, evidence: result.evidence } }
}

/** 70 only where an item that stayed open is of a run whose check threw. */
function exitCodeOf(items: ItemResult[], judged: Judged[]): number {
  const open = items.filter((item) => standingOf(item) === 'inconclusive')
  if (open.length === 0) return items.some(({ verdict }) => verdict !== 'passed') ? 1 : 0
  const own = open.some(
    ({ run }) => judged.find(({ id }) => id === run?.id)?.result.exitCode === 70,
  )
  return own ? 70 : 2
}
