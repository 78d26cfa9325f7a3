import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { openLedger } from '../helpers/class/ledger.ts'
import { changesOf, type Runs, rescore } from '../helpers/class/rescore/rescore.ts'
import { keepOld, writeAgain } from '../helpers/class/rescore/rescore-write.ts'
import type { Row } from '../helpers/class/row.ts'
import { rowOf } from '../helpers/class/student.ts'
import type { Language } from '../helpers/language/message.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { writeClass } from './class/pages.ts'
import type { TeacherFlags } from './teacher-files.ts'

/** Runs that belong together: those of a class, or such as were named. */
export interface Place {
  runs: Runs[]
  /** Its folder, and who stands on its page: also whoever was never graded. */
  class?: { out: string; students: string[] }
}

/** Writes what today's rules make of the runs; gives the folders in which something was written. */
export async function writeRescored(
  places: readonly Place[],
  flags: TeacherFlags,
  language: Language | undefined,
): Promise<string[]> {
  const day = new Date(wallClock().now()).toISOString().slice(0, 10)
  const written: string[] = []
  for (const { runs, class: of } of places) {
    // Nobody grades in a class while it is written.
    const ledger = of && (await openLedger(of.out))
    try {
      for (const one of runs) written.push(...(await writeOne(one, day)))
      if (!of || !ledger) continue
      const rows: Row[] = []
      for (const student of of.students) {
        const own = runs.find((one) => one.student === student)
        rows.push(
          await rowOf({ out: of.out, ledger, language: wordsOf(own, language) }, student, []),
        )
      }
      const page = language ?? rows.find(({ result }) => result)?.result?.language ?? 'en'
      await writeClass({ out: of.out, language: page }, rows, flags)
      written.push(of.out)
    } finally {
      ledger?.close()
    }
  }
  return written.map((dir) => relative(process.cwd(), dir).replaceAll('\\', '/') || '.')
}

/** What cannot be judged again stays as it is, all of that student's. */
async function writeOne(runs: Runs, day: string): Promise<string[]> {
  const { dirs, merged } = runs
  const before = rescore(runs, undefined)
  if ('trouble' in before) return []
  const written: string[] = []
  for (const dir of dirs) if (await writeAgain(dir, day)) written.push(dir)
  const told = merged !== undefined && existsSync(join(merged, 'result.json'))
  if (told && changesOf(before.was, before.is).length > 0) await keepOld(merged, day)
  return written
}

/** In which language a student's reports are; those of several runs together are made anew. */
function wordsOf(runs: Runs | undefined, asked: Language | undefined): Language {
  const told = runs && rescore(runs, asked)
  return (told && 'is' in told && told.is.language) || asked || 'en'
}
