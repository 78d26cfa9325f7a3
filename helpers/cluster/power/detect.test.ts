import { afterEach, expect, test } from 'vitest'
import { wallClock } from '../../time/clock.ts'
import { detectDrivers } from './detect.ts'
import { type Fake, fakeProgram } from './fakes/fake.ts'

const fakes: Fake[] = []
afterEach(() => {
  for (const fake of fakes.splice(0).reverse()) fake.remove()
})
const put = (...args: Parameters<typeof fakeProgram>) => fakes.push(fakeProgram(...args))

const nodes = ['5', '7', '8'].map((n) => ({ name: `box-${n}`, address: `192.168.56.10${n}` }))
const id = (n: number) => `4a8a14a7-bd44-43a5-a6d6-1f4a4a4a4a0${n}`

test('programs that are here, with the nodes that they know, the best first', async () => {
  put('virsh', { '-c qemu:///system list --all --name': 'web\nbox-8\n', '--version': '9.0.0\n' })
  put('VBoxManage', {
    'list vms': [5, 7].map((n) => `"xtec-${n}" {${id(n)}}\n`).join(''),
    '--version': '7.0.14r161095\n',
    '~showvminfo': 'VMState="poweroff"\n',
    '~getextradata': 'No value set!\n',
    '~guestproperty': 'No value set!\n',
  })
  const found = await detectDrivers(nodes, wallClock())
  expect(found.filter(({ vms }) => vms.length > 0)).toEqual([
    {
      driver: 'virtualbox',
      title: 'VirtualBox',
      version: '7.0.14r161095',
      vms: ['xtec-5', 'xtec-7'],
      matches: { 'box-5': 'xtec-5', 'box-7': 'xtec-7' },
      file: { driver: 'virtualbox', names: { 'box-5': 'xtec-5', 'box-7': 'xtec-7' } },
      trouble: '',
    },
    {
      driver: 'libvirt',
      title: 'libvirt',
      version: '9.0.0',
      vms: ['web', 'box-8'],
      matches: { 'box-8': 'box-8' },
      file: { driver: 'libvirt' },
      trouble: '',
    },
  ])
})

test('one that cannot be asked is there with its trouble', async () => {
  const err = 'error: failed to connect to the hypervisor\n'
  put('virsh', { '-c qemu:///system list --all --name': { err, code: 1 } })
  const found = await detectDrivers(nodes, wallClock())
  expect(found.find(({ driver }) => driver === 'libvirt')).toMatchObject({
    vms: [],
    matches: {},
    trouble: expect.stringContaining('failed to connect to the hypervisor'),
  })
})

test('folders that Vagrant remembers are asked for what is true now', async () => {
  const home = process.cwd()
  put('vagrant', {
    'global-status --machine-readable': `1,,metadata,machine-count,1\n1,,machine-id,abc1234\n1,,machine-home,${home}\n1,,state,running\n`,
    'status --machine-readable': '1,box-5,state,poweroff\n1,box-7,state,running\n',
    '--version': 'Vagrant 2.4.9\n',
  })
  const found = await detectDrivers(nodes, wallClock())
  expect(found[0]).toMatchObject({
    driver: 'vagrant',
    version: 'Vagrant 2.4.9',
    matches: { 'box-5': 'box-5', 'box-7': 'box-7' },
    file: { driver: 'vagrant', folder: home },
  })
})

test('on a machine without any, nothing is found', async () => {
  const before = process.env.PATH
  process.env.PATH = '/nowhere'
  const found = await detectDrivers(nodes, wallClock())
  process.env.PATH = before
  expect(found.filter(({ vms }) => vms.length > 0)).toEqual([])
})
