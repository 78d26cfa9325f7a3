import pico from 'picocolors'
import { plain, withoutCommands } from '../grade/text.ts'
import { inLanguage, type Language, type Message, msg, tellIn } from '../language/message.ts'
import type { Wait } from '../progress.ts'
import { cut, padEnd } from '../report/columns.ts'
import { progressLine } from '../report/progress.ts'
import type { Look } from '../report/screen.ts'
import { createEstimate } from './estimate.ts'
import type { Onlooker } from './grade-class.ts'
import { markOf, type Row, signsOf } from './row.ts'

export interface ScreenOptions {
  look: Look
  language: Language
  /** Ids of the items asked for, in order. */
  ids: readonly string[]
  students: readonly string[]
  atOnce: number
  /** Rows of the terminal. */
  height: number
  write(text: string): void
}

/** Wall ms between two drawings. */
const drawEvery = 100
const longestName = 28

interface Running {
  since: number
  where: Message
  done: number
  wait?: Wait
}

/**
 * The class as it goes on. On a terminal a line for each student who is being graded and a bar below;
 * elsewhere a line for each who ended.
 */
export function createScreen(options: ScreenOptions): { onlooker: Onlooker; clear(): void } {
  const { look, language, ids, students, write } = options
  const colors = pico.createColors(look.color)
  const width = Math.min(longestName, Math.max(...students.map((name) => name.length), 7))
  const estimate = createEstimate(options.atOnce)
  const running = new Map<string, Running>()
  let done = 0
  let drawnAt = Number.NEGATIVE_INFINITY
  let drawnRows = 0

  const name = (student: string) => padEnd(cut(plain(student, 100), width), width)
  const clear = () => {
    if (drawnRows > 0) write(`\u001b[${drawnRows}F\u001b[J`)
    drawnRows = 0
  }

  function draw(now: boolean): void {
    if (!look.rewrites || (!now && performance.now() - drawnAt < drawEvery)) return
    drawnAt = performance.now()
    const most = Math.max(1, options.height - 3)
    const lines = [...running].slice(0, most).map(([who, one]) => runningLine(who, one))
    const text = [...lines, bar()].join('\n')
    clear()
    write(`${text}\n`)
    drawnRows = lines.length + 1
  }

  function runningLine(student: string, { done: items, wait, where }: Running): string {
    const of = `${name(student)} ${`${items}`.padStart(2)}/${ids.length}  `
    const room = { ...look, columns: look.columns - width - 9, language }
    if (!wait) return `${of}${colors.dim(cut(inLanguage(where, language), room.columns))}`
    const reason = tellIn(wait.why === '' ? wait.what : wait.why, language)
    const [elapsed, usual] = [wait.elapsedMs / 1000, wait.usualMs / 1000]
    return (
      of + progressLine({ item: wait.item, waitingFor: reason, elapsed, estimate: usual }, room)
    )
  }

  function bar(): string {
    const all = students.length
    const full = Math.floor((done / all) * 20)
    const now = performance.now()
    const waiting = Math.max(0, all - done - running.size)
    const left = estimate.left(
      waiting,
      [...running.values()].map(({ since }) => now - since),
    )
    const about = { done, all, running: running.size }
    const how = inLanguage(msg('{done} of {all} done, {running} under way', about), language)
    const when = left === undefined ? '' : ` · ${inLanguage(leftIn(left), language)}`
    return `${'█'.repeat(full)}${'░'.repeat(20 - full)} ${how}${when}`
  }

  function ended(row: Row, how: 'graded' | 'kept' | 'later'): void {
    const one = running.get(row.student)
    if (one && how === 'graded') estimate.ended(performance.now() - one.since)
    running.delete(row.student)
    if (how !== 'later') done++
    clear()
    // What was done before is in the table at the end.
    if (how !== 'kept') write(withoutCommands(`${endedLine(row, how)}\n`))
    draw(true)
  }

  function endedLine(row: Row, how: 'graded' | 'later'): string {
    const note = noteOf(row, language)
    const later = how === 'later' ? inLanguage(msg('tried again at the end'), language) : ''
    const words = [signsOf(row.result, ids), markOf(row, language), later, note]
    return [`${name(row.student)} `, ...words.filter((one) => one !== '')].join('  ')
  }

  return {
    clear,
    onlooker: {
      began(student, where) {
        const before = running.get(student)
        running.set(student, { since: before?.since ?? performance.now(), where, done: 0 })
        draw(true)
      },
      said: () => draw(false),
      waiting(student, wait) {
        const one = running.get(student)
        if (one) one.wait = wait
        draw(false)
      },
      settled(student) {
        const one = running.get(student)
        if (one) one.done++
        draw(false)
      },
      ended,
    },
  }
}

/** What a note quotes may be a student's or a server's. */
const noteOf = ({ notes }: Row, language: Language): string =>
  plain(notes.map((one) => inLanguage(one, language)).join(' '), 1000)

/** No more exact than it can be known. */
function leftIn(ms: number): Message {
  const seconds = Math.round(ms / 1000)
  if (seconds < 90) return msg('about {seconds} s left', { seconds: Math.max(1, seconds) })
  return msg('about {minutes} min left', { minutes: Math.round(seconds / 60) })
}

/** The class at the end: a line for each student, and the ways to the reports. */
export function renderClass(rows: readonly Row[], options: ScreenOptions): string {
  const { look, language, ids } = options
  const colors = pico.createColors(look.color)
  const width = Math.min(longestName, Math.max(7, ...rows.map(({ student }) => student.length)))
  const marks = rows.map((row) => markOf(row, language))
  const widest = Math.max(4, ...marks.map((one) => one.length))
  const lines = rows.map((row, i) => {
    const name = padEnd(cut(plain(row.student, 100), width), width)
    const words = [name, padEnd(marks[i] ?? '', widest), signsOf(row.result, ids)]
    return withoutCommands(`${[...words, noteOf(row, language)].join('  ').trimEnd()}\n`)
  })
  const simulated = rows.some(({ result }) => result?.cluster.simulated)
  const title = inLanguage(
    msg('{n, plural, one {# student} other {# students}}', { n: rows.length }),
    language,
  )
  const stamp = simulated ? `${colors.bold(colors.yellow('SIMULATED'))} ` : ''
  return `\n${stamp}${colors.bold(title)}\n${lines.join('')}`
}
