import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { seenIn } from '../../grade/seen.ts'
import type { More } from '../../report/html.ts'
import { writeReports } from '../../report/write.ts'
import { readRunFolder } from '../../run-folder.ts'
import { codeOf } from '../../time/fault.ts'
import { againOf, evidenceOf, saysTheSame } from './rescore.ts'

/** A folder beside the reports, until all of them are there. */
const aside = '.again'

/**
 * Writes a run's reports anew where today's rules say something else; the old result.json stays as
 * `result-<day>.json`. result.json is the last to change: whatever a kill cuts is done again. `day`:
 * 2026-11-25. False: nothing was to be written.
 */
export async function writeAgain(path: string, day: string): Promise<boolean> {
  const folder = readRunFolder(path)
  const { dir, result: was } = folder
  // A run that was killed, or goes on, told nothing that could change.
  if (!was) return false
  const run = evidenceOf(folder)
  const is = againOf(run, was.language)
  if (saysTheSame(was, is)) return false
  const from = join(dir, aside)
  await rm(from, { recursive: true, force: true })
  await writeReports(is, from, { ...seenIn(run.evidence), ...(await pictureIn(dir)) })
  await keepOld(dir, day)
  for (const name of (await readdir(from)).sort(resultLast)) {
    // A file is replaced whole; a folder with files in it cannot be.
    if (name === 'allure-results') await rm(join(dir, name), { recursive: true, force: true })
    await rename(join(from, name), join(dir, name))
  }
  await rm(from, { recursive: true })
  return true
}

const resultLast = (a: string, b: string) =>
  Number(a === 'result.json') - Number(b === 'result.json')

/** Copies result.json to a name that nothing has: `result-2026-11-25.json`, then `…-2.json`. */
export async function keepOld(dir: string, day: string): Promise<void> {
  const from = join(dir, 'result.json')
  const text = await readFile(from, 'utf8')
  for (let nth = 1; ; nth++) {
    const to = join(dir, nth === 1 ? `result-${day}.json` : `result-${day}-${nth}.json`)
    const there = await readFile(to, 'utf8').catch((error) => {
      if (codeOf(error) !== 'ENOENT') throw error
    })
    // Kept already, by one that was cut.
    if (there === text) return
    if (there !== undefined) continue
    await writeFileAtomic(to, text)
    return
  }
}

/** The browser's picture of 02.2 is in the report only: no cluster is asked for another. */
async function pictureIn(dir: string): Promise<Pick<More, 'screenshot'>> {
  const page = await readFile(join(dir, 'report.html'), 'utf8').catch(() => '')
  const png = /<img [^>]*src="data:image\/png;base64,([A-Za-z0-9+/=]+)"/.exec(page)?.[1]
  return png === undefined ? {} : { screenshot: { png } }
}
