import { rubric } from '../../suites/rubric.ts'
import { itemResult, submissionIn } from '../grade/conclude.ts'
import type { ItemResult, Result } from '../grade/result.ts'
import type { RubricItem } from '../grade/rubric.ts'
import { submissionRecord } from '../handed-in.ts'
import { inLanguage, type Language, msg, type Text, tellIn, textIn } from '../language/message.ts'
import type { Submission } from '../submission/types.ts'
import { graderVersion } from '../version.ts'
import type { Now } from './now.ts'
import type { Paper } from './paper.ts'
import { sheetOf } from './sheet.ts'

/** `open`: the files say nothing against it, and nothing was run. */
export type CheckOutcome = 'would-pass' | 'lost' | 'unknown' | 'open'

export interface CheckItem {
  id: string
  title: string
  /** What the item's criteria are, in their order. */
  looksAt: string[]
  outcome: CheckOutcome
  /** What says so: the files alone, or what the lab made of them. */
  by: 'files' | 'lab' | ''
  /** As in result.json: a verdict, its cause, its sentence and what to do. */
  verdict: ItemResult['verdict'] | ''
  cause: string
  sentence: string
  hint: string
  file?: string
  line?: number
  /** What stands in that line. */
  code?: string
  /** The item that loses it. */
  because?: string
  /** Where the exercise sheet says more. */
  sheet: string[]
  notes: string[]
}

/** What `grade check` found, and what it prints with `--json`. */
export interface Check {
  schema: 'nomad-consul-check/1'
  grader: string
  rubric: string
  language: Language
  /** A check is never a grade. */
  grade: null
  submission: Result['submission']
  items: CheckItem[]
  /** null: not asked for. `trouble`: why it told nothing, else ''. */
  lab: { simulated: true; seed: number; trouble: string } | null
  now: Now | null
  exitCode: number
}

export interface CheckParts {
  submission: Submission
  paper: Paper
  language: Language
  /** What the lab made of it: a result, or why there is none. */
  lab?: { seed: number; result?: Result; trouble?: Text }
  now?: Now
}

/** Puts together what was found. Pure. */
export function checkOf({ submission, paper, language, lab, now }: CheckParts): Check {
  const ran = new Map(lab?.result?.items.map((item) => [item.id, item]))
  const items = Object.keys(rubric.items)
    .sort()
    .map((id) => itemOf(id, { paper, language, ran, labFailed: !!lab && !lab.result }))
  const outcomes = [...items.map((item) => item.outcome), ...(now?.trouble ? ['unknown'] : [])]
  return {
    schema: 'nomad-consul-check/1',
    grader: graderVersion,
    rubric: rubric.version,
    language,
    grade: null,
    submission: submissionIn(submissionRecord(submission), language),
    items,
    lab: lab
      ? { simulated: true, seed: lab.seed, trouble: tellIn(lab.trouble ?? '', language) }
      : null,
    now: now ?? null,
    exitCode: outcomes.includes('lost') ? 1 : outcomes.includes('unknown') ? 2 : 0,
  }
}

interface Seen {
  paper: Paper
  language: Language
  ran: ReadonlyMap<string, ItemResult>
  labFailed: boolean
}

/**
 * What the lab proved or refuted counts before what the file leaves open. Where both refute it, the
 * file's own words say best what to change; how it does not parse, Nomad says best.
 */
function itemOf(id: string, { paper, language, ran, labFailed }: Seen): CheckItem {
  const items: Record<string, RubricItem> = rubric.items
  const toldOf = (item: string) => {
    const verdict = paper.verdicts.get(item)
    const onPaper = verdict && itemResult(verdict, rubric, 0, language)
    const onLab = ran.get(item)
    return onLab && !isBetter(onPaper, onLab) ? onLab : onPaper
  }
  const told = toldOf(id)
  const by = told ? (told === ran.get(id) ? 'lab' : 'files') : ''
  const on = items[id]?.buildsOn?.item
  const basis = on === undefined ? undefined : toldOf(on)
  const inherits =
    told?.verdict === 'blocked' || (told?.verdict === 'inconclusive' && told.cause === basis?.cause)
  const because = inherits ? on : undefined
  return {
    id,
    title: textIn(items[id]?.title ?? id, language),
    looksAt: (items[id]?.criteria ?? []).map(({ title }) => textIn(title, language)),
    outcome: told ? outcomeOf(told) : labFailed ? 'unknown' : 'open',
    by,
    verdict: told?.verdict ?? '',
    cause: told?.cause ?? '',
    sentence: told && told.verdict !== 'passed' ? told.sentence : '',
    hint: told ? hintOf(told, by, language) : '',
    ...(told && placeIn(told, paper)),
    ...(because && { because }),
    sheet: sheetOf(id, told?.cause ?? '').map((one) => inLanguage(one, language)),
    notes: (paper.notes.get(id) ?? []).map((note) => inLanguage(note, language)),
  }
}

/** What is wrong with the lab is nothing that a student can mend. */
function hintOf({ verdict, hint }: ItemResult, by: CheckItem['by'], language: Language): string {
  if (by !== 'lab' || verdict !== 'inconclusive') return hint
  return inLanguage(
    msg('The lab cannot show this: compare it with the sheet, or try it on a cluster.'),
    language,
  )
}

const isLost = (item: ItemResult) => outcomeOf(item) === 'lost'

function isBetter(onPaper: ItemResult | undefined, ran: ItemResult): boolean {
  if (!onPaper || (ran.verdict !== 'inconclusive' && !isLost(ran))) return false
  if (!isLost(onPaper)) return ran.verdict === 'inconclusive'
  return ran.verdict === 'inconclusive' || onPaper.cause !== 'parse' || !ran.line || !!onPaper.line
}

/** Where it is, with what stands there. */
function placeIn(
  { file, line }: ItemResult,
  paper: Paper,
): Pick<CheckItem, 'file' | 'line' | 'code'> {
  if (!file) return {}
  if (!line) return { file }
  const deploy = [...paper.deploys.values()].find((one) => one.file === file)
  const code = deploy?.text?.split('\n')[line - 1]?.trim()
  return { file, line, ...(code && { code }) }
}

function outcomeOf({ verdict }: ItemResult): CheckOutcome {
  if (verdict === 'passed') return 'would-pass'
  return verdict === 'inconclusive' ? 'unknown' : 'lost'
}
