import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { unpack } from '../../helpers/class/hand-in/archive.ts'
import { sinkTo } from '../../helpers/class/hand-in/archive-sink.ts'
import { tarOf, zipOf } from '../../helpers/class/hand-in/testing-archives.ts'
import { readRoster } from '../../helpers/class/roster/roster.ts'
import { timeOf } from '../../helpers/class/roster/roster-times.ts'
import { Fault } from '../../helpers/time/fault.ts'
import { oddBytes, oddText } from './odd.ts'
import { runs } from './runs.ts'

const folder = mkdtempSync(join(tmpdir(), 'properties-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What it gives, or undefined for a Fault whose sentence is one; anything else fails. */
async function orFault<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    expect(error, String((error as Error).stack)).toBeInstanceOf(Fault)
    expect((error as Fault).message).toMatch(/^\S.*[.?…]$/s)
    return undefined
  }
}

const rosters = [
  'student,submission,commit,deadline,cluster\nanna,submissions/anna,,2026-11-24 23:59,\n"Pi, Biel",,,,\n',
  '\ufeffIdentificador;Nom complet;Darrera modificació (tramesa)\r\nParticipant 7;Núria;"dimarts, 24 de novembre 2026, 23:59"\r\n',
  '"identifier","github_username","github_id","name"\n"Anna","ana","1",""\n',
]

test('a roster of any bytes is students with names of their own, or a sentence', async () => {
  const path = join(folder, 'class.csv')
  await mkdir(join(folder, 'submissions', 'anna'), { recursive: true })
  let read = 0
  await fc.assert(
    fc.asyncProperty(oddBytes(rosters.map((text) => Buffer.from(text))), async (bytes) => {
      await writeFile(path, bytes)
      const roster = await orFault(() => readRoster(path))
      if (!roster) return
      read++
      const names = roster.students.map(({ student }) => student.toLowerCase())
      expect(new Set(names).size).toBe(names.length)
      for (const { student, line, deadline } of roster.students) {
        expect(student.trim()).not.toBe('')
        expect(line).toBeGreaterThan(0)
        if (deadline) expect(new Date(deadline).toISOString()).toBe(deadline)
      }
    }),
    runs(80),
  )
  expect(read).toBeGreaterThan(5)
})

test('a time of any text is a time or none', () => {
  const times = ['2026-11-24T23:59+01:00', 'dimarts, 24 de novembre 2026, 23:59', '24/11/2026']
  fc.assert(
    fc.property(oddText(times), (text) => {
      const at = timeOf(text)?.at.getTime()
      expect(at === undefined || Number.isFinite(at)).toBe(true)
    }),
    runs(150),
  )
})

const entries = [
  { name: 'work/', mode: 0o040755, type: '5' },
  { name: 'work/nginx.nomad', data: 'job "nginx" {}\n'.repeat(50) },
  { name: 'link', mode: 0o100644, data: '../../../outside' },
]
const archives = [zipOf(entries), tarOf(entries), gzipSync(tarOf(entries))]

test('an archive of any bytes writes below its folder, or is refused in a sentence', async () => {
  let unpacked = 0
  let n = 0
  await fc.assert(
    fc.asyncProperty(oddBytes(archives), async (bytes) => {
      const home = join(folder, `${n++}`)
      await mkdir(join(home, 'into'), { recursive: true })
      await writeFile(join(home, 'archive'), bytes)
      const sink = sinkTo(join(home, 'into'), { files: 100, bytes: 2 ** 20 })
      const done = await orFault(async () => {
        await unpack(join(home, 'archive'), sink)
        return true
      })
      if (done) unpacked++
      expect((await readdir(home)).sort()).toEqual(['archive', 'into'])
      const all = await readdir(join(home, 'into'), { recursive: true, withFileTypes: true })
      for (const entry of all) expect(entry.isFile() || entry.isDirectory()).toBe(true)
    }),
    runs(100),
  )
  expect(unpacked).toBeGreaterThan(0)
})
