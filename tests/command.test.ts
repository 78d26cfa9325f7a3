import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { resultSchema } from '../helpers/grade/result.ts'
import { lastState, reference, tempFolder } from './harness.ts'

const program = fileURLToPath(new URL('../bin/grade.js', import.meta.url))

/** Runs the command as a user would, in a folder of its own. */
async function grade(cwd: string, args: string[], env: Record<string, string> = {}) {
  return execa(process.execPath, [program, ...args], {
    cwd,
    env: { NO_COLOR: '1', ...env },
    reject: false,
    extendEnv: true,
  })
}

test('with nothing given it grades the example: SIMULATED first, 10 of 10, all reports, exit 0', async () => {
  using folder = tempFolder()
  const { stdout, exitCode } = await grade(folder.path, [])
  expect(exitCode).toBe(0)
  expect(stdout.startsWith('SIMULATED')).toBe(true)
  expect(stdout).toContain('Score: 10 of 10')
  const runs = join(folder.path, 'reports', 'reference')
  const [run = '', latest] = readdirSync(runs).sort()
  expect(latest).toBe('latest')
  expect(run).not.toContain(':')
  expect(readdirSync(join(runs, 'latest')).sort()).toEqual([
    'allure-results',
    'evidence.ndjson',
    'junit.xml',
    'report.html',
    'report.md',
    'result.json',
  ])
  for (const page of ['report.html', 'report.md']) {
    const text = readFileSync(join(runs, 'latest', page), 'utf8')
    const visible = text.replace(/^[\s\S]*<body[^>]*>/, '').replace(/<[^>]+>/g, ' ')
    expect(visible.trim().replace(/^[#>*\s]+/, '')).toMatch(/^SIMULATED/)
  }
})

test('--json prints result.json alone on stdout', async () => {
  using folder = tempFolder()
  const { stdout, stderr, exitCode } = await grade(folder.path, [
    '--json',
    '--items',
    '03',
    '--seed',
    '4',
  ])
  expect(exitCode).toBe(0)
  const result = resultSchema.parse(JSON.parse(stdout))
  expect(result.cluster).toMatchObject({ kind: 'lab', simulated: true, seed: 4, stop: 'orderly' })
  expect(stderr.startsWith('SIMULATED')).toBe(true)
})

test('npm run grade means paths from the folder where it was typed', async () => {
  using folder = tempFolder()
  cpSync(lastState, folder.path, { recursive: true })
  // npm itself goes to the project's folder.
  const project = fileURLToPath(new URL('..', import.meta.url))
  const npm = { npm_lifecycle_event: 'grade', INIT_CWD: folder.path }
  const { stdout } = await grade(project, ['check', '--no-lab', '--submission', '.'], npm)
  expect(stdout).toContain('02.1 nginx.nomad (exact)')
})

test('--items grades exactly these: the others have no verdict, the score is over those asked', async () => {
  using folder = tempFolder()
  const { stdout } = await grade(folder.path, ['--json', '--items', '01.2,02.2'])
  const { items, score } = resultSchema.parse(JSON.parse(stdout))
  expect(items.map((i) => `${i.id} ${i.verdict}`)).toEqual(['01.2 passed', '02.2 passed'])
  expect(score).toEqual({ points: 2, low: 2, high: 2, max: 2, asked: ['01.2', '02.2'] })
})

test('a student is found in submissions/, and the cluster file of an absent cluster is asked for', async () => {
  using folder = tempFolder()
  const own = join(folder.path, 'submissions', 'Núria')
  mkdirSync(own, { recursive: true })
  cpSync(lastState, own, { recursive: true })
  const asked = await grade(folder.path, ['Núria'], { NOMAD_ADDR: 'http://192.168.56.101:4646' })
  expect(asked.exitCode).toBe(64)
  expect(asked.stderr).toMatch(/Which cluster\? NOMAD_ADDR is set/)
  const graded = await grade(folder.path, [
    'Núria',
    '--cluster',
    'lab',
    '--clients',
    '5',
    '--stop',
    'cut',
  ])
  expect(graded.stdout).toContain('Score: 10 of 10')
})

const wrongUses: { args: string[]; says: RegExp }[] = [
  { args: ['nobody'], says: /no folder submissions\/nobody/ },
  { args: ['../../etc'], says: /no folder submissions/ },
  { args: ['--submission', 'missing'], says: /no folder missing/ },
  { args: ['--cluster', 'missing.yaml'], says: /no cluster file missing.yaml/ },
  { args: ['--items', '05'], says: /--items knows 01\.1/ },
  { args: ['--stop', 'softly'], says: /--stop is orderly or cut/ },
  { args: ['--clients', 'many'], says: /--clients is a number/ },
  { args: ['--seed', '-1'], says: /--seed is a number/ },
  { args: ['--lang', 'de'], says: /--lang is en, ca or es/ },
  { args: ['--unknown'], says: /unknown option/ },
]

for (const { args, says } of wrongUses) {
  test(`${args.join(' ')}: one sentence and exit 64`, async () => {
    using folder = tempFolder()
    const { stderr, stdout, exitCode } = await grade(folder.path, args)
    expect(exitCode).toBe(64)
    expect(stderr).toMatch(says)
    expect(stdout).toBe('')
  })
}

test('a cluster file that is wrong is told with its line', async () => {
  using folder = tempFolder()
  writeFileSync(join(folder.path, 'cluster.yaml'), 'server: 192.168.56.101\nclient: discover\n')
  const { stderr, exitCode } = await grade(folder.path, [
    '--submission',
    reference,
    '--cluster',
    'cluster.yaml',
  ])
  expect(exitCode).toBe(64)
  expect(stderr).toMatch(/cluster\.yaml:2/)
})

test('a cluster that is not there: every item inconclusive with the same cause, exit 2', async () => {
  using folder = tempFolder()
  writeFileSync(
    join(folder.path, 'cluster.yaml'),
    'server: 127.0.0.1\nnomad: { port: 9 }\nconsul: { port: 9 }\n',
  )
  const { stdout, exitCode } = await grade(folder.path, [
    '--submission',
    reference,
    '--cluster',
    'cluster.yaml',
    '--json',
  ])
  expect(exitCode).toBe(2)
  const { items, score } = resultSchema.parse(JSON.parse(stdout))
  expect(new Set(items.map((i) => i.verdict))).toEqual(new Set(['inconclusive']))
  expect(new Set(items.map((i) => i.sentence)).size).toBe(1)
  expect(items[0]?.sentence).toMatch(/Nomad.*127\.0\.0\.1/)
  expect(score).toMatchObject({ low: 0, high: 10 })
})

test('--help has examples, --version says what a bug report needs', async () => {
  using folder = tempFolder()
  const help = await grade(folder.path, ['run', '--help'])
  expect(help.exitCode).toBe(0)
  expect(help.stdout).toMatch(/Examples:[\s\S]*grade anna/)
  const version = await grade(folder.path, ['--version'])
  expect(version.stdout).toMatch(
    /^grade \d+\.\d+\.\d+ .*\nrubric \d{4}-\d\d\nNode 24[\s\S]*, locale /,
  )
})
