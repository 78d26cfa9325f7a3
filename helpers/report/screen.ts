import pico from 'picocolors'
import type { ItemResult, Result, Verdict } from '../grade/result.ts'
import { plain, withoutCommands } from '../grade/text.ts'
import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import { clean, cleanItem, nameless } from './clean.ts'
import { padEnd, wrap } from './columns.ts'
import {
  aboutTheMark,
  clusterName,
  criterionSign,
  criterionWord,
  exercise,
  heading,
  itemMarks,
  languageOf,
  mark,
  place,
  seconds,
  simulatedSentence,
  simulatedWord,
  triesOf,
  verdictSigns,
  verdictWord,
  witness,
} from './words.ts'

/** What the terminal can do. */
export interface Look {
  color: boolean
  columns: number
  /** A line can be written over: a terminal, not a file or a pipe. */
  rewrites: boolean
  /** English where it is not said. */
  language?: Language
}

/** Longest list of changes below a failed item; the report has all of them. */
const changesShown = 20

export function lookOf(
  stream: { isTTY?: boolean; columns?: number },
  env: Record<string, string | undefined>,
): Look {
  const terminal = stream.isTTY === true && env.TERM !== 'dumb'
  return {
    color: terminal && !env.NO_COLOR,
    columns: Math.max(40, stream.columns || 100),
    rewrites: terminal,
  }
}

/** What is known before the first item: enough for the screen's first line. */
export interface Opening {
  student: string
  cluster: Pick<Result['cluster'], 'kind' | 'simulated' | 'server' | 'stop'> & { seed?: number }
}

/** The first lines. SIMULATED is the first word where it must be. Ends with a line end. */
export function renderOpening({ student, cluster }: Opening, look: Look): string {
  const colors = pico.createColors(look.color)
  const { language = 'en' } = look
  const about = {
    exercise: exercise(language),
    who: plain(student, 100) || nameless(language),
    where: plain(clusterName(cluster, language), 100),
    stop: inLanguage(cluster.stop === 'cut' ? msg('cut stops') : msg('orderly stops'), language),
  }
  const { seed } = cluster
  const title = inLanguage(
    seed === undefined
      ? msg('{exercise}: {who}, on {where} ({stop})', about)
      : msg('{exercise}: {who}, on {where} ({stop}, seed {seed})', { ...about, seed }),
    language,
  )
  if (!cluster.simulated) return safe(`${colors.bold(title)}\n\n`)
  const simulated = `${colors.bold(colors.yellow(simulatedWord))} ${simulatedSentence(language)}`
  return safe(`${simulated}\n${colors.bold(title)}\n\n`)
}

/** One line for an item that has settled. Ends with a line end. */
export function renderItemLine(foreign: ItemResult, look: Look): string {
  const { language = 'en' } = look
  const item = cleanItem(foreign, language)
  const word = verdictWord(item.verdict, language)
  const verdict = padEnd(`${verdictSigns[item.verdict]} ${word}`, 15)
  const time = seconds(item.seconds, language).padStart(7)
  const title = heading(item).slice(item.id.length).trim()
  const partly = item.verdict === 'partial' ? ` (${itemMarks(item, language)})` : ''
  const tries = item.attempts > 1 ? ` (${triesOf(item, language)})` : ''
  return safe(
    `${item.id}  ${paint(item.verdict, look)(verdict)}${time}  ${title}${partly}${tries}\n`,
  )
}

/** The last lines: what was not passed in full, the score, the report. Ends with a line end. */
export function renderEnding(foreign: Result, reportPath: string, look: Look): string {
  const colors = pico.createColors(look.color)
  const result = clean(foreign)
  const language = languageOf(result)
  const say = (text: Message) => inLanguage(text, language)
  const remarks = [...aboutTheMark(result), ...result.notes]
  const blocks = [
    ...alike(result.items.filter(({ verdict }) => verdict !== 'passed')).map((items) =>
      inFull(items, { ...look, language }),
    ),
    ...(result.bonus ? beside(result.bonus, { ...look, language }) : []),
    [
      ...(result.score.asked.length === 0
        ? []
        : [colors.bold(say(msg('Score: {mark}', { mark: mark(result.score, language) })))]),
      ...remarks.map((sentence) => wrap(sentence, look.columns, '')),
      say(msg('Report: {path}', { path: plain(reportPath, 1000) })),
    ].join('\n'),
  ]
  return safe(`\n${blocks.join('\n\n')}\n`)
}

