import type { ItemResult, Result, Verdict } from '../grade/result.ts'
import { isOpen } from '../grade/standing.ts'
import { inLanguage, type Language, type Message, msg, textIn } from '../language/message.ts'
import { scaleSentences, teacherSentences } from './about-grade.ts'

/** How each verdict is shown: a sign, and the word that says the same without colour. */
export const verdictSigns: Record<Verdict, string> = {
  passed: '✓',
  failed: '✗',
  blocked: '–',
  inconclusive: '?',
  partial: '±',
  missing: '–',
}

const verdictWords: Record<Verdict, Message> = {
  passed: msg('passed'),
  failed: msg('failed'),
  blocked: msg('blocked'),
  inconclusive: msg('inconclusive'),
  partial: msg('partial'),
  missing: msg('not handed in'),
}

export const verdictWord = (verdict: Verdict, language: Language) =>
  inLanguage(verdictWords[verdict], language)

/** What a result's sentences are written in, and so its labels too. */
export const languageOf = (result: Pick<Result, 'language'>): Language => result.language ?? 'en'

export const exercise = (language: Language) =>
  inLanguage(msg('Nomad and Consul exercise'), language)

/** A stamp, the same in every language; the sentence after it says what it means. */
export const simulatedWord = 'SIMULATED'
export const simulatedSentence = (language: Language) =>
  inLanguage(msg('by the lab: no real cluster was looked at.'), language)

/** The exercise has ten items; a run that was asked for fewer says so. */
const itemsOfTheExercise = 10

/** At most two decimals and no float noise: 0.1 + 0.2 is 0.3; 7,5 where decimals have a comma. */
export function number(value: number, language: Language): string {
  const rounded = Math.round((value + Number.EPSILON) * 100) / 100
  return plain(language).format(rounded)
}

export function seconds(value: number, language: Language): string {
  return `${tenths(language).format(value)} s`
}

/** Made once for each language: a report writes hundreds of numbers, and to make one takes 50 µs. */
function onceIn<T>(make: (language: Language) => T): (language: Language) => T {
  const made = new Map<Language, T>()
  return (language) => {
    const known = made.get(language) ?? make(language)
    made.set(language, known)
    return known
  }
}

const plain = onceIn((language) => new Intl.NumberFormat(language, { useGrouping: false }))
const one = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false }
const tenths = onceIn((language) => new Intl.NumberFormat(language, one))
const dates = onceIn((language) => {
  const locale = language === 'en' ? 'en-GB' : language
  const style = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, style)
})

/** `25 November 2026 at 00:02 UTC` of a time in ISO 8601: wherever it is read it is the same. */
export function dateOf(iso: string, language: Language): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return `${dates(language).format(at)} UTC`
}

const outOf = (marks: string, max: string, language: Language) =>
  inLanguage(msg('{marks} of {max}', { marks, max }), language)

/** `7 of 10`, or the interval that inconclusive items leave open: `7–9 of 10`. */
export function mark(score: Result['score'], language: Language): string {
  const [low, high, max] = [score.low, score.high, score.max].map((n) => number(n, language))
  const marks = low === high ? number(score.points, language) : `${low}–${high}`
  return outOf(marks, max ?? '', language)
}

/** `1 of 1`; an inconclusive item's marks are open: `0–1 of 1`. */
export function itemMarks(item: ItemResult, language: Language): string {
  if (item.waiver) return inLanguage(msg('waived'), language)
  const [points, max] = [number(item.points, language), number(item.max, language)]
  return outOf(isOpen(item) ? `${points}–${max}` : points, max, language)
}

/** `2 tries`. */
export const triesOf = ({ attempts }: ItemResult, language: Language) =>
  inLanguage(msg('{attempts} tries', { attempts }), language)

