import type { ItemResult, Result, Verdict } from '../../helpers/grade/result.ts'
import { scoreOfItems } from '../../helpers/grade/score.ts'
import { sampleItem, sampleResult } from '../golden/sample.ts'

/** Students of the issue: what their names try, and names that are only names. */
export const students = [
  "=cmd|'/C calc'!A0",
  '</script><script>',
  '::notice::',
  '../../x',
  'Núria l·l',
  'نورة العربي',
  '👩‍🚀 Zoë',
]

/** A result of a real cluster whose items have these verdicts; partial is 0.3 of 1. */
export function resultWith(
  verdicts: Record<string, Verdict>,
  changed: Partial<Result> = {},
): Result {
  const items = Object.entries(verdicts).map(([id, verdict]) => itemWith(id, verdict))
  const own = sampleResult()
  return {
    ...own,
    cluster: { ...own.cluster, kind: 'file', simulated: false },
    items,
    score: scoreOfItems(items, Object.keys(verdicts)),
    exitCode: items.every(({ verdict }) => verdict === 'passed') ? 0 : 1,
    ...changed,
  }
}

function itemWith(id: string, verdict: Verdict): ItemResult {
  const points = { passed: 1, partial: 0.3 }[verdict as string] ?? 0
  const cause = verdict === 'missing' ? 'not-handed-in' : verdict === 'passed' ? '' : 'port-other'
  return sampleItem(id, verdict, { points, cause, sentence: `It ${verdict}.` })
}

const ids = ['01.1', '01.2', '01.3', '02.1', '02.2', '02.3', '03.1', '03.2', '03.3', '03.4']

/** Ten items: those named, and the others passed. */
export const ten = (verdicts: Record<string, Verdict> = {}, changed: Partial<Result> = {}) =>
  resultWith(Object.fromEntries(ids.map((id) => [id, verdicts[id] ?? 'passed'])), changed)

/** Nothing was handed in: what builds on it is blocked with the same cause. */
export function nothing(changed: Partial<Result> = {}): Result {
  const blocked = ['01.2', '02.2', '02.3', '03.2', '03.3', '03.4']
  const result = resultWith(
    Object.fromEntries(ids.map((id) => [id, blocked.includes(id) ? 'blocked' : 'missing'])),
    changed,
  )
  for (const item of result.items) item.cause = 'not-handed-in'
  return result
}

/** Every verdict, partial marks and no open item. */
export const mixed = (changed: Partial<Result> = {}) =>
  ten(
    {
      '02.1': 'failed',
      '02.2': 'blocked',
      '02.3': 'blocked',
      '03.1': 'partial',
      '03.4': 'missing',
    },
    changed,
  )

/** One open item: 7.3–8.3 of 10. */
export const interval = (changed: Partial<Result> = {}) =>
  ten({ '02.3': 'inconclusive', '03.1': 'partial', '03.4': 'failed' }, { exitCode: 2, ...changed })
