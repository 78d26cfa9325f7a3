import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { withWord } from '../helpers/class/afterwards.ts'
import { ledgerName, readLedger } from '../helpers/class/ledger.ts'
import { isSameMark, type Rescored, type Runs, rescore } from '../helpers/class/rescore/rescore.ts'
import { renderRescored, rescoredJson } from '../helpers/class/rescore/rescore-text.ts'
import {
  inLanguage,
  type Language,
  languages,
  type Message,
  msg,
} from '../helpers/language/message.ts'
import { folderName } from '../helpers/report/folder.ts'
import { oneLine } from '../helpers/report/line.ts'
import { readRunFolder } from '../helpers/run-folder.ts'
import { codeOf, Fault, told } from '../helpers/time/fault.ts'
import { rubric } from '../suites/rubric.ts'
import { wordFor } from './class/pages.ts'
import { exit, Usage } from './exit.ts'
import { notWritten, wordOf } from './flags.ts'
import { exampleText } from './help.ts'
import { studentOf } from './report-results.ts'
import { type Place, writeRescored } from './rescore-write.ts'
import type { TeacherFlags } from './teacher-files.ts'

export interface RescoreFlags extends TeacherFlags {
  write?: boolean
  json?: boolean
  lang?: string
}

/** `grade rescore`: judges runs anew from their evidence alone, by the rules of this version. */
export function rescoreCommand(language: Language): Command {
  const word = (text: Message) => inLanguage(text, language)
  return new Command('rescore')
    .description(word(msg('judge runs again from their evidence, and say who changes')))
    .argument('<runs...>', word(msg("folders of runs, or a class's folder of reports")))
    .option('--write', word(msg('write the reports of those who change, and the class, anew')))
    .option('--scale <name>', word(msg('the scale of the grade; otherwise that of grading.yaml')))
    .option('--overrides <file>', word(msg("the teacher's word; otherwise overrides.yaml")))
    .option('--json', word(msg('print it as one JSON document on stdout')))
    .addHelpText('after', exampleText('grade rescore reports --write', language))
    .action(async (paths: string[], flags: RescoreFlags) => {
      process.exitCode = await rescoreAll(paths, flags, language)
    })
}

async function rescoreAll(
  paths: string[],
  flags: RescoreFlags,
  language: Language,
): Promise<number> {
  const lang = wordOf('lang', flags.lang, languages)
  const places = placesOf(paths)
  const judged = places.flatMap(({ runs }) => runs.map((one) => rescore(one, lang)))
  if (judged.length === 0) throw new Usage(msg('No run is named in {paths}.', { paths }))
  const results = judged.flatMap((one) => ('is' in one ? [one.was, one.is] : []))
  const teacher = await wordFor(results, flags)
  const all = judged.map(
    (one): Rescored =>
      'is' in one
        ? { ...one, was: withWord(one.was, teacher), is: withWord(one.is, teacher) }
        : one,
  )
  const written = flags.write ? await writeAll(places, flags, lang) : []
  const exitCode = exitCodeOf(all)
  if (flags.json)
    process.stdout.write(
      rescoredJson(all, { exitCode, rubric: rubric.version, written }, lang ?? language),
    )
  else tellAll(all, written, flags, lang ?? language)
  return exitCode
}

async function writeAll(places: Place[], flags: RescoreFlags, lang: Language | undefined) {
  try {
    return await writeRescored(places, flags, lang)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(codeOf(error))) throw error
    throw notWritten((error as { path?: string }).path ?? '.', error)
  }
}

function tellAll(
  all: readonly Rescored[],
  written: readonly string[],
  { write }: RescoreFlags,
  language: Language,
): void {
  process.stdout.write(renderRescored(all, language))
  const say = (text: Message) => process.stdout.write(oneLine(inLanguage(text, language)))
  for (const path of written) say(msg('Written: {path}', { path }))
  if (!write && all.some((one) => 'is' in one && !isSameMark(one.was, one.is)))
    say(msg('Nothing was written: {flag} does it.', { flag: '--write' }))
}

/** Whoever cannot be judged again may have another mark: that beats a mark that changes. */
function exitCodeOf(all: readonly Rescored[]): number {
  if (all.some((one) => 'trouble' in one && one.own)) return exit.own
  if (all.some((one) => 'trouble' in one)) return exit.inconclusive
  return all.some((one) => 'is' in one && !isSameMark(one.was, one.is)) ? exit.lost : exit.passed
}

/** A class where there is a ledger; of other folders those of one student belong together. */
function placesOf(paths: string[]): Place[] {
  const once = [...new Set(paths.map((path) => resolve(path)))]
  const classes = once.filter((path) => existsSync(join(path, ledgerName)))
  const others = once.filter((path) => !classes.includes(path))
  return [...classes.map(classIn), ...(others.length > 0 ? [{ runs: runsOfFolders(others) }] : [])]
}

/** All that the ledger knows, in the order of the roster. */
function classIn(out: string): Place {
  try {
    const { students, everybody = [] } = readLedger(join(out, ledgerName))
    const names = [...new Set([...everybody, ...students.keys()])]
    const runs = names.flatMap((student): Runs[] => {
      const merged = join(out, 'class.merged', folderName(student))
      const dirs = (students.get(student)?.runs ?? []).map((dir) => join(out, dir))
      return dirs.length > 0 ? [{ student, dirs, merged }] : []
    })
    return { runs, class: { out, students: everybody.length > 0 ? everybody : names } }
  } catch (error) {
    throw error instanceof Fault ? new Usage(told(error)) : error
  }
}

/** A damaged run is a line of its own: whose it is cannot be known. */
function runsOfFolders(dirs: string[]): Runs[] {
  const found = new Map<string, string[]>()
  for (const path of dirs) {
    const { student, dir } = whoseRun(path)
    const own = found.get(student) ?? []
    if (!own.includes(dir)) own.push(dir)
    found.set(student, own)
  }
  return [...found].map(([student, own]) => ({ student, dirs: own }))
}

function whoseRun(path: string): { student: string; dir: string } {
  try {
    const folder = readRunFolder(path)
    return { student: studentOf(folder) || path, dir: folder.dir }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (error.code === 'NO_RUN') throw new Usage(told(error))
    return { student: path, dir: path }
  }
}
