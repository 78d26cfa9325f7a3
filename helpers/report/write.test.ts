import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hostileResult, hostileTexts, sampleResult } from '../../tests/golden/sample.ts'
import { resultSchema } from '../grade/result.ts'
import { folderName, pointLatest, runFolder } from './folder.ts'
import { renderJson } from './json.ts'
import { writeReports } from './write.ts'

const at = new Date('2026-11-24T23:59:01.500Z')
let out: string

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'reports-'))
})
afterEach(() => rm(out, { recursive: true, force: true }))

test('a run has a folder by student and time, and never one that is taken', async () => {
  const dir = await runFolder(out, 'anna', at)
  expect(dir).toBe(join(out, 'anna', '2026-11-24T23-59-01Z'))
  expect(await runFolder(out, 'anna', at)).toBe(`${dir}-2`)
  expect(await runFolder(out, 'anna', at)).toBe(`${dir}-3`)
})

test('ordinary names stay', () => {
  for (const name of ['anna', 'Núria l·l', "Garcia, Anna d'Arc", 'نورة', '👩‍🚀', 'a@b.cat']) {
    expect(folderName(name)).toBe(name)
  }
})

test('any name is one folder that every file system takes', () => {
  const names = [
    ...hostileTexts,
    '',
    '.',
    '..',
    'nul.txt',
    'a/b',
    'a:b',
    'a ',
    'a.',
    '~',
    'é'.repeat(200),
  ]
  const folders = names.map(folderName)
  for (const folder of folders) {
    expect(folder).not.toMatch(/[<>:"/\\|?*\p{Cc}]|^[. -]|[. ]$|^(con|nul)(\.|$)/iu)
    expect(folder).not.toBe('')
    expect(Buffer.byteLength(folder)).toBeLessThan(140)
  }
  expect(new Set(folders).size).toBe(names.length)
})

test('all reports are written, and result.json reads back as it was', async () => {
  const dir = await runFolder(out, 'anna', at)
  const written = await writeReports(sampleResult(), dir)
  expect(written.faults).toEqual([])
  expect((await readdir(dir)).sort()).toEqual([
    'allure-results',
    'junit.xml',
    'report.html',
    'report.md',
    'result.json',
  ])
  const text = await readFile(join(dir, 'result.json'), 'utf8')
  expect(resultSchema.parse(JSON.parse(text))).toEqual(sampleResult())
  expect(await readdir(join(dir, 'allure-results'))).toHaveLength(14)
})

test('a report that cannot be written loses its own file only, and says so', async () => {
  const dir = await runFolder(out, 'anna', at)
  await mkdir(join(dir, 'report.html'))
  const { files, faults } = await writeReports(sampleResult(), dir)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(/^The report report\.html was not written: /)
  expect(files).toEqual(expect.arrayContaining(['result.json', 'report.md', 'junit.xml']))
})

test('result.json carries any text whole and commands nothing', () => {
  for (const text of hostileTexts) {
    const result = hostileResult(text)
    const json = renderJson(result)
    expect(json).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]|##\[|^\s*::/mu)
    expect(JSON.parse(json)).toEqual(result)
  }
})

test('latest leads to the newest run, by a relative link', async () => {
  for (const student of ['anna', '../../x']) {
    await pointLatest(out, student, await runFolder(out, student, at))
    const second = await runFolder(out, student, at)
    const latest = await pointLatest(out, student, second)
    expect(await readlink(latest)).toBe(basename(second))
    expect((await readdir(join(out, folderName(student)))).sort()).toEqual([
      '2026-11-24T23-59-01Z',
      '2026-11-24T23-59-01Z-2',
      'latest',
    ])
  }
})

test('a folder called latest is left alone: latest.txt names the run', async () => {
  const dir = await runFolder(out, 'anna', at)
  await mkdir(join(out, 'anna', 'latest'))
  await writeFile(join(out, 'anna', 'latest', 'kept'), '')
  const pointer = await pointLatest(out, 'anna', dir)
  expect(basename(pointer)).toBe('latest.txt')
  expect(await readFile(pointer, 'utf8')).toBe('2026-11-24T23-59-01Z\n')
  expect(await readdir(join(out, 'anna', 'latest'))).toEqual(['kept'])
})
