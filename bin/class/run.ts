import { join } from 'node:path'
import pico from 'picocolors'
import { gradeClass } from '../../helpers/class/grade-class.ts'
import { fetchHandIn } from '../../helpers/class/hand-in/hand-in.ts'
import { type Ledger, openLedger } from '../../helpers/class/ledger.ts'
import { classJson, exitCodeOf, type Row } from '../../helpers/class/row.ts'
import { createScreen, renderClass, type ScreenOptions } from '../../helpers/class/screen.ts'
import { rowOf } from '../../helpers/class/student.ts'
import type { Engine } from '../../helpers/class/types.ts'
import { inLanguage, type Message, msg } from '../../helpers/language/message.ts'
import { eachLine, oneLine } from '../../helpers/report/line.ts'
import { lookOf } from '../../helpers/report/screen.ts'
import { exercise, simulatedSentence, simulatedWord } from '../../helpers/report/words.ts'
import { wallClock } from '../../helpers/time/clock.ts'
import { codeOf } from '../../helpers/time/fault.ts'
import { graderVersion } from '../../helpers/version.ts'
import { rubric } from '../../suites/rubric.ts'
import { exit } from '../exit.ts'
import { notWritten } from '../flags.ts'
import { type ClassConfig, type ClassFlags, classConfigOf } from './config.ts'
import { engineActions, engineNomad } from './elsewhere.ts'
import { engineHere } from './here.ts'
import { wordFor, writeClass } from './pages.ts'
import { clusterFor } from './slots.ts'

/** Grades the class of a roster; the exit code is that of its worst student. */
export async function runClass(roster: string, flags: ClassFlags): Promise<number> {
  const config = await classConfigOf(roster, flags, process.env)
  // A mistake there is told before anybody is graded.
  await wordFor([], flags)
  const ledger = await openLedger(config.out).catch((error) => {
    if (['EACCES', 'EEXIST', 'ENOTDIR', 'EROFS'].includes(codeOf(error)))
      throw notWritten(flags.out, error)
    throw error
  })
  let engine: Engine | undefined
  try {
    const seed = config.seed ?? ledger.seed ?? Math.floor(Math.random() * 1e6)
    const made = await engineOf(config, roster, seed, flags)
    engine = made.engine
    const { everybody: students } = config
    const begun = { grader: graderVersion, rubric: rubric.version, seed, students }
    const schema = 'nomad-consul-class/1' as const
    ledger.add({ what: 'class', at: wallClock().now(), schema, ...begun })
    for (const note of [...config.notes, ...made.notes]) tell(config, note)
    const screen = flags.json ? process.stderr : process.stdout
    const simulated = config.clusters === 'lab' || ('simulated' in made && made.simulated)
    screen.write(opening(config, simulated, screen))
    return await grade(config, ledger, engine, flags)
  } finally {
    await engine?.close()
    ledger.close()
  }
}

async function engineOf(config: ClassConfig, roster: string, seed: number, flags: ClassFlags) {
  const { env } = process
  const say = (sentence: Message) => tell(config, sentence)
  const of = { config, roster, seed, flags, env, say }
  if (flags.engine === 'nomad') return { engine: await engineNomad(of), notes: [] }
  if (flags.engine === 'actions') return { engine: engineActions(of), notes: [] }
  return await engineHere(config, seed, env)
}

async function grade(
  config: ClassConfig,
  ledger: Ledger,
  engine: Engine,
  flags: ClassFlags,
): Promise<number> {
  const json = flags.json === true
  const { language, wishes, students, out, home } = config
  const screen = json ? process.stderr : process.stdout
  const shown: ScreenOptions = {
    look: { ...lookOf(screen, process.env), language },
    ...{ language, ids: wishes.asked, students: students.map((one) => one.student) },
    ...{ atOnce: engine.atOnce, height: screen.rows || 24 },
    write: (text) => void screen.write(text),
  }
  const { onlooker, clear } = createScreen(shown)
  const into = join(out, 'class.hand-ins')
  const rows = await underSignals(config, clear, (signal) =>
    gradeClass({
      ...{ out, ledger, language, enrolments: students, engine, wishes, signal, onlooker },
      fetch: (one, until) => fetchHandIn(one, { into, rosterDir: home, signal: until }),
      clusterOf: (one, dir) => clusterFor(config, one, dir),
    }),
  )
  clear()
  const exitCode = rows.some((row) => row.interrupted) ? exit.interrupted : exitCodeOf(rows)
  screen.write(renderClass(rows, shown))
  const all = await withOthers(config, ledger, rows)
  for (const path of await writeClass(config, all, flags))
    screen.write(oneLine(inLanguage(path, language)))
  if (json) process.stdout.write(classJson(rows, { out, exitCode }, language))
  return exitCode
}

/** SIMULATED is the first word wherever a lab grades. */
function opening({ language, students }: ClassConfig, simulated: boolean, on: NodeJS.WriteStream) {
  const colors = pico.createColors(lookOf(on, process.env).color)
  const who = msg('{n, plural, one {# student} other {# students}}', { n: students.length })
  const title = colors.bold(`${exercise(language)}: ${inLanguage(who, language)}`)
  const stamp = `${colors.bold(colors.yellow(simulatedWord))} ${simulatedSentence(language)}`
  return simulated ? `${stamp}\n${title}\n\n` : `${title}\n\n`
}

/** The whole class in the order of the roster: those too whom `--only` leaves out. */
async function withOthers(
  { everybody, out, language }: ClassConfig,
  ledger: Ledger,
  rows: readonly Row[],
): Promise<Row[]> {
  const all: Row[] = []
  for (const student of everybody)
    all.push(
      rows.find((row) => row.student === student) ??
        (await rowOf({ out, ledger, language }, student, [])),
    )
  return all
}

const tell = ({ language }: ClassConfig, sentence: Message) =>
  process.stderr.write(oneLine(inLanguage(sentence, language)))

/** A signal stops the class: nobody else is begun, and who is under way is ended and restored. */
async function underSignals(
  config: ClassConfig,
  clear: () => void,
  work: (signal: AbortSignal) => Promise<Row[]>,
): Promise<Row[]> {
  const stopped = new AbortController()
  const interrupt = () => {
    // A second signal ends us at once; watchers bring the VMs back.
    if (stopped.signal.aborted) process.exit(exit.interrupted)
    clear()
    const first = msg(
      'Interrupted: bringing the VMs back first (again to leave that to the watcher).',
    )
    tell(config, first)
    stopped.abort(new Error('interrupted'))
  }
  const sayAndGoOn = (error: unknown) =>
    process.stderr.write(eachLine(`grade: ${(error as Error)?.stack ?? error}`))
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  process.on('unhandledRejection', sayAndGoOn)
  try {
    return await work(stopped.signal)
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    process.off('unhandledRejection', sayAndGoOn)
  }
}
