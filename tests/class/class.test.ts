import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createHere } from '../../helpers/class/here.ts'
import { inLanguage, said } from '../../helpers/language/message.ts'
import { type Entry, signsOf } from '../gallery/entry.ts'
import { handIn } from '../gallery/grade-entry.ts'
import { inTheLast } from '../gallery/wrong-apache.ts'
import { reference, tempFolder } from '../harness.ts'
import { type ClassDocument, gradeClass, handInFolders, ledgerOf, startClass } from './class.ts'

const program = fileURLToPath(new URL('../../bin/class/worker.ts', import.meta.url))

const nameOf = ({ name }: Entry) => name.replaceAll(' ', '-')
const entries = inTheLast.slice(0, 5)
/** The four signs of 03 alone. */
const last = (verdicts: string) => verdicts.split(' ').at(-1)

test('a class on the lab: each as the gallery says, whatever the others handed in; again, only what changed', async () => {
  using folder = tempFolder()
  const { path } = folder
  const rows = entries.map((entry) => `${nameOf(entry)},submissions/${nameOf(entry)},`)
  for (const entry of entries) {
    const dir = join(path, 'submissions', nameOf(entry))
    mkdirSync(dir, { recursive: true })
    await handIn(entry, dir)
  }
  writeFileSync(join(path, 'broken.zip'), 'no archive')
  rows.push('nobody,,', 'broken,broken.zip,')
  handInFolders(path, { sly: reference })
  writeFileSync(join(path, 'submissions', 'sly', 'cluster.yaml'), 'server: 127.0.0.1\n')
  rows.push('sly,submissions/sly,submissions/sly/cluster.yaml')
  writeFileSync(join(path, 'roster.csv'), ['student,submission,cluster', ...rows, ''].join('\n'))
  const args = ['roster.csv', '--items', '03']

  const first = await gradeClass(path, [...args, '--seed', '2'])
  const seen = first.document.students.map((one) => [
    one.student,
    last(signsOf(one.verdicts ?? {})),
  ])
  expect(seen).toEqual([
    ...entries.map((entry) => [nameOf(entry), last(entry.verdicts)]),
    ['nobody', '-BBB'],
    ['broken', '????'],
    ['sly', '????'],
  ])
  const notesOf = (student: string) =>
    first.document.students.find((one) => one.student === student)?.notes.join() ?? ''
  expect(notesOf('broken')).toContain('broken.zip')
  expect(notesOf('sly')).toContain('is in the folder that is graded')
  // Inconclusive beats a lost mark.
  expect(first.exitCode).toBe(2)

  handInFolders(path, { [nameOf(entries[0] as Entry)]: reference })
  const again = await gradeClass(path, args)
  for (const [i, before] of first.document.students.entries()) {
    const after = again.document.students[i]
    if (i > 0) expect(after).toEqual(before)
    else {
      expect(last(signsOf(after?.verdicts ?? {}))).toBe('....')
      expect(after?.notes).toContain('It was handed in anew: graded from the beginning.')
      expect(after?.runs).not.toEqual(before.runs)
    }
  }
}, 120_000)

test('kill -9, then the same command, one of its workers killed too: all are graded, none twice', async () => {
  using folder = tempFolder()
  const { path } = folder
  handInFolders(path, { anna: reference, bernat: reference, carla: reference })
  const args = ['submissions', '--items', '01.1', '--at-once', '1', '--seed', '1']
  const begun = () => ledgerOf(path).filter(({ what }) => what === 'began').length
  const whenBegun = async (n: number) => {
    for (let i = 0; i < 1500 && begun() < n; i++) await sleep(20)
  }
  const killed = startClass(path, args)
  await whenBegun(2)
  process.kill(-killed.pid, 'SIGKILL')
  await killed.ended

  const again = startClass(path, [...args, '--json'])
  await whenBegun(3)
  const [worker = 0] = childrenOf(again.pid)
  process.kill(worker, 'SIGKILL')
  const { stdout, exitCode } = await again.ended
  const { students } = JSON.parse(stdout) as ClassDocument
  expect(students.map((one) => one.points)).toEqual([1, 1, 1])
  // Who was done has one run; two were cut, one with the command and one with the worker.
  expect(students.reduce((sum, one) => sum + one.runs.length, 0)).toBe(5)
  expect(exitCode).toBe(0)
}, 120_000)

test('a run that takes too long is stopped, then its process is killed; the student may be tried again', async () => {
  using folder = tempFolder()
  const { path: out } = folder
  const slot = { cluster: 'lab', machine: 'lab', own: false, worker: 0, where: said('lab') }
  const engine = createHere({
    ...{ slots: [slot], program, out, language: 'en' },
    configOf: () => ({ cluster: 'lab', submission: reference }),
    boundsOf: () => ({ longestMs: 50, restoreMs: 50, restMs: 0 }),
  })
  const dirs: string[] = []
  const hears = {
    ...{ began: (dir: string) => void dirs.push(dir), say: () => {}, waiting: () => {} },
    settled: () => {},
  }
  const task = { student: 'anna', dir: reference, asked: ['01.1'] }
  const ended = await engine.grade(task, hears, new AbortController().signal)
  expect(ended).toMatchObject({ kind: 'parked', dirs })
  expect(ended.kind === 'parked' && inLanguage(ended.why, 'en')).toContain('and was stopped.')
  await engine.close()
})

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', `${pid}`], { encoding: 'utf8' })
  return stdout.split('\n').filter(Boolean).map(Number)
}