/** `01.2 when its VM stops …`, whether or not the title carries its id. */
export function heading(item: Pick<ItemResult, 'id' | 'title'>): string {
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
export function criterionWord(item: ItemResult, met: boolean | null, language: Language): string {
  const open = item.verdict === 'inconclusive' ? msg('not known') : msg('not looked at')
  const word = met === null ? open : met ? msg('met') : msg('not met')
  return inLanguage(word, language)
}

/** Who saw a change: a name, or `wire` for an answer over HTTP. */
export const witness = (who: string, language: Language) => textIn(who, language)

/** How a file was found, with what made it so: `nearest: one replica`. */
export function originOf(
  { origin, detail }: Result['submission']['stages'][number],
  language: Language,
): string {
  const how = textIn(origin, language)
  return detail === '' ? how : `${how}: ${detail}`
}

/** `old.nomad was not used: …`, for each file that was looked at and not taken. */
export const unusedFiles = (result: Result): string[] =>
  result.submission.unused.map(({ file, why }) =>
    inLanguage(msg('{file} was not used: {why}', { file, why }), languageOf(result)),
  )

/** What must be known about the mark itself, in sentences; none when it is an ordinary one. */
export function aboutTheMark(result: Result): string[] {
  const { asked } = result.score
  const graded = new Set(result.items.map((item) => item.id))
  const items = asked.filter((id) => !graded.has(id))
  const open = result.items.filter(isOpen).map(({ id }) => id)
  const told: Message[] = []
  if (open.length > 0)
    told.push(
      msg(
        'Inconclusive: {items}. No mark was given or taken there. Run again with {flag} to grade only that.',
        { items: open, flag: `--items ${open.join(',')}` },
      ),
    )
  if (asked.length > 0 && asked.length < itemsOfTheExercise)
    told.push(
      msg('Only these items were asked for: {items}. The others are not in this mark.', {
        items: asked,
      }),
    )
  if (items.length > 0)
    told.push(msg('The run ended before these items had a verdict: {items}.', { items }))
  const language = languageOf(result)
  return [
    ...scaleSentences(result, language),
    ...teacherSentences(result, language),
    ...told.map((sentence) => inLanguage(sentence, language)),
  ]
}

/** The cluster in a few words, for a heading. */
export function clusterName(
  { kind, simulated, server }: Pick<Result['cluster'], 'kind' | 'simulated' | 'server'>,
  language: Language,
): string {
  if (kind === 'lab') return inLanguage(msg('the embedded lab'), language)
  if (simulated) return inLanguage(msg('the lab at {server}', { server }), language)
  const real =
    kind === 'local' ? msg('the local cluster') : msg('the cluster at {server}', { server })
  return inLanguage(real, language)
}

/** Facts about the run as label and value, in the order in which a reader asks. */
export function runFacts(result: Result): [label: string, value: string][] {
  const { cluster, evidence } = result
  const language = languageOf(result)
  const how = cluster.stop === 'cut' ? msg('by cutting the power') : msg('in order')
  const facts: [Message, string][] = [
    [msg('Cluster'), clusterName(cluster, language)],
    [msg('Clients'), `${cluster.clients.length}: ${cluster.clients.join(', ')}`],
    [msg('Datacenter'), cluster.datacenter],
    [msg('Versions'), `Nomad ${cluster.nomad}, Consul ${cluster.consul}`],
    [msg('VMs were stopped'), inLanguage(how, language)],
  ]
  if (cluster.seed !== undefined) facts.push([msg('Seed'), String(cluster.seed)])
  facts.push(
    [msg('Submission'), result.submission.dir],
    [msg('Began'), dateOf(result.startedAt, language)],
    [msg('Ended'), dateOf(result.finishedAt, language)],
    [msg('Grader'), result.grader],
    [msg('Rubric'), result.rubric],
    [msg('Evidence'), `${evidence.file} (SHA-256 ${evidence.sha256})`],
  )
  return facts.map(([label, value]) => [inLanguage(label, language), value])
}
