import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type { RunEvidence } from '../helpers/grade/merge.ts'
import type { ItemResult, Result } from '../helpers/grade/result.ts'
import { seenIn } from '../helpers/grade/seen.ts'
import { stateOf } from '../helpers/grade/standing.ts'
import { inLanguage, type Language, type Message, msg } from '../helpers/language/message.ts'
import { renderAllure } from '../helpers/report/allure.ts'
import { renderCategories } from '../helpers/report/allure-categories.ts'
import { missesIn } from '../helpers/report/class-afterwards.ts'
import { renderClassPage } from '../helpers/report/class-page.ts'
import type { Entry } from '../helpers/report/class-page-line.ts'
import { absentIn, renderClassroom50 } from '../helpers/report/classroom50.ts'
import { renderCsv } from '../helpers/report/csv.ts'
import { type More, renderHtml } from '../helpers/report/html.ts'
import { renderJson, safeJson } from '../helpers/report/json.ts'
import { renderJunit } from '../helpers/report/junit.ts'
import { oneLine } from '../helpers/report/line.ts'
import { renderMarkdown } from '../helpers/report/markdown.ts'
import { moodleUsers, renderMoodleCsv } from '../helpers/report/moodle-csv.ts'
import { type Merged, mergeWorksheet } from '../helpers/report/moodle-worksheet.ts'
import { renderReporter } from '../helpers/report/reporter.ts'
import { renderAnnotations, renderSummary } from '../helpers/report/summary.ts'
import type { RunFolder } from '../helpers/run-folder.ts'
import { exit, Usage } from './exit.ts'
import { notWritten, wordOf, writeOut } from './flags.ts'
import type { ReportFlags } from './report.ts'
import { studentOf } from './report-results.ts'

export const dialects = [
  'html',
  'md',
  'json',
  'junit',
  'allure',
  'summary',
  'reporter',
  'classroom50',
  'csv',
  'moodle-csv',
  'moodle-worksheet',
] as const
export type Dialect = (typeof dialects)[number]

/** Those that take many students; the others are of one. */
export const forClass: ReadonlySet<Dialect> = new Set([
  'html',
  'csv',
  'moodle-csv',
  'moodle-worksheet',
])
/** Those that make grades: what the lab found is none. */
export const forGrades: ReadonlySet<Dialect> = new Set([
  'reporter',
  'classroom50',
  'csv',
  'moodle-csv',
  'moodle-worksheet',
])

type Flags = ReportFlags & { language: Language }
type File = { name: string; content: string }

/** Prints, or writes to `--out`. The exit code is 0 but where Classroom 50 must keep its grade. */
export async function print(
  dialect: Dialect,
  results: Result[],
  flags: Flags,
  folders: readonly RunFolder[],
): Promise<number> {
  const [result] = results
  if (!result) throw new Error('no result')
  switch (dialect) {
    case 'allure':
      return allure(result, flags, folders)
    case 'summary': {
      await put(renderSummary(result), flags)
      const annotations = renderAnnotations(result, process.env.GITHUB_WORKSPACE ?? process.cwd())
      // A runner listens to both; stdout may be on its way into a file.
      const stream = flags.out === undefined ? process.stderr : process.stdout
      stream.write(annotations)
      return exit.passed
    }
    case 'classroom50':
      return classroom50(result, flags)
    case 'moodle-worksheet':
      return worksheet(results, flags)
    default:
      await put(textOf(dialect, results, flags, folders), flags)
      return exit.passed
  }
}

function textOf(
  dialect: Exclude<Dialect, 'allure' | 'summary' | 'classroom50' | 'moodle-worksheet'>,
  results: Result[],
  flags: Flags,
  folders: readonly RunFolder[],
): string {
  const [result] = results
  if (!result) throw new Error('no result')
  switch (dialect) {
    case 'html':
      return results.length > 1
        ? renderClassPage(
            results.map((one) => entryOf(one, flags, folders)),
            flags.lang,
          )
        : renderHtml(result, seenOf(result, folders))
    case 'md':
      return renderMarkdown(result)
    case 'json':
      return renderJson(result)
    case 'junit':
      return renderJunit(result)
    case 'reporter':
      return renderReporter(result)
    case 'csv':
      return renderCsv(results, flags.language)
    case 'moodle-csv': {
      guardAlike(results)
      const user = wordOf('user', flags.user, [...moodleUsers])
      return renderMoodleCsv(results, flags.language, user ?? 'username')
    }
  }
}

/** A row of the class page, with the way from it to the student's own, newest page. */
function entryOf(result: Result, { out }: Flags, folders: readonly RunFolder[]): Entry {
  const own = folders.filter((folder) => studentOf(folder) === result.student)
  const last = own.findLast((folder) => folder.result)
  const from = resolve(out === undefined ? '.' : dirname(out))
  const page = last && join(last.dir, 'report.html')
  const path = page && existsSync(page) ? relative(from, page).replaceAll('\\', '/') : ''
  return { result, path, misses: own.flatMap(({ run }) => missesIn(run?.evidence ?? [])) }
}

