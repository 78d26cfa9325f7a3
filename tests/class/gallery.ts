/**
 * node tests/class/gallery.ts [--every N] [--clusters local:2] [--images A.tar,B.tar]
 *                             [--entry TITLE…]
 *
 * Makes a class of the gallery's submissions (each Nth of those that need no lab of their own), one
 * student each, grades it with `grade class`, and compares each student's verdicts with the gallery's
 * table. Exit 1 where anything differs.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Entry, signsOf, slugOf, titleOf } from '../gallery/entry.ts'
import { handIn } from '../gallery/grade-entry.ts'
import { gallery } from '../gallery/tables.ts'
import { tempFolder } from '../harness.ts'
import { gradeClass } from './class.ts'

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    entry: { type: 'string', multiple: true, default: [] },
    clusters: { type: 'string', default: 'lab' },
    images: { type: 'string' },
  },
})

/** A lab of its own, a shorter wait, or an item that must come before it are no class's. */
const isPlain = ({ lab, maxWaitMs }: Entry) => lab === undefined && maxWaitMs === undefined
const chosen = gallery
  .filter(isPlain)
  .filter((entry, i) =>
    values.entry.length > 0
      ? values.entry.includes(titleOf(entry))
      : i % Number(values.every) === 0,
  )

using folder = tempFolder()
const submissions = join(folder.path, 'submissions')
const students = new Map<string, Entry>()
for (const [i, entry] of chosen.entries()) {
  const student = `${String(i + 1).padStart(3, '0')} ${slugOf(titleOf(entry))}`.slice(0, 80)
  const dir = join(submissions, student)
  mkdirSync(dir, { recursive: true })
  await handIn(entry, dir)
  students.set(student, entry)
}
const rows = [...students.keys()].map((name) => `"${name}","submissions/${name}"`)
writeFileSync(join(folder.path, 'roster.csv'), ['student,submission', ...rows, ''].join('\n'))
const args = ['roster.csv', '--clusters', values.clusters, '--seed', '2']
if (values.images)
  args.push(
    '--images',
    values.images
      .split(',')
      .map((path) => resolve(path))
      .join(),
  )
const began = performance.now()
const { document, stderr } = await gradeClass(folder.path, args)
const seconds = Math.round((performance.now() - began) / 1000)
let wrong = 0
for (const row of document.students) {
  const wanted = students.get(row.student)?.verdicts
  const seen = row.verdicts ? signsOf(row.verdicts) : 'no result'
  if (seen === wanted) continue
  wrong++
  console.log(`BAD ${row.student}: wanted ${wanted}, seen ${seen} ${row.notes.join(' ')}`)
}
if (document.students.length !== students.size) console.log(stderr)
const missing = students.size - document.students.length
console.log(
  `${students.size} students in ${seconds} s, ${wrong + missing} otherwise than the table`,
)
process.exitCode = wrong + missing === 0 ? 0 : 1
