import * as fs from 'node:fs'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import git from 'isomorphic-git'
import { expect, test } from 'vitest'
import { grade, lastState, notPassed, reference, tempFolder, verdictsOf } from './harness.ts'

/** What a student's folder may look like at the end, and what the report says of it. */
const originsOf = (result: Awaited<ReturnType<typeof grade>>) =>
  Object.fromEntries(result.submission.stages.map((s) => [s.id, s.origin]))

const job = (name: string) => readFileSync(join(reference, name), 'utf8')

test('only the last nginx.nomad and apache.nomad: earlier stages are derived, 10 of 10', async () => {
  const result = await grade(lastState)
  expect(notPassed(result)).toEqual([])
  expect(originsOf(result)).toEqual({
    '01.1': 'derived',
    '01.3': 'derived',
    '02.1': 'exact',
    '03.1': 'exact',
  })
})

test('one edited file with its git history: earlier stages come from there, 10 of 10', async () => {
  using folder = tempFolder()
  const dir = folder.path
  await git.init({ fs, dir })
  const author = { name: 'Anna', email: 'anna@example.org' }
  for (const stage of ['01.1-nginx.nomad', '01.3-nginx.nomad', '02.1-nginx.nomad']) {
    writeFileSync(join(dir, 'nginx.nomad'), job(stage))
    await git.add({ fs, dir, filepath: 'nginx.nomad' })
    await git.commit({ fs, dir, author, message: stage })
  }
  cpSync(join(lastState, 'apache.nomad'), join(dir, 'apache.nomad'))
  const result = await grade(dir)
  expect(notPassed(result)).toEqual([])
  expect(originsOf(result)).toEqual({
    '01.1': 'git',
    '01.3': 'git',
    '02.1': 'exact',
    '03.1': 'exact',
  })
})

test('nothing handed in for 03.1: missing there, blocked after it, and shown as such', async () => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  rmSync(join(folder.path, '03.1-apache.nomad'))
  const result = await grade(folder.path)
  expect(verdictsOf(result)).toEqual({
    '03.1': 'missing',
    '03.2': 'blocked',
    '03.3': 'blocked',
    '03.4': 'blocked',
  })
  expect(result.exitCode).toBe(1)
})

/** One mistake costs one item where the sheet allows (rubric, Builds on). */
const apaches: { name: string; edit: (text: string) => string; lost: Record<string, string> }[] = [
  {
    name: 'three apaches',
    edit: (t) => t.replace('count = 1', 'count = 3'),
    lost: { '03.1': 'failed' },
  },
  {
    name: 'an apache made of the nginx image',
    edit: (t) => t.replace('httpd:2.4.55', 'nginx:1.22.1'),
    lost: { '03.1': 'failed' },
  },
  {
    name: 'a service called httpd',
    edit: (t) =>
      t
        .replace('name     = "apache"', 'name     = "httpd"')
        .replace('name = "apache"', 'name = "httpd"'),
    lost: { '03.1': 'failed', '03.2': 'blocked', '03.3': 'blocked', '03.4': 'blocked' },
  },
]

for (const { name, edit, lost } of apaches) {
  test(`${name} loses ${Object.keys(lost).join(', ')}`, async () => {
    using folder = tempFolder()
    cpSync(reference, folder.path, { recursive: true })
    const edited = edit(job('03.1-apache.nomad'))
    expect(edited).not.toBe(job('03.1-apache.nomad'))
    writeFileSync(join(folder.path, '03.1-apache.nomad'), edited)
    expect(verdictsOf(await grade(folder.path))).toEqual(lost)
  })
}

test('a wrong 02.1 blocks what builds on it and nothing after', async () => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  writeFileSync(
    join(folder.path, '02.1-nginx.nomad'),
    job('02.1-nginx.nomad').replace(/static\s*= 80/, 'static = 8080'),
  )
  const result = await grade(folder.path)
  expect(verdictsOf(result)).toEqual({ '02.1': 'failed', '02.2': 'blocked', '02.3': 'blocked' })
  expect(result.items.find((i) => i.id === '02.1')?.sentence).toMatch(/at port 8080, not 80/)
})