async function put(text: string, { out }: Flags): Promise<void> {
  if (out === undefined) process.stdout.write(text)
  else await writeOut(out, text)
}

async function putFiles(out: string, files: File[]): Promise<void> {
  try {
    await mkdir(out, { recursive: true })
    for (const { name, content } of files) await writeFile(join(out, name), content)
  } catch (error) {
    throw notWritten(out, error)
  }
}

/** The run that an item is of: the one that it names, else the only one. */
const runOf = (item: ItemResult, folders: readonly RunFolder[]) =>
  folders.find(({ run }) => run && (item.run === undefined || item.run.id === run.id))?.run

/** What a page shows beside the result, each item's out of its own run. */
function seenOf(result: Result, folders: readonly RunFolder[]): More {
  const more: Required<Pick<More, 'pictures' | 'sources'>> & More = { pictures: {}, sources: {} }
  const runs = new Map<RunEvidence, ReturnType<typeof seenIn>>()
  for (const item of result.items) {
    const run = runOf(item, folders)
    if (!run) continue
    const seen = runs.get(run) ?? seenIn(run.evidence)
    runs.set(run, seen)
    const { [item.id]: picture } = seen.pictures
    const { [item.id]: source } = seen.sources
    if (picture) more.pictures[item.id] = picture
    if (source) more.sources[item.id] = source
    if (item.id === '02.2' && seen.page) more.page = seen.page
  }
  return more
}

/** With a folder the files of allure-results; without, the same files as one JSON list. */
async function allure(
  result: Result,
  { out }: Flags,
  folders: readonly RunFolder[],
): Promise<number> {
  const evidence = result.items.flatMap((item) =>
    (runOf(item, folders)?.evidence ?? []).filter((one) => 'item' in one && one.item === item.id),
  )
  const files = [
    ...renderAllure(result, evidence),
    { name: 'categories.json', content: renderCategories(result.language ?? 'en') },
  ]
  if (out === undefined) process.stdout.write(safeJson(files))
  else await putFiles(out, files)
  return exit.passed
}

async function classroom50(result: Result, { out, language }: Flags): Promise<number> {
  const absent = absentIn(process.env)
  if (absent.length > 0)
    throw new Usage(
      msg('{dialect} runs in its own job: {names} must be set in the environment.', {
        dialect: 'classroom50',
        names: absent,
      }),
    )
  const files = renderClassroom50(result, process.env)
  if (!files) {
    const text = msg('There is no grade yet, because something is inconclusive: the earlier stays.')
    process.stderr.write(oneLine(`grade: ${inLanguage(text, language)}`))
    return result.exitCode === exit.own ? exit.own : exit.inconclusive
  }
  if (out === undefined) process.stdout.write(files['result.json'])
  else
    await putFiles(
      out,
      Object.entries(files).map(([name, content]) => ({ name, content })),
    )
  return exit.passed
}

/** Marks of unlike sums are no grades of one gradebook: a scale makes them alike. */
function guardAlike(results: Result[]): void {
  const [first] = results
  const other = results.find(
    ({ score }) =>
      score.asked.join() !== first?.score.asked.join() ||
      (!score.scaled && score.max !== first?.score.max),
  )
  if (!first || !other) return
  throw new Usage(
    msg(
      'The marks of {first} and {other} are not of the same items: merge the runs of each, or give {flag}.',
      { first: first.student, other: other.student, flag: '--scale' },
    ),
  )
}

async function worksheet(results: Result[], flags: Flags): Promise<number> {
  const { worksheet: path, dryRun, language } = flags
  if (path === undefined)
    throw new Usage(
      msg('{dialect} needs {flag}: the file that you downloaded from the assignment.', {
        dialect: 'moodle-worksheet',
        flag: '--worksheet FILE',
      }),
    )
  guardAlike(results.filter((result) => stateOf(result) === 'graded'))
  const merged = mergedInto(path, results)
  for (const text of merged.unmatched)
    process.stderr.write(oneLine(`grade: ${inLanguage(text, language)}`))
  if (!dryRun) await put(merged.text, flags)
  else
    for (const { line, before, after } of merged.changes)
      process.stdout.write(`@@ ${path}:${line}\n${oneLine(`-${before}`)}${oneLine(`+${after}`)}`)
  return exit.passed
}

function mergedInto(path: string, results: Result[]): Merged {
  const cannot = (why: string) =>
    new Usage(msg('{path} cannot be read ({code}).', { path, code: why }))
  let text: string
  try {
    // ignoreBOM keeps the mark in the text: it is one of the bytes that stay.
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    text = utf8.decode(readFileSync(path))
  } catch (error) {
    throw cannot((error as { code?: string }).code ?? 'UTF-8')
  }
  try {
    return mergeWorksheet(text, results)
  } catch (error) {
    if (error instanceof Error) throw cannot('CSV')
    throw new Usage(error as Message)
  }
}
