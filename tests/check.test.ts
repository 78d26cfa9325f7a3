import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { checkFolder } from '../bin/check.ts'
import { lookNow } from '../helpers/check/now.ts'
import { clusterFileSchema } from '../helpers/cluster/file.ts'
import { connect } from '../helpers/connect.ts'
import { startLab } from '../lab/lab.ts'
import { differences } from './check/compare.ts'
import { titleOf } from './gallery/entry.ts'
import { handIn } from './gallery/grade-entry.ts'
import { gallery } from './gallery/tables.ts'
import { mistake, reference, tempFolder, withStage } from './harness.ts'

/** The whole gallery, and how long each takes: `node tests/check/gallery.ts`. */
const few = ['01.1 docker-ports-missing', '01.1 a variable that is not declared']

test.each(gallery.filter((entry) => few.includes(titleOf(entry))))(
  'a check says what a run grades: $name',
  async (entry) => {
    using folder = tempFolder()
    await handIn(entry, folder.path)
    const paper = await checkFolder(folder.path, { language: 'en', lab: false })
    const both = await checkFolder(folder.path, { language: 'en', lab: true })
    expect(differences(entry, paper, both)).toEqual([])
    // Whoever would lose something is told what to do, and what to read.
    for (const item of both.items.filter(({ outcome }) => outcome !== 'would-pass')) {
      expect(item.hint).not.toBe('')
      expect(item.sheet.join()).toContain('Avaluació')
    }
  },
)

const program = fileURLToPath(new URL('../bin/grade.js', import.meta.url))
const check = (cwd: string, args: string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [program, 'check', ...args], {
    cwd,
    env: { NO_COLOR: '1', ...env },
    reject: false,
  })

test('in the folder that one is in, without a cluster: the files, the lab, and nothing left behind', async () => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  const before = readdirSync(folder.path)
  // A cluster of the environment is neither asked nor a reason to ask which one is meant.
  const env = { NOMAD_ADDR: 'http://192.0.2.1:4646' }
  const { stdout, exitCode } = await check(folder.path, ['--json', '--lang', 'en'], env)
  const found = JSON.parse(stdout)
  expect(exitCode).toBe(0)
  expect(found).toMatchObject({ grade: null, lab: { simulated: true, trouble: '' }, now: null })
  expect(found.items.map((one: { outcome: string }) => one.outcome)).toEqual(
    Array(10).fill('would-pass'),
  )
  expect(readdirSync(folder.path)).toEqual(before)
})

test('what would be lost is told in the reader’s language, with the line that is wrong', async () => {
  using folder = tempFolder()
  withStage(folder.path, '01.1-nginx.nomad', mistake('service-other-name'))
  writeFileSync(join(folder.path, 'cluster.yaml'), 'power: { driver: command }\n')
  const { stdout, exitCode } = await check('/', [
    ...['--submission', folder.path, '--no-lab', '--lang', 'ca'],
  ])
  expect(exitCode).toBe(1)
  expect(stdout).not.toContain('SIMULATED')
  expect(stdout).toMatch(/✗ 01\.1 .*: es perdria\n {4}Què s’hi mira: /)
  expect(stdout).toMatch(/01\.1-nginx\.nomad:24: +name += "web"/)
  expect(stdout).toMatch(/A l’enunciat: «Avaluació», part 01, número 1; «Servei»/)
  expect(stdout).toMatch(/✗ 01\.2 .*\n(.+\n)+ {4}Es basa en 01\.1: arregla aquell\.\n/)
  expect(stdout).toContain('Es perdrien: 01.1, 01.2.')
})

test('a cluster that is made for one run is wrong use: there is nothing to look at', async () => {
  const { stderr, exitCode } = await check('/', ['--cluster', 'local', '--lang', 'en'])
  expect(exitCode).toBe(64)
  expect(stderr).toContain('--cluster local is made for one run')
})

test('of a cluster it says which states stand now, and asks it without a wish to change', async () => {
  const asked: string[] = []
  const faults = {
    http: ({ method }: { method: string }) => {
      asked.push(method)
      return undefined
    },
  }
  const lab = await startLab({ seed: 1, time: { kind: 'virtual' }, faults })
  const cluster = connect(clusterFileSchema.parse(lab.file), lab.clock, 'lab')
  const { nomad, clock } = cluster
  const registers = async (file: string) => {
    const parsed = await nomad.parse(readFileSync(join(reference, file), 'utf8'))
    if ('job' in parsed) await nomad.register(parsed.job)
    await clock.sleep(60_000)
  }
  const stand = async () => {
    const from = asked.length
    const items = await lookNow(cluster, { nginx: 'nginx', apache: 'apache' }, 'en')
    expect(new Set(asked.slice(from))).toEqual(new Set(['GET']))
    return items.filter(({ stands }) => stands).map(({ id }) => id)
  }
  try {
    await clock.sleep(30_000)
    expect(await stand()).toEqual([])
    await registers('01.1-nginx.nomad')
    expect(await stand()).toEqual(['01.1'])
    await registers('02.1-nginx.nomad')
    expect(await stand()).toEqual(['01.3', '02.1', '02.2'])
    for (const vm of ['box-5', 'box-7']) lab.world.vms.get(vm)?.stop('cut')
    await clock.sleep(60_000)
    expect(await stand()).toEqual(['02.2', '02.3'])
    for (const vm of ['box-5', 'box-7']) lab.world.vms.get(vm)?.start()
    await nomad.purge('nginx')
    await clock.sleep(30_000)
    await registers('03.1-apache.nomad')
    expect(await stand()).toEqual(['03.1', '03.2', '03.3', '03.4'])
  } finally {
    await cluster.close()
    await lab.close()
  }
})
