import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clusterFile } from './cluster-file.ts'
import { configOf, type RunFlags } from './config.ts'
import { Usage } from './exit.ts'
import { mustBeFile, writeOut } from './flags.ts'

/** What newcomers give a flag: a sentence that says what is wrong with it, and that it is theirs. */
const folder = mkdtempSync(join(tmpdir(), 'flags-test-'))
beforeAll(() => {
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'dir'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const usual: RunFlags = { out: 'reports', maxWait: '15', deadline: '120' }
const wrongRuns: [student: string | undefined, flags: Partial<RunFlags>, says: RegExp][] = [
  ['', {}, /There is no folder submissions\/:/],
  ['.', {}, /There is no folder submissions\/\.:/],
  // A folder that only begins as the one of the submissions does.
  ['../submissions-of-last-year', {}, /There is no folder submissions\/\.\./],
  [undefined, { submission: '' }, /^--submission is a folder, and here it is empty\.$/],
  [undefined, { cluster: '' }, /^--cluster is lab, local or a cluster file, and here is empty\.$/],
  [undefined, { clients: '2.5' }, /^--clients is a whole number from 1 to 100, not "2\.5"\.$/],
  [undefined, { seed: '1.5' }, /^--seed is a whole number from 0 to \d+, not "1\.5"\.$/],
  [undefined, { speed: '' }, /^--speed is a number from 0\.1 to \d+, not ""\.$/],
  [undefined, { stop: 'softly' }, /^--stop is orderly or cut, not "softly"\.$/],
  [undefined, { lang: 'de' }, /^--lang is en, ca or es, not "de"\.$/],
]

for (const [student, flags, says] of wrongRuns) {
  test(`grade ${student ?? ''} ${JSON.stringify(flags)} is told as theirs`, () => {
    const read = () => configOf(student, { ...usual, ...flags }, {}, false)
    expect(read).toThrow(Usage)
    expect(read).toThrow(says)
  })
}

test('a cluster file that is none: each kind has its sentence', async () => {
  const told = (named: string) =>
    clusterFile(named).catch((error) => `${error.name} ${error.message}`)
  expect(await told(join(folder, 'none.yaml'))).toMatch(
    /^Usage There is no cluster file .*grade init/,
  )
  expect(await told(join(folder, 'dir'))).toMatch(/^Usage .*dir is a folder, not a cluster file\./)
  expect(await told('lab')).toMatch(/^Usage --cluster lab is made for one run .*grade lab --out/)
})

test('--out: a folder is refused, a missing folder is made, what cannot be written is said', async () => {
  expect(() => mustBeFile(join(folder, 'dir'))).toThrow(/dir" is a folder\.$/)
  expect(() => mustBeFile('')).toThrow(/is no name/)
  const deep = join(folder, 'clusters', 'anna.yaml')
  mustBeFile(deep)
  await writeOut(deep, 'server: box-1\n')
  expect(readFileSync(deep, 'utf8')).toBe('server: box-1\n')
  await expect(writeOut(join(folder, 'file', 'x.yaml'), '')).rejects.toThrow(
    /^Nothing can be written to .*x\.yaml \(EEXIST\): .*give another --out\.$/,
  )
})
