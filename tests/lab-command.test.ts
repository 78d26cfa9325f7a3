import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { labFileOf } from '../bin/lab/running.ts'
import { labCommand } from '../bin/lab.ts'
import type { Language } from '../helpers/language/message.ts'
import { tempFolder } from './harness.ts'

/** `grade lab` and the commands that speak with it. As a process of its own: tests/reach.test.ts. */

let said = ''
beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    said += chunk
    return true
  })
})
afterEach(() => void vi.restoreAllMocks())

/** What it says until it ends. */
async function grade(line: string, language: Language = 'en'): Promise<string> {
  const before = said.length
  await labCommand(language).exitOverride().parseAsync(line.split(' '), { from: 'user' })
  return said.slice(before)
}

test('labs side by side are stopped, started, spoilt and ended by their files', async () => {
  using folder = tempFolder()
  const [one, two] = ['one.yaml', 'two.yaml'].map((name) => join(folder.path, name))
  const ends = [`--seed 1 --out ${one}`, `--seed 2 --out ${two}`].map((line) => grade(line))
  const there = (file = '') =>
    expect.poll(() => grade(`status --lab ${file}`).catch(() => ''), { timeout: 20_000 })
  await there(one).toMatch(/^SIMULATED cluster, seed 1, 1 [\s\S]*box-7 +on +ready +alive/)
  await there(two).toMatch(/^SIMULATED cluster, seed 2, 1 /)
  await expect(grade(`--out ${one}`)).rejects.toThrow(/runs here already: http:\/\/127\.0\.0\.1:/)

  expect(await grade(`stop --cut box-7 box-8 --lab ${one}`)).toBe(
    'box-7 has lost its power.\nbox-8 has lost its power.\n',
  )
  expect(await grade(`fault stops-late box-5 --lab ${one}`)).toBe('stops-late is on.\n')
  expect(await grade(`status --lab ${one}`)).toMatch(
    /\nbox-7 +off [\s\S]*\nstops-late is on at box-5: the VM takes 30 seconds/,
  )
  expect(await grade(`status --lab ${two}`, 'ca')).toMatch(
    /llavor 2[\s\S]*\nbox-7 +engegada [\s\S]*\nNo hi ha cap avaria activa\./,
  )
  expect(await grade(`stop box-5 --lab ${one}`)).toBe('box-5 is told to shut down.\n')
  await expect(grade(`start box-5 --lab ${one}`)).rejects.toThrow(/box-5 is still shutting down/)
  await grade(`start box-7 --lab ${one}`)
  const { vms } = JSON.parse(await grade(`status --json --lab ${one}`))
  const power = Object.fromEntries(
    vms.map((vm: { name: string; power: string }) => [vm.name, vm.power]),
  )
  expect(power).toMatchObject({ 'box-5': 'stopping', 'box-8': 'off' })
  expect(power['box-7']).not.toBe('off')

  for (const file of [one, two]) {
    expect(await grade(`end --lab ${file}`)).toBe('The lab has ended.\n')
  }
  await Promise.all(ends)
  await expect(grade(`status --lab ${one}`)).rejects.toThrow(/one\.yaml has ended/)
  // Its file is nobody's now.
  const again = grade(`--out ${one} --seed 3`)
  await there(one).toMatch(/seed 3/)
  await grade(`end --lab ${one}`)
  await again
})

test('what a lab is not asked for is told in one sentence', async () => {
  using folder = tempFolder()
  const file = join(folder.path, 'cluster.yaml')
  writeFileSync(file, 'server: 192.168.56.101\n')
  const wrong: [string, RegExp][] = [
    ['stop box-7 --lab none.yaml', /There is no lab here: no file none\.yaml\. Begin one with/],
    [`status --lab ${file}`, /cluster\.yaml is not the file of a lab/],
    [`--out ${file}`, /is there already and is no lab’s/],
    ['fault dns-slwo', /There is no fault called "dns-slwo": grade lab fault lists them/],
    ['fault disk-full', /disk-full is of one VM: say which/],
    ['fault dns-slow box-7', /dns-slow is of no single VM/],
    ['status --name ../x', /--name is a name of letters/],
  ]
  for (const [line, says] of wrong) await expect(grade(line), line).rejects.toThrow(says)
  expect(await grade('fault')).toMatch(/^ {2}disk-full VM +the disk of the VM is full/m)
  expect(labFileOf({ name: 'anna' })).toBe('lab-anna.yaml')
})
