import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { inLanguage, said } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import { assureMachine, type Machine, whatIsMissing } from './pieces.ts'

const missing = async (machine: Machine) =>
  (await whatIsMissing(machine)).map((one) => inLanguage(one, 'en'))

const folders: string[] = []
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true })
})

/** A folder with nothing on it but these programs. */
function folderWith(...names: string[]): string {
  const path = mkdtempSync(join(tmpdir(), 'grade-pieces-'))
  folders.push(path)
  for (const name of names) {
    writeFileSync(join(path, name), '#!/bin/sh\n')
    chmodSync(join(path, name), 0o755)
  }
  return path
}

const all = 'nomad consul dockerd sshd ssh-keygen ip iptables unshare mount curl'.split(' ')

test('a machine with everything lacks nothing', async () => {
  const machine = { platform: 'linux', root: true, path: folderWith(...all) }
  expect(await missing(machine)).toEqual([])
})

test('all that is missing is named at once, each with its cure', async () => {
  const path = folderWith(...all.filter((name) => !['nomad', 'consul', 'curl'].includes(name)))
  const machine = { platform: 'linux', root: false, path }
  expect(await missing(machine)).toEqual([
    'it needs root: run the same command with sudo',
    'nomad is not on PATH: install nomad (from HashiCorp)',
    'consul is not on PATH: install consul (from HashiCorp)',
    'curl is not on PATH: install curl',
  ])
  const images = new Fault(said('There are no images.'), {
    code: 'LOCAL_IMAGES',
    cure: said('Pull some.'),
  })
  await expect(assureMachine(machine, images)).rejects.toMatchObject({
    code: 'LOCAL_MISSING',
    message: expect.stringMatching(/^No local .*nomad.*consul.*curl; There are no images\.$/),
    cure: 'Pull some. grade --cluster lab needs none of this.',
  })
})

test('elsewhere than on Linux only that is said', async () => {
  const [only, ...more] = await missing({ platform: 'darwin', root: false, path: '' })
  expect(only).toMatch(/needs Linux .*use the lab, or your VMs/)
  expect(more).toEqual([])
})

test('where no namespaces may be made, it is said what refused and what to do', async () => {
  const path = folderWith(...all)
  writeFileSync(
    join(path, 'unshare'),
    '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2\nexit 1\n',
  )
  const machine = { platform: 'linux', root: true, path }
  await expect(assureMachine(machine, { archives: [] })).rejects.toMatchObject({
    message: expect.stringContaining('unshare failed: Operation not permitted'),
    cure: expect.stringContaining('--privileged'),
  })
})
