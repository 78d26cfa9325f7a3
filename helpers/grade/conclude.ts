import type { Evidence } from './evidence.ts'
import { type ItemVerdict, judge } from './judge.ts'
import type { ItemResult, Result } from './result.ts'
import type { Rubric } from './rubric.ts'
import { exitCodeOf, scoreOf } from './score.ts'
import { explain } from './sentences.ts'

/**
 * result.json out of the evidence: pure. `evidenceFile` names the file and its SHA-256, so that what
 * was judged can be told from what is judged again.
 */
export function conclude(
  evidence: readonly Evidence[],
  rubric: Rubric,
  evidenceFile: Result['evidence'],
): Result {
  const run = evidence.find((r) => r.kind === 'run')
  if (!run) throw new Error('evidence.ndjson has no run record: it is not the evidence of a run')
  const verdicts = judge(evidence, rubric)
  const items = run.asked.flatMap((id) => {
    const verdict = verdicts.get(id)
    return verdict ? [itemResult(verdict, rubric, run.at)] : []
  })
  return {
    schema: 'nomad-consul-grade/1',
    student: run.student,
    grader: run.grader,
    rubric: run.rubric,
    startedAt: new Date(run.at).toISOString(),
    finishedAt: new Date(evidence.at(-1)?.at ?? run.at).toISOString(),
    cluster: run.cluster,
    submission: run.submission,
    items,
    score: scoreOf(verdicts, run.asked, rubric),
    notes: evidence.flatMap((r) => (r.kind === 'note' ? [r.text] : [])),
    exitCode: exitCodeOf(verdicts, run.asked),
    evidence: evidenceFile,
  }
}

/** One item's verdict in words. */
export function itemResult(verdict: ItemVerdict, rubric: Rubric, runAt: number): ItemResult {
  const item = rubric.items[verdict.id]
  const marks = item?.marks ?? 0
  const said = verdict.reason ? explain(verdict.reason) : { sentence: '', hint: '' }
  const seconds = Math.round((verdict.endedAt - verdict.startedAt) / 100) / 10
  return {
    id: verdict.id,
    title: item?.title ?? verdict.id,
    verdict: verdict.verdict,
    points: verdict.verdict === 'passed' ? marks : 0,
    max: marks,
    sentence: sentenceOf(verdict, said.sentence),
    hint: said.hint,
    ...(verdict.file && { file: verdict.file }),
    ...(verdict.line && { line: verdict.line }),
    cause: verdict.reason?.code ?? '',
    attempts: verdict.attempts,
    criteria: verdict.criteria.map((c) => ({
      id: c.criterion.id,
      title: c.criterion.title,
      met: c.met,
      why: c.reason ? explain(c.reason).sentence : '',
    })),
    notes: verdict.notes,
    seconds,
    changes: verdict.changes.map((c) => ({
      at: Math.round((c.at - runAt) / 10) / 100,
      who: c.who,
      saw: c.saw,
    })),
  }
}

function sentenceOf(verdict: ItemVerdict, sentence: string): string {
  switch (verdict.verdict) {
    case 'passed':
      return 'Every criterion was proved.'
    case 'blocked':
      return `Blocked by ${verdict.because}, on which it builds: ${withPlace(verdict, sentence)}`
    case 'inconclusive':
      return verdict.because
        ? `Not known, because ${verdict.because} is not known: ${sentence}`
        : sentence
    default:
      return withPlace(verdict, sentence)
  }
}

/** The sentence names the file, and the line where there is one, wherever it is read. */
function withPlace({ file, line }: ItemVerdict, sentence: string): string {
  if (!file) return sentence
  return `${sentence.replace(/\.$/, '')} (${file}${line ? `, line ${line}` : ''}).`
}
