import { join, relative } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { entryOf, type Word } from '../../helpers/class/afterwards.ts'
import type { Row } from '../../helpers/class/row.ts'
import type { Result } from '../../helpers/grade/result.ts'
import { type Message, msg } from '../../helpers/language/message.ts'
import { renderItemsCsv } from '../../helpers/report/class-items-csv.ts'
import { renderClassPage } from '../../helpers/report/class-page.ts'
import { renderCsv } from '../../helpers/report/csv.ts'
import { Fault, told } from '../../helpers/time/fault.ts'
import { Usage } from '../exit.ts'
import { overridesOf, scaleOf, type TeacherFlags } from '../teacher-files.ts'
import type { ClassConfig } from './config.ts'

/**
 * What the teacher says of these results, as for `grade report`: flags, or files in the folder we are
 * in. Throws Usage.
 */
export async function wordFor(results: readonly Result[], flags: TeacherFlags = {}): Promise<Word> {
  const dirs = results.map(({ submission }) => submission.dir)
  try {
    return { overrides: await overridesOf(flags, dirs), scale: await scaleOf(flags, dirs) }
  } catch (error) {
    // What these files say wrong is the teacher's to mend.
    throw error instanceof Fault ? new Usage(told(error)) : error
  }
}

/** Writes the class's page and, where nothing was simulated, its tables; says where they are. */
export async function writeClass(
  { out, language }: Pick<ClassConfig, 'out' | 'language'>,
  rows: readonly Row[],
  flags: TeacherFlags = {},
): Promise<Message[]> {
  const word = await wordFor(
    rows.flatMap(({ result }) => result ?? []),
    flags,
  )
  const entries = rows.map((row) => entryOf(row, out, word))
  const graded = entries.flatMap(({ result }) => result ?? [])
  if (graded.length === 0) return []
  const page = join(out, 'class.html')
  await writeFileAtomic(page, renderClassPage(entries, language))
  const said = [msg('Class: {path}', { path: shown(page) })]
  // What a lab found is no grade.
  if (graded.some(({ cluster }) => cluster.simulated)) return said
  const table = join(out, 'class.csv')
  await writeFileAtomic(table, renderCsv(graded, language))
  const items = join(out, 'class-items.csv')
  await writeFileAtomic(items, renderItemsCsv(graded, language))
  return [...said, ...[table, items].map((path) => msg('Table: {path}', { path: shown(path) }))]
}

const shown = (path: string) => relative(process.cwd(), path).replaceAll('\\', '/')