/** A finished run as the screen showed it, for a run that is looked at again. */
export function renderScreen(result: Result, reportPath: string, look: Look): string {
  const own = { ...look, language: languageOf(result) }
  const lines = result.items.map((item) => renderItemLine(item, own)).join('')
  return renderOpening(result, own) + lines + renderEnding(result, reportPath, own)
}

/** What is in no mark, in words of its own. */
function beside(items: ItemResult[], look: Look): string[] {
  const { language = 'en' } = look
  const colors = pico.createColors(look.color)
  const title = colors.bold(inLanguage(msg('Beside the mark'), language))
  const told = inLanguage(msg('These items are in no mark.'), language)
  const lost = alike(items.filter(({ verdict }) => verdict !== 'passed'))
  return [`${title}\n${told}`, ...lost.map((same) => inFull(same, look))]
}

const isLookedAt = ({ criteria }: ItemResult) =>
  criteria.some(({ met, why }) => met !== null || why !== '')

/** Items that nothing was looked at for, all with the same cause (an unfit cluster), are told once. */
function alike(items: ItemResult[]): [ItemResult, ...ItemResult[]][] {
  const groups = new Map<string, [ItemResult, ...ItemResult[]]>()
  for (const item of items) {
    const { id, verdict, sentence, hint } = item
    const key = isLookedAt(item) ? id : JSON.stringify([verdict, sentence, hint])
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()]
}

/** One item in full, or several that have the same to say. */
function inFull([item, ...others]: [ItemResult, ...ItemResult[]], look: Look): string {
  const { language = 'en' } = look
  const say = (text: Message) => inLanguage(text, language)
  const ids = [item, ...others].map(({ id }) => id).join(', ')
  const colors = pico.createColors(look.color)
  const color = paint(item.verdict, look)
  const row = (text: string, indent = 4, hang = 2) =>
    wrap(text, look.columns, ' '.repeat(indent), hang)
  const where = place(item)
  const unmet = item.criteria.filter(({ met }) => met !== true)
  // Where none was looked at, the sentence says it all.
  const looked = isLookedAt(item)
  // Where nothing was tried there is nothing to understand from what was seen.
  const tried = item.verdict !== 'blocked' && item.verdict !== 'missing'
  const seen = tried ? item.changes.slice(-changesShown) : []
  const earlier = tried ? item.changes.length - seen.length : 0
  return [
    `${color(verdictSigns[item.verdict])} ${colors.bold(others.length > 0 ? ids : heading(item))}: ${color(verdictWord(item.verdict, language))}`,
    row(item.sentence),
    ...(where === '' ? [] : [row(say(msg('at {where}', { where })))]),
    ...(item.hint === '' ? [] : [row(say(msg('What to do: {hint}', { hint: item.hint })))]),
    ...(looked ? unmet : []).map(({ met, title, why }) => {
      const reason = why === '' ? '' : `: ${why}`
      return row(`${criterionSign(met)} ${criterionWord(item, met, language)}: ${title}${reason}`)
    }),
    ...(seen.length === 0 ? [] : [row(say(msg('Seen (seconds since the run began):')))]),
    ...(earlier === 0
      ? []
      : [row(say(msg('{earlier} earlier changes are in the report', { earlier })), 6)]),
    ...seen.map(
      ({ at, who, saw }) =>
        `${seconds(at, language).padStart(14)}  ${padEnd(witness(who, language), 8)} ${saw}`,
    ),
  ].join('\n')
}

function paint(verdict: Verdict, look: Look): (text: string) => string {
  const colors = pico.createColors(look.color)
  if (verdict === 'passed') return colors.green
  return verdict === 'failed' || verdict === 'partial' ? colors.red : colors.yellow
}

/** The screen may be a runner's log: no text in it may be a command to the runner. */
const safe = withoutCommands
