import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wallClock } from '../../time/clock.ts'
import { clusterFileSchema } from '../file.ts'
import { type Fake, fakeProgram, type Said } from './fakes/fake.ts'
import { createPower } from './power.ts'

let folder = ''
let vmx = ''
let fake: Fake | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vmware-'))
  vmx = join(folder, 'box-5', 'box-5.vmx')
  mkdirSync(dirname(vmx))
  writeFileSync(vmx, '')
})
afterEach(() => {
  fake?.remove()
  rmSync(folder, { recursive: true })
})

/** `list`: the paths that run. */
function vmware(running: string[][], table: Record<string, Said | Said[]> = {}, names = {}) {
  const lists = running.map((paths) =>
    [`Total running VMs: ${paths.length}`, ...paths, ''].join('\r\n'),
  )
  fake = fakeProgram('vmrun', { '-T ws list': lists, ...table })
  const power = { driver: 'vmware', product: 'ws', folder, names } as const
  return createPower(clusterFileSchema.parse({ server: 'box-1', power }), wallClock())
}
const beside = (name: string) => mkdirSync(join(dirname(vmx), name))

test('listed is running, whatever the case of the path', async () => {
  expect(await vmware([[vmx.toUpperCase()]]).state('box-5')).toBe('running')
})

test.each([
  ['nothing beside it', [], 'off'],
  ['a window of VMware shows it', ['box-5.vmx.lck'], 'off'],
  ['it is going, or runs as another user', ['box-5.vmx.lck', '564d.vmem.lck'], 'unknown'],
  ['suspended', ['box-5.vmss'], 'off'],
])('not listed, %s', async (_what, files, state) => {
  const power = vmware([[]])
  for (const file of files) beside(file)
  expect(await power.state('box-5')).toBe(state)
})

test('start, cut and stop', async () => {
  const power = vmware([[], [], [vmx]], {
    [`-T ws start ${vmx} nogui`]: '',
    [`-T ws stop ${vmx} hard`]: '',
    [`-T ws stop ${vmx} soft`]: {
      out: `Error: The VMware Tools are not running in the virtual machine: ${vmx}\n`,
      code: 255,
    },
  })
  await power.start('box-5')
  expect(fake?.calls().at(-1)).toBe(`-T ws start ${vmx} nogui`)
  await power.cut('box-5')
  expect(fake?.calls().at(-1)).toBe(`-T ws stop ${vmx} hard`)
  await expect(power.stop('box-5')).rejects.toMatchObject({
    code: 'POWER_FAILED',
    message: expect.stringContaining('exit code 255: The VMware Tools are not running'),
    cure: expect.stringContaining('open-vm-tools'),
  })
})

test('a file in use is tried again', async () => {
  const inUse = { out: 'Error: The file is already in use\n', code: 255 }
  const power = vmware([[]], { [`-T ws start ${vmx} nogui`]: [inUse, ''] })
  await power.start('box-5')
  expect(fake?.calls().filter((call) => call.includes(' start '))).toHaveLength(2)
})

test('a path of the cluster file that is no file is never off', async () => {
  const power = vmware([[]], {}, { 'box-7': join(folder, 'gone', 'x.vmx') })
  expect(await power.state('box-7')).toBe('unknown')
  await expect(power.start('box-7')).rejects.toMatchObject({ code: 'POWER_STUCK' })
})
