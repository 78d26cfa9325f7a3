/**
 * node tests/kill/class.ts [--times 100] [--seed 1] [--students 20] [--clusters lab|FILE]
 *
 * Grades a class made of the gallery, kills the command with SIGKILL, its workers and all, at moments
 * drawn by chance, and gives it again, until it ends by itself; then another class, until so many were
 * killed. Nothing that was settled may be lost, graded again or changed, and each class must end with
 * the gallery's table. Exit 1 where that fails.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readLedger } from '../../helpers/class/ledger.ts'
import { openItems, resultOfRuns } from '../../helpers/class/results.ts'
import { readEvidence } from '../../helpers/evidence-file.ts'
import { randomStream } from '../../lab/random.ts'
import { rubric } from '../../suites/rubric.ts'
import { type ClassDocument, ledgerOf, startClass } from '../class/class.ts'
import { type Entry, signsOf } from '../gallery/entry.ts'
import { handIn } from '../gallery/grade-entry.ts'
import { gallery } from '../gallery/tables.ts'
import { tempFolder } from '../harness.ts'

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    students: { type: 'string', default: '20' },
    clusters: { type: 'string', default: 'lab' },
  },
})
const ids = Object.keys(rubric.items).sort()
const random = randomStream(Number(values.seed), 'class kills')
const clusters = values.clusters === 'lab' ? 'lab' : resolve(values.clusters)
/** So many steps of students and items, and then so many wall ms: whatever the machine's speed. */
const latest = { steps: 14, ms: 1500 }

const plain = gallery.filter(({ lab, maxWaitMs }) => !lab && !maxWaitMs)
const trouble: string[] = []
function bad(what: string): void {
  trouble.push(what)
  console.log(`BAD ${what}`)
}
let killed = 0
let classes = 0
while (killed < Number(values.times)) {
  using folder = tempFolder()
  await gradeKilled(folder.path)
  classes++
}
console.log(`${killed} killed in ${classes} classes, ${trouble.length} lost, repeated or changed`)
process.exitCode = trouble.length === 0 ? 0 : 1

/** Item → verdict, of what is settled, for each student. */
type Settled = Map<string, Map<string, string>>

async function gradeKilled(cwd: string): Promise<void> {
  const entries = await makeClass(cwd)
  let before: Settled = new Map()
  for (;;) {
    const args = ['roster.csv', '--clusters', clusters, '--seed', '2', '--json']
    const running = startClass(cwd, args)
    const moment = { steps: Math.floor(random() * latest.steps), ms: random() * latest.ms }
    const came = comes(cwd, moment, running)
    const done = await Promise.race([running.ended, came])
    if (done) {
      if (done.stdout === '') throw new Error(done.stderr)
      const now = settled(cwd)
      compare(before, now)
      return finish(cwd, JSON.parse(done.stdout), entries)
    }
    process.kill(-running.pid, 'SIGKILL')
    await running.ended
    killed++
    const now = settled(cwd)
    compare(before, now)
    before = now
    const items = [...now.values()].reduce((sum, one) => sum + one.size, 0)
    const when = `after ${moment.steps} steps and ${Math.round(moment.ms)} ms`
    console.log(`${String(killed).padStart(4)} killed ${when}, ${items} items settled`)
  }
}

/** Resolves when the moment has come. */
async function comes(
  cwd: string,
  { steps, ms }: { steps: number; ms: number },
  { ended }: ReturnType<typeof startClass>,
): Promise<undefined> {
  // Of an item's evidence the last line is its end.
  const count = () =>
    ledgerOf(cwd).reduce((sum, { what, dir }) => {
      if (what === 'ended') return sum + 1
      return what === 'began' ? sum + 1 + endsIn(join(cwd, 'reports', `${dir}`)) : sum
    }, 0)
  const before = count()
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!over && count() < before + steps) await sleep(150)
  await sleep(ms)
}

function endsIn(dir: string): number {
  const path = join(dir, 'evidence.ndjson')
  return existsSync(path) ? readFileSync(path, 'utf8').split('"kind":"end"').length - 1 : 0
}

async function makeClass(cwd: string): Promise<Map<string, Entry>> {
  const many = Number(values.students)
  const start = Math.floor(random() * plain.length)
  const entries = new Map<string, Entry>()
  for (let i = 0; i < many; i++) {
    const entry = plain[(start + i * 7) % plain.length] as Entry
    const student = `student ${String(i + 1).padStart(2, '0')}`
    const dir = join(cwd, 'submissions', student)
    mkdirSync(dir, { recursive: true })
    await handIn(entry, dir)
    entries.set(student, entry)
  }
  const rows = [...entries.keys()].map((name) => `${name},submissions/${name}`)
  writeFileSync(join(cwd, 'roster.csv'), ['student,submission', ...rows, ''].join('\n'))
  return entries
}

function settled(cwd: string): Settled {
  const out = join(cwd, 'reports')
  const { students } = readLedger(join(out, 'class.ndjson'))
  return new Map(
    [...students].map(([student, { runs }]) => {
      const dirs = runs.map((dir) => join(out, dir))
      const items = resultOfRuns(dirs, 'en')?.items ?? []
      const known = items.filter(({ verdict }) => verdict !== 'inconclusive')
      return [student, new Map(known.map(({ id, verdict }) => [id, verdict]))]
    }),
  )
}

function compare(before: Settled, now: Settled): void {
  for (const [student, items] of before)
    for (const [id, verdict] of items) {
      const is = now.get(student)?.get(id)
      if (is !== verdict) bad(`${student} ${id}: ${verdict}, then ${is ?? 'lost'}`)
    }
}

/** The table, and that no run was asked for what an earlier one had settled. */
function finish(cwd: string, document: ClassDocument, entries: Map<string, Entry>): void {
  if (document.students.length !== entries.size)
    bad(`${document.students.length} of ${entries.size} students`)
  for (const { student, verdicts = {}, runs } of document.students) {
    const wanted = entries.get(student)?.verdicts
    const seen = Object.keys(verdicts).length === ids.length ? signsOf(verdicts) : 'not all items'
    if (seen !== wanted) bad(`${student}: wanted ${wanted}, seen ${seen}`)
    const dirs = runs.map((dir) => join(cwd, 'reports', dir))
    for (const [i, dir] of dirs.entries()) {
      const asked = askedIn(dir)
      const open = openItems(resultOfRuns(dirs.slice(0, i), 'en'), ids)
      const twice = asked.filter((id) => !open.includes(id))
      if (twice.length > 0) bad(`${student}: ${twice.join()} graded twice`)
    }
  }
}

function askedIn(dir: string): string[] {
  try {
    const run = readEvidence(join(dir, 'evidence.ndjson')).find(({ kind }) => kind === 'run')
    return run?.kind === 'run' ? run.asked : []
  } catch (error) {
    // Killed before its first record.
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}
