/**
 * `grade check` never contradicts `grade run`: every submission of the gallery, its files alone and
 * what the lab makes of them, against the table of what a run grades.
 *
 *   node tests/check/gallery.ts [words of a name]     SHOW=1 prints what a student reads
 *
 * Exit 1 where they differ. "Lost" on paper must be lost in a run; nothing found is no promise.
 */
import { checkFolder } from '../../bin/check.ts'
import { renderCheck } from '../../helpers/check/screen.ts'
import { type Entry, titleOf } from '../gallery/entry.ts'
import { handIn } from '../gallery/grade-entry.ts'
import { gallery } from '../gallery/tables.ts'
import { tempFolder } from '../harness.ts'
import { differences, type Took } from './compare.ts'

const [words = ''] = process.argv.slice(2)
const slow: string[] = []
let wrong = 0
let onPaper = 0
let longest: Took = { paperMs: 0, labMs: 0, cpuMs: 0 }

/** On a busy machine the wall says little. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function checkEntry(entry: Entry): Promise<void> {
  using folder = tempFolder()
  await handIn(entry, folder.path)
  const { lab, maxWaitMs } = entry
  const options = {
    language: 'en',
    ...(lab && { labOptions: lab }),
    ...(maxWaitMs && { maxWaitMs }),
  }
  const start = performance.now()
  const paper = await checkFolder(folder.path, { ...options, lab: false })
  const half = performance.now()
  const cpuBefore = cpuMs()
  const both = await checkFolder(folder.path, { ...options, lab: true })
  const took = {
    paperMs: half - start,
    labMs: performance.now() - half,
    cpuMs: cpuMs() - cpuBefore,
  }
  if (process.env.SHOW) {
    const look = { color: false, columns: 100, rewrites: false }
    process.stdout.write(`\n=== ${titleOf(entry)}\n${renderCheck(paper, look)}---\n`)
    process.stdout.write(renderCheck(both, look))
  }
  onPaper += paper.items.filter(({ outcome }) => outcome === 'lost').length
  for (const one of differences(entry, paper, both)) {
    wrong++
    process.stdout.write(`${titleOf(entry)}: ${one}\n`)
  }
  if (took.labMs > 2000)
    slow.push(`${titleOf(entry)}: ${Math.round(took.labMs)} ms, ${Math.round(took.cpuMs)} of CPU`)
  longest = {
    paperMs: Math.max(longest.paperMs, took.paperMs),
    labMs: Math.max(longest.labMs, took.labMs),
    cpuMs: Math.max(longest.cpuMs, took.cpuMs),
  }
}

const chosen = gallery.filter((entry) => titleOf(entry).includes(words))
for (const entry of chosen) await checkEntry(entry)
const [paper, lab, cpu] = [longest.paperMs, longest.labMs, longest.cpuMs].map(Math.round)
process.stdout.write(
  `${chosen.length} submissions, ${wrong} contradictions; ${onPaper} items lost on paper alone; ` +
    `longest: files ${paper} ms, with the lab ${lab} ms (${cpu} ms of CPU)\n`,
)
for (const one of slow) process.stdout.write(`over two seconds: ${one}\n`)
process.exitCode = wrong > 0 ? 1 : 0
