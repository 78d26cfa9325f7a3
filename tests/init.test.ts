import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, expect, test } from 'vitest'
import type { ClusterFileInput } from '../helpers/cluster/file.ts'
import { parseClusterFile } from '../helpers/cluster/load.ts'
import type { FoundDriver } from '../helpers/cluster/power/detect.ts'
import { clusterYaml } from '../helpers/doctor/cluster-yaml.ts'
import { discover } from '../helpers/doctor/discover.ts'
import { inLanguage } from '../helpers/language/message.ts'
import type { World } from '../lab/contract.ts'
import { startLab } from '../lab/lab.ts'

const folder = mkdtempSync(join(tmpdir(), 'init-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const program = fileURLToPath(new URL('../bin/grade.js', import.meta.url))
const init = (args: string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [program, 'init', ...args], { cwd: folder, env, reject: false })

const virtualbox: FoundDriver = {
  driver: 'virtualbox',
  title: 'VirtualBox',
  version: '7.0.10r158379',
  vms: ['xtec-5', 'box-7', 'other'],
  matches: { 'box-5': 'xtec-5', 'box-7': 'box-7' },
  file: { driver: 'virtualbox', names: { 'box-5': 'xtec-5' } },
  trouble: '',
}

async function written(
  drivers: FoundDriver[],
  breaks: (world: World, file: ClusterFileInput) => void = () => {},
) {
  const lab = await startLab({ seed: 1, time: { kind: 'virtual' } })
  const input = lab.file as ClusterFileInput
  breaks(lab.world, input)
  try {
    const found = await discover(input, lab.clock)
    const by = { schema: './cluster.schema.json', extra: {} }
    const { text, open } = clusterYaml(found, drivers, by)
    return { text, open, file: parseClusterFile(text, join(folder, 'cluster.yaml')) }
  } finally {
    await lab.close()
  }
}

test('the file says what the cluster says, and only what the drivers know', async () => {
  const { text, open, file } = await written([virtualbox])
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./cluster.schema.json')
  expect(text).toMatch(/^server: 192\.168\.56\.101 +# box-1: Nomad 1\.4\.4, Consul 1\.14\.4$/m)
  expect(text).toMatch(/at this moment box-5, box-7, box-8/)
  expect(text).toMatch(
    /^# lets box in: box-5, box-7, box-8; sudo without a password: box-5, box-7, box-8$/m,
  )
  expect(file).toMatchObject({
    server: '192.168.56.101',
    clients: 'discover',
    datacenter: 'dc1',
    ssh: { user: 'box' },
    power: { driver: 'virtualbox', how: 'orderly', names: { 'box-5': 'xtec-5' } },
  })
  expect(open.map((one) => inLanguage(one, 'en'))).toEqual([
    'virtualbox knows no VM for box-8: write it under "power: names:".',
  ])
})

test('what could not be found out is said, and the file is whole all the same', async () => {
  const { text, open, file } = await written([], (world) => {
    world.faults.sudoRefused.add('box-7')
    world.vms.get('box-8')?.stop('cut')
  })
  expect(file.power).toBeUndefined()
  expect(text).toMatch(/^# power:$/m)
  expect(text).toMatch(/sudo without a password: box-5$/m)
  expect(open.map((one) => inLanguage(one, 'en'))).toEqual([
    expect.stringMatching(/box-7.*password is required/),
    expect.stringMatching(/^box-8 .*no way to that machine/),
    expect.stringMatching(/^No way to start the VMs was found: write a "power:" part/),
  ])
})

test('a server that is off: nothing is guessed', async () => {
  await expect(written([], (world) => world.server.stop('cut'))).rejects.toMatchObject({
    code: 'server-off',
    cure: expect.stringMatching(/Start its VM/),
  })
})

test('a file that is there is not written over', async () => {
  const path = join(folder, 'mine.yaml')
  writeFileSync(path, 'server: mine\n')
  const { exitCode, stderr } = await init(['--out', 'mine.yaml', '--server', '127.0.0.1'])
  expect(exitCode).toBe(64)
  expect(stderr).toMatch(/mine\.yaml is there already: .*--force/)
  expect(readFileSync(path, 'utf8')).toBe('server: mine\n')
})

test('where no server answers nothing is written, and it is said who was asked', async () => {
  const env = { NOMAD_ADDR: 'http://127.0.0.1:9', CONSUL_HTTP_ADDR: '127.0.0.1:9' }
  const { exitCode, stderr, stdout } = await init(['--out', 'none.yaml'], env)
  expect(exitCode).toBe(2)
  expect(stdout).toBe('Asking 127.0.0.1 …')
  expect(stderr).toMatch(/^grade: nothing was written: .*127\.0\.0\.1/)
  // There is none that could be corrected.
  expect(stderr).not.toMatch(/cluster file/)
  expect(existsSync(join(folder, 'none.yaml'))).toBe(false)
})

test('--schema prints the schema that editors take', async () => {
  const { stdout } = await init(['--schema'])
  expect(JSON.parse(stdout)).toMatchObject({ required: ['server'], type: 'object' })
})
