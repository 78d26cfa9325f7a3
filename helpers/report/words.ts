import type { ItemResult, Result, Verdict } from '../grade/result.ts'

/** How each verdict is shown: a sign, and the word that says the same without colour. */
export const verdictSigns: Record<Verdict, string> = {
  passed: '✓',
  failed: '✗',
  blocked: '–',
  inconclusive: '?',
  partial: '±',
  missing: '–',
}

export const verdictWords: Record<Verdict, string> = {
  passed: 'passed',
  failed: 'failed',
  blocked: 'blocked',
  inconclusive: 'inconclusive',
  partial: 'partial',
  missing: 'not handed in',
}

export const exercise = 'Nomad and Consul exercise'
export const simulatedWord = 'SIMULATED'
export const simulatedSentence = 'by the lab: no real cluster was looked at.'

/** The exercise has ten items; a run that was asked for fewer says so. */
const itemsOfTheExercise = 10

/** At most two decimals and no float noise: 0.1 + 0.2 is 0.3. */
export function number(value: number): string {
  return String(Math.round((value + Number.EPSILON) * 100) / 100)
}

export function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}

/** `7 of 10`, or the interval that inconclusive items leave open: `7–9 of 10`. */
export function mark(score: Result['score']): string {
  const [low, high, max] = [number(score.low), number(score.high), number(score.max)]
  return low === high ? `${number(score.points)} of ${max}` : `${low}–${high} of ${max}`
}

/** `1 of 1`; an inconclusive item's marks are open: `0–1 of 1`. */
export function itemMarks(item: ItemResult): string {
  const [points, max] = [number(item.points), number(item.max)]
  return item.verdict === 'inconclusive' ? `${points}–${max} of ${max}` : `${points} of ${max}`
}

/** `01.2 when its VM stops …`, whether or not the title carries its id. */
export function heading(item: ItemResult): string {
  return item.title.startsWith(item.id) ? item.title : `${item.id} ${item.title}`
}

/** `nginx.nomad:12`, `nginx.nomad`, or '' when the sentence speaks of no file. */
export function place(item: ItemResult): string {
  if (!item.file) return ''
  return item.line === undefined ? item.file : `${item.file}:${item.line}`
}

export function criterionSign(met: boolean | null): string {
  return met === null ? '?' : met ? '✓' : '✗'
}

/** After a refuted criterion the others are not looked at; in an inconclusive item they are open. */
export function criterionWord(item: ItemResult, met: boolean | null): string {
  if (met !== null) return met ? 'met' : 'not met'
  return item.verdict === 'inconclusive' ? 'not known' : 'not looked at'
}

/** What must be known about the mark itself, in sentences; none when it is an ordinary one. */
export function aboutTheMark(result: Result): string[] {
  const { asked } = result.score
  const graded = new Set(result.items.map((item) => item.id))
  const without = asked.filter((id) => !graded.has(id))
  const open = result.items.filter((item) => item.verdict === 'inconclusive').map(({ id }) => id)
  const sentences: string[] = []
  if (open.length > 0) {
    sentences.push(
      `Inconclusive: ${open.join(', ')}. No mark was given or taken there. ` +
        `Run again with --items ${open.join(',')} to grade only that.`,
    )
  }
  if (asked.length < itemsOfTheExercise) {
    sentences.push(
      `Only these items were asked for: ${asked.join(', ')}. The others are not in this mark.`,
    )
  }
  if (without.length > 0) {
    sentences.push(`The run ended before these items had a verdict: ${without.join(', ')}.`)
  }
  return sentences
}

/** The cluster in a few words, for a heading. */
export function clusterName(
  cluster: Pick<Result['cluster'], 'kind' | 'simulated' | 'server'>,
): string {
  if (cluster.kind === 'lab') return 'the embedded lab'
  if (cluster.simulated) return `the lab at ${cluster.server}`
  return cluster.kind === 'local' ? 'the local cluster' : `the cluster at ${cluster.server}`
}

/** Facts about the run as label and value, in the order in which a reader asks. */
export function runFacts(result: Result): [label: string, value: string][] {
  const { cluster } = result
  const facts: [string, string][] = [
    ['Cluster', clusterName(cluster)],
    ['Clients', `${cluster.clients.length}: ${cluster.clients.join(', ')}`],
    ['Datacenter', cluster.datacenter],
    ['Versions', `Nomad ${cluster.nomad}, Consul ${cluster.consul}`],
    ['VMs were stopped', cluster.stop === 'cut' ? 'by cutting the power' : 'in order'],
  ]
  if (cluster.seed !== undefined) facts.push(['Seed', String(cluster.seed)])
  return [
    ...facts,
    ['Submission', result.submission.dir],
    ['Began', result.startedAt],
    ['Ended', result.finishedAt],
    ['Grader', result.grader],
    ['Rubric', result.rubric],
    ['Evidence', `${result.evidence.file} (SHA-256 ${result.evidence.sha256})`],
  ]
}
