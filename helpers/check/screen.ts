import pico from 'picocolors'
import { plain, withoutCommands } from '../grade/text.ts'
import { inLanguage, type Language, type Message, msg, tellIn } from '../language/message.ts'
import { wrap } from '../report/columns.ts'
import type { Look } from '../report/screen.ts'
import { originOf, simulatedSentence, simulatedWord } from '../report/words.ts'
import type { Check, CheckItem, CheckOutcome } from './check.ts'
import type { Now } from './now.ts'

const signs: Record<CheckOutcome, string> = {
  'would-pass': '✓',
  lost: '✗',
  unknown: '?',
  open: '·',
}

const words: Record<CheckOutcome, Message> = {
  'would-pass': msg('would pass here'),
  lost: msg('would be lost'),
  unknown: msg('cannot be told'),
  open: msg('nothing found against it in the files'),
}

/** Foreign text (names of files and jobs, what a cluster answered) is data on a screen. */
const safe = (text: string) => plain(text, 800)

/** The first lines, before anything slow. Ends with a line end. */
export function renderCheckOpening(dir: string, onLab: boolean, look: Look): string {
  const { language = 'en' } = look
  const colors = pico.createColors(look.color)
  const title = msg('Check of {dir}: what the grader would see. It is no grade.', {
    dir: safe(dir),
  })
  const simulated = `${colors.bold(colors.yellow(simulatedWord))} ${simulatedSentence(language)}\n`
  return withoutCommands(`${onLab ? simulated : ''}${colors.bold(inLanguage(title, language))}\n\n`)
}

/** All that was found: the files, each item, what runs now, and the sum. Ends with a line end. */
export function renderCheck(check: Check, look: Look): string {
  const language = check.language
  const own = { ...look, language }
  const blocks = [
    filesOf(check, own),
    ...check.items.map((item) => itemBlock(item, own)),
    ...(check.now ? [nowBlock(check.now, own)] : []),
    sumOf(check, own),
  ]
  return withoutCommands(`${blocks.join('\n\n')}\n`)
}

type Own = Look & { language: Language }

const row = (text: string, look: Own, indent = 4) =>
  wrap(safe(text), look.columns, ' '.repeat(indent), 2)

function filesOf({ submission }: Check, look: Own): string {
  const say = (text: Message) => inLanguage(text, look.language)
  const { stages, unused, problems } = submission
  const title = pico.createColors(look.color).bold(say(msg('The files')))
  const rows = [
    ...stages.map((stage) => `${stage.id}  ${stage.file} (${originOf(stage, look.language)})`),
    ...unused.map(({ file, why }) => say(msg('{file} was not used: {why}', { file, why }))),
    ...problems,
  ]
  const none = say(msg('No job file for nginx or apache was found here.'))
  return [
    title,
    ...(stages.length === 0 ? [none, ...rows] : rows).map((one) => row(one, look, 2)),
  ].join('\n')
}

function itemBlock(item: CheckItem, look: Own): string {
  const say = (text: Message) => inLanguage(text, look.language)
  const colors = pico.createColors(look.color)
  const color = paint(item.outcome, look)
  const head = `${color(signs[item.outcome])} ${colors.bold(`${item.id} ${item.title}`)}: ${color(say(words[item.outcome]))}`
  const looksAt = row(say(msg('It looks at: {what}', { what: item.looksAt.join('; ') })), look)
  if (item.because !== undefined)
    return [
      head,
      colors.dim(looksAt),
      row(say(msg('It builds on {item}: mend that one.', { item: item.because })), look),
    ].join('\n')
  const sentence =
    item.by === 'lab' ? msg('On the lab: {sentence}', { sentence: item.sentence }) : item.sentence
  const where = item.code ? `${item.file}:${item.line}:  ${item.code}` : ''
  const isFine = item.outcome === 'would-pass' || item.outcome === 'open'
  return [
    head,
    colors.dim(looksAt),
    ...(item.sentence === '' ? [] : [row(tellIn(sentence, look.language), look)]),
    ...(where === '' ? [] : [row(where, look, 6)]),
    ...(item.hint === '' ? [] : [row(say(msg('What to do: {hint}', { hint: item.hint })), look)]),
    ...(isFine
      ? []
      : [row(say(msg('On the sheet: {where}', { where: item.sheet.join('; ') })), look)]),
    ...item.notes.map((note) => row(say(msg('Note: {note}', { note })), look)),
  ].join('\n')
}

function paint(outcome: CheckOutcome, look: Look): (text: string) => string {
  const colors = pico.createColors(look.color)
  if (outcome === 'would-pass') return colors.green
  return outcome === 'lost' ? colors.red : colors.yellow
}

function nowBlock(now: Now, look: Own): string {
  const say = (text: Message) => inLanguage(text, look.language)
  const colors = pico.createColors(look.color)
  const title = colors.bold(
    say(
      msg('What stands now on the cluster at {server}: one look, and nothing was changed.', {
        server: safe(now.server),
      }),
    ),
  )
  if (now.trouble !== '') return [title, row(now.trouble, look, 2)].join('\n')
  const rows = alike(now.items).map(([{ stands, sentence }, ids]) => {
    const word = stands ? say(msg('it stands')) : say(msg('not now'))
    const sign = stands ? colors.green('✓') : colors.dim('–')
    const told = sentence === '' ? word : `${word}: ${sentence}`
    return `  ${sign} ${row(`${ids.join(', ')} ${told}`, look, 4).trimStart()}`
  })
  const simulated = now.simulated ? [`  ${simulatedWord} ${simulatedSentence(look.language)}`] : []
  return [title, ...simulated, ...rows].join('\n')
}

/** Neighbours that have the same to say are told once. */
function alike(items: Now['items']): [Now['items'][number], string[]][] {
  const groups: [Now['items'][number], string[]][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (last && !item.stands && last[0].sentence === item.sentence) last[1].push(item.id)
    else groups.push([item, [item.id]])
  }
  return groups
}

function sumOf(check: Check, look: Own): string {
  const say = (text: Message) => inLanguage(text, look.language)
  const of = (outcome: CheckOutcome) =>
    check.items.filter((item) => item.outcome === outcome).map(({ id }) => id)
  const [passing, lost, unknown, open] = [of('would-pass'), of('lost'), of('unknown'), of('open')]
  const told: Message[] = []
  if (check.lab?.trouble) told.push(msg('The lab told nothing: {why}', { why: check.lab.trouble }))
  if (lost.length > 0) told.push(msg('Would be lost: {items}.', { items: lost }))
  if (unknown.length > 0) told.push(msg('Cannot be told: {items}.', { items: unknown }))
  if (passing.length > 0)
    told.push(msg('Would pass here, on the lab: {items}.', { items: passing }))
  if (open.length > 0)
    told.push(
      msg('Nothing was found in the files against {items}; only a run shows more.', {
        items: open,
      }),
    )
  return told.map((one) => wrap(safe(say(one)), look.columns, '')).join('\n')
}
