import { inLanguage, type Language, msg, tellIn, textIn } from '../language/message.ts'
import type { Evidence, RunRecord } from './evidence.ts'
import { type ItemVerdict, judge } from './judge.ts'
import type { ItemResult, Result } from './result.ts'
import { type Rubric, withRows } from './rubric.ts'
import { exitCodeOf, scoreOf } from './score.ts'
import { explain } from './sentences.ts'

/**
 * result.json out of the evidence: pure. `evidenceFile` names the file and its SHA-256, so that what
 * was judged can be told from what is judged again. In the run's own language, or another: a verdict
 * never depends on it.
 */
export function conclude(
  evidence: readonly Evidence[],
  rubric: Rubric,
  evidenceFile: Result['evidence'],
  options: { language?: Language } = {},
): Result {
  const run = evidence.find((r) => r.kind === 'run')
  if (!run) throw new Error('evidence.ndjson has no run record: it is not the evidence of a run')
  const language = options.language ?? run.language ?? 'en'
  const rows = withRows(rubric, run.bonus)
  const verdicts = judge(evidence, rows)
  const itemsOf = (ids: string[]) =>
    ids.flatMap((id) => {
      const verdict = verdicts.get(id)
      return verdict ? [itemResult(verdict, rows, run.at, language)] : []
    })
  const beside = Object.keys(run.bonus ?? {})
  return {
    schema: 'nomad-consul-grade/1',
    student: run.student,
    grader: run.grader,
    rubric: run.rubric,
    ...((options.language ?? run.language) && { language }),
    startedAt: new Date(run.at).toISOString(),
    finishedAt: new Date(evidence.at(-1)?.at ?? run.at).toISOString(),
    cluster: run.cluster,
    submission: submissionIn(run.submission, language),
    items: itemsOf(run.asked),
    ...(run.bonus && { bonus: itemsOf(beside) }),
    score: scoreOf(verdicts, run.asked, rubric),
    notes: evidence.flatMap((r) => (r.kind === 'note' ? [tellIn(r.text, language)] : [])),
    // Nothing beside the ten can lose what they gave; alone, it is what was asked for.
    exitCode: exitCodeOf(verdicts, run.asked.length > 0 ? run.asked : beside),
    evidence: evidenceFile,
  }
}

/** What was handed in, in a language. */
export function submissionIn(
  of: RunRecord['submission'],
  language: Language,
): Result['submission'] {
  return {
    dir: of.dir,
    stages: of.stages.map((stage) => ({ ...stage, detail: tellIn(stage.detail, language) })),
    unused: of.unused.map(({ file, why }) => ({ file, why: tellIn(why, language) })),
    problems: of.problems.map((problem) => tellIn(problem, language)),
  }
}

/** One item's verdict in words. */
export function itemResult(
  verdict: ItemVerdict,
  rubric: Rubric,
  runAt: number,
  language: Language = 'en',
): ItemResult {
  const item = rubric.items[verdict.id]
  const marks = item?.marks ?? 0
  const said = verdict.reason ? explain(verdict.reason, language) : { sentence: '', hint: '' }
  const seconds = Math.round((verdict.endedAt - verdict.startedAt) / 100) / 10
  return {
    id: verdict.id,
    title: textIn(item?.title ?? verdict.id, language),
    verdict: verdict.verdict,
    points: verdict.verdict === 'passed' ? marks : 0,
    max: marks,
    sentence: sentenceOf(verdict, said.sentence, language),
    hint: said.hint,
    ...(verdict.file && { file: verdict.file }),
    ...(verdict.line && { line: verdict.line }),
    cause: verdict.reason?.code ?? '',
    attempts: verdict.attempts,
    criteria: verdict.criteria.map((c) => ({
      id: c.criterion.id,
      title: textIn(c.criterion.title, language),
      met: c.met,
      why: c.reason ? explain(c.reason, language).sentence : '',
    })),
    notes: verdict.notes.map((note) => tellIn(note, language)),
    seconds,
    changes: verdict.changes.map((c) => ({
      at: Math.round((c.at - runAt) / 10) / 100,
      who: c.who,
      saw: tellIn(c.saw, language),
    })),
  }
}

function sentenceOf(verdict: ItemVerdict, sentence: string, language: Language): string {
  const placed = withPlace(verdict, sentence, language)
  const { because: item } = verdict
  switch (verdict.verdict) {
    case 'passed':
      return inLanguage(msg('Every criterion was proved.'), language)
    case 'blocked':
      return inLanguage(
        msg('Blocked by {item}, on which it builds: {sentence}', {
          item: item ?? '',
          sentence: placed,
        }),
        language,
      )
    case 'inconclusive':
      return item
        ? inLanguage(
            msg('Not known, because {item} is not known: {sentence}', { item, sentence }),
            language,
          )
        : sentence
    default:
      return placed
  }
}

/** The sentence names the file, and the line where there is one, wherever it is read. */
function withPlace({ file, line }: ItemVerdict, sentence: string, language: Language): string {
  if (!file) return sentence
  const place = line ? inLanguage(msg('{file}, line {line}', { file, line }), language) : file
  return `${sentence.replace(/\.$/, '')} (${place}).`
}
