import { afterEach, describe, expect, test } from 'vitest'
import { inLanguage, type Message } from '../../language/message.ts'
import { wallClock } from '../../time/clock.ts'
import { clusterFileSchema } from '../file.ts'
import { type Fake, fakeProgram, type Said } from './fakes/fake.ts'
import { createPower } from './power.ts'
import { placesHere } from './program.ts'
import type { PowerFileInput } from './schema.ts'
import { virtualbox } from './virtualbox.ts'
import { infoOf, rowsOf, sshPorts } from './virtualbox-read.ts'

const fakes: Fake[] = []
afterEach(() => {
  for (const fake of fakes.splice(0).reverse()) fake.remove()
})
const having = (text: string) => expect.stringContaining(text)

const five = '{4a8a14a7-bd44-43a5-a6d6-1f4a4a4a4a05}'
const seven = '{4a8a14a7-bd44-43a5-a6d6-1f4a4a4a4a07}'
const id = five.slice(1, -1)
const list = (...vms: string[]) => vms.map((vm) => `${vm}\r\n`).join('')
const [vm5, vm7] = [`"box-5" ${five}`, `"box-7" ${seven}`]
const broken = '"<inaccessible>" {00000000-0000-0000-0000-000000000000}'

/** What 7.0 prints, with the lines that are no key=value. */
const info = (state: string, more = '') =>
  `name="box-5"\nEncryption:     disabled\ngroups="/"\nostype="Ubuntu (64-bit)"\nmemory=4096\n` +
  `BIOS NVRAM File="/vms/box-5/box-5.nvram"\n"IDE Controller-0-0"="/vms/box-5/a \\"b\\".vdi"\n` +
  `VMState="${state}"\nVMStateChangeTime="2022-12-17T09:55:20.000000000"\n rec_screen0\n${more}`
const session = 'SessionName="headless"\n'

const error = (text: string, code = 1, name = 'VBoxManage'): Said => ({
  err: `${name}: error: ${text}\n${name}: error: Details: code X\n`,
  code,
})
const locked = error(
  "The machine 'box-5' is already locked by a session (or being locked or unlocked)",
)
const off = error("Machine 'box-5' is not currently running.")
const started: Said = `Waiting for VM "${id}" to power on...\nVM "${id}" has been successfully started.\n`

type Table = Record<string, Said | Said[]>
const startvm = `startvm ${id} --type headless`
const show = `showvminfo ${id} --machinereadable`
const poweroff = `controlvm ${id} poweroff`
const button = `controlvm ${id} acpipowerbutton`
const running = (...all: boolean[]) => ({
  'list runningvms': all.map((one) => (one ? list(vm5) : list(vm7))),
})

function virtualBox(table: Table, part: Partial<PowerFileInput> = {}, ssh = {}, address?: string) {
  const fake = fakeProgram('VBoxManage', { 'list vms': list(broken, vm5, vm7), ...table })
  fakes.push(fake)
  const told: string[] = []
  const power = { driver: 'virtualbox', ...part } as PowerFileInput
  const file = clusterFileSchema.parse({ server: '192.168.56.101', power, ssh })
  const help = {
    say: (sentence: Message) => told.push(inLanguage(sentence, 'en')),
    addressOf: async () => address ?? '',
  }
  return { power: createPower(file, wallClock(), help), fake, told }
}

describe('state', () => {
  test.each([
    ['running', true, session, 'running'],
    ['paused', true, session, 'unknown'],
    ['poweroff', false, '', 'off'],
    ['saved', false, '', 'off'],
    ['aborted', false, '', 'off'],
    ['aborted-saved', false, '', 'off'],
    // Seen before the lock is free: a start would fail.
    ['poweroff', false, session, 'unknown'],
    ['poweroff', true, session, 'unknown'],
    ['gurumeditation', false, session, 'unknown'],
    ['starting', false, session, 'unknown'],
    ['stopping', false, session, 'unknown'],
  ])('%s (runs: %s, %j) is %s', async (state, runs, more, is) => {
    const { power } = virtualBox({ ...running(runs), [show]: info(state, more) })
    expect(await power.state('box-5')).toBe(is)
  })

  test.each([
    ['inaccessible: no state at all', `name="<inaccessible>"\nUUID="${id}"\n`],
    ['at a bad moment', error('The object is not ready')],
    ['exit 0 with an error', { err: 'VBoxManage.EXE: error: The object is not ready\n' }],
    ['a state with translated words', info('desconegut')],
  ])('%s is never off', async (_what, said: Said) => {
    const { power } = virtualBox({ ...running(false), [show]: said })
    expect(await power.state('box-5')).toBe('unknown')
  })
})

describe('start', () => {
  const asleep = { ...running(false), [show]: info('poweroff') }
  test('of a VM that is off', async () => {
    const { power, fake } = virtualBox({ ...asleep, [startvm]: started })
    await power.start('box-5')
    expect(fake.calls().at(-1)).toBe(startvm)
  })

  test('of one that runs does nothing', async () => {
    const { power, fake } = virtualBox({ ...running(true), [show]: info('running', session) })
    await power.start('box-5')
    expect(fake.calls()).not.toContain(startvm)
  })

  test('"already locked" and listed: somebody started it', async () => {
    const { power, fake } = virtualBox({ ...asleep, ...running(false, true), [startvm]: locked })
    await power.start('box-5')
    expect(fake.calls().slice(-2)).toEqual([startvm, 'list runningvms'])
  })

  test('"already locked" and not listed: tried again, without taking its lock in between', async () => {
    const { power, fake } = virtualBox({ ...asleep, [startvm]: [locked, locked, started] })
    await power.start('box-5')
    const after = fake.calls().slice(fake.calls().indexOf(startvm))
    expect(after).toEqual([startvm, 'list runningvms', startvm, 'list runningvms', startvm])
  })

  test('exit 1 is believed no more than the output that says it started', async () => {
    const { power, fake } = virtualBox({
      ...asleep,
      [startvm]: { out: started as string, code: 1 },
    })
    await power.start('box-5')
    expect(fake.calls().at(-1)).toBe(startvm)
  })

  test('of a saved VM says what that means', async () => {
    const { power, told } = virtualBox({
      ...running(false),
      [show]: info('saved'),
      [startvm]: started,
    })
    await power.start('box-5')
    expect(told).toEqual([having('saved, not shut down')])
  })

  test.each<[string, Said, object]>([
    [
      'the process of the VM dies',
      error(
        "The virtual machine 'box-5' has terminated unexpectedly during startup with exit code 1 (0x1)",
      ),
      { code: 'POWER_FAILED', message: having('terminated unexpectedly during startup') },
    ],
    [
      'the host-only adapter is gone (Linux)',
      error("Nonexistent host networking interface, name 'vboxnet0' (VERR_INTERNAL_ERROR)"),
      { code: 'POWER_FAILED', cure: having('host-only adapter') },
    ],
    [
      'the host-only adapter is gone (Windows)',
      error(
        "Failed to open/create the internal network 'HostInterfaceNetworking-VirtualBox Host-Only Ethernet Adapter' (VERR_INTNET_FLT_IF_NOT_FOUND).",
        1,
        'VBoxManage.exe',
      ),
      { code: 'POWER_FAILED', message: having('Failed to open/create the internal network') },
    ],
    [
      'its files cannot be read',
      error('The object functionality is limited'),
      { code: 'POWER_DENIED' },
    ],
    [
      'exit 0 with an error',
      { err: 'VBoxManage: error: Odd thing\n' },
      { code: 'POWER_FAILED', message: having('exit code 0: Odd thing') },
    ],
    [
      'the launcher points nowhere',
      { err: 'exec: not found\n', code: 126 },
      { code: 'POWER_FAILED', cure: having('reinstall') },
    ],
    [
      'another user',
      error(`Could not find a registered machine with UUID ${five}`),
      { code: 'POWER_NO_VM' },
    ],
  ])('%s', async (_what, said, fault) => {
    const { power } = virtualBox({ ...asleep, [startvm]: said })
    await expect(power.start('box-5')).rejects.toMatchObject(fault)
  })

  test('a paused VM is not started but said', async () => {
    const { power } = virtualBox({ ...running(true), [show]: info('paused', session) })
    await expect(power.start('box-5')).rejects.toMatchObject({
      code: 'POWER_STUCK',
      message: 'VirtualBox says that box-5 is "paused": a start does not end that.',
    })
  })
})

describe('cut and stop', () => {
  const awake = { ...running(true), [show]: info('running', session) }
  test('the power is cut, whatever progress is printed on standard error', async () => {
    const { power, fake } = virtualBox({ ...awake, [poweroff]: { err: '0%...10%...20%...100%\n' } })
    await power.cut('box-5')
    expect(fake.calls().at(-1)).toBe(poweroff)
  })

  test.each([
    ['is off already', off],
    ['is on its way', error('The virtual machine is being powered down')],
    ['is saved', error('Cannot power down a saved virtual machine')],
  ])('a cut of one that %s is done when it is off', async (_what, said) => {
    const { power, fake } = virtualBox({
      ...running(true, false),
      [show]: [info('running', session), info('poweroff')],
      [poweroff]: said,
    })
    await power.cut('box-5')
    expect(fake.calls().at(-1)).toBe(show)
  })

  test.each([
    ['pressed', ''],
    ['stopping', error('Invalid machine state: Stopping')],
    ['off', error('Invalid machine state: PoweredOff')],
    [
      'going',
      error('Failed to get a console object from the direct session (Unknown Status 0x80BB0002)'),
    ],
  ])('the button is pressed once: %s', async (_what, said: Said) => {
    const { power, fake } = virtualBox({ ...awake, [button]: said })
    await power.stop('box-5')
    expect(fake.calls().filter((call) => call === button)).toHaveLength(1)
  })
})

describe('which VM a node is', () => {
  const names = (...vms: [string, string][]) => ({
    'list vms': list(...vms.map(([name, uuid]) => `"${name}" ${uuid}`)),
    ...running(false),
  })
  const forward = (port: number) =>
    `Forwarding(0)="ssh,tcp,127.0.0.1,${port},,22"\nForwarding(1)="web,tcp,,8080,,80"\n`
  const nothing = {
    '~getextradata': 'No value set!\n',
    '~guestproperty': 'No value set!\n',
    '~showvminfo': info('poweroff'),
  }
  const seek = async (table: Table, part = {}, ssh = {}, address?: string) => {
    const { power, fake } = virtualBox(table, part, ssh, address)
    await power.state('box-5')
    return fake.calls().at(-1)
  }

  test('by what the file says', async () => {
    const table = { ...names(['box-5', seven], ['other', five]), [show]: info('poweroff') }
    expect(await seek(table, { names: { 'box-5': 'other' } })).toBe(show)
  })
  test('by the name of the older tool', async () => {
    expect(
      await seek({ ...names(['xtec-50', seven], ['xtec-5', five]), [show]: info('poweroff') }),
    ).toBe(show)
  })
  test('by the forwarded port 220N', async () => {
    const table = {
      ...names(['a', seven], ['b', five]),
      [show]: info('poweroff', forward(2205)),
      ...nothing,
    }
    expect(await seek(table)).toBe(show)
  })
  test('by the forwarded port of the cluster file', async () => {
    const table = {
      ...names(['a', seven], ['b', five]),
      [show]: info('poweroff', forward(2222)),
      ...nothing,
    }
    const ssh = { hosts: { 'box-5': { host: '127.0.0.1', port: 2222 } } }
    expect(await seek(table, {}, ssh)).toBe(show)
  })
  test.each([
    ['the kept last number', { [`getextradata ${id} hostonly`]: 'Value: 105\n' }],
    [
      'the guest additions',
      { [`guestproperty get ${id} /VirtualBox/GuestInfo/Net/1/V4/IP`]: 'Valor: 192.168.56.105\n' },
    ],
  ])('by its address, from %s', async (_what, said) => {
    const table = {
      ...names(['a', seven], ['b', five]),
      ...said,
      [show]: info('poweroff'),
      ...nothing,
    }
    expect(await seek(table, {}, {}, '192.168.56.105')).toBe(show)
  })
  test('two that could be it are named, none is taken', async () => {
    const table = {
      ...names(['a', seven], ['b', five]),

      ...nothing,
      '~showvminfo': info('poweroff', forward(2205)),
    }
    const { power } = virtualBox(table)
    await expect(power.cut('box-5')).rejects.toMatchObject({
      code: 'POWER_NO_VM',
      message: having('more than one VM'),
    })
  })
  test('no VM at all: they belong to another user', async () => {
    const { power } = virtualBox({ 'list vms': '' })
    await expect(power.start('box-5')).rejects.toMatchObject({
      message: 'VirtualBox knows no VM box-5; it knows no VM at all.',
      cure: having('one user of the system'),
    })
  })
})

describe('reading', () => {
  test('quotes, escapes, numbers, glued and odd lines', () => {
    const read = infoOf(info('aborted-saved', 'Forwarding(0)="ssh,tcp,,2201,10.0.2.15,22"\r\n'))
    expect(read.get('VMState')).toBe('aborted-saved')
    expect(read.get('memory')).toBe('4096')
    expect(read.get('IDE Controller-0-0')).toBe('/vms/box-5/a "b".vdi')
    expect(read.get('BIOS NVRAM File')).toBe('/vms/box-5/box-5.nvram')
    expect(sshPorts(read)).toEqual([2201])
  })
  test('a name with quotes and braces', () => {
    expect(rowsOf(`"a "b" {c}" ${five}\r\n${broken}\r\n`)).toEqual([{ name: 'a "b" {c}', id }])
  })
})

test('on Windows the variable of the installer may hold several folders', () => {
  const env = {
    VBOX_MSI_INSTALL_PATH: 'D:\\VBox\\;C:\\Program Files\\Oracle\\VirtualBox',
    SystemDrive: 'C:',
  }
  const places = placesHere(virtualbox().places, 'win32', env)
  expect(places.slice(0, 2)).toEqual([
    'D:\\VBox\\VBoxManage.exe',
    'C:\\Program Files\\Oracle\\VirtualBox\\VBoxManage.exe',
  ])
  expect(places).not.toContain('/usr/bin/VBoxManage')
  expect(placesHere(virtualbox().places, 'linux', env)).toContain(
    '/mnt/c/Program Files/Oracle/VirtualBox/VBoxManage.exe',
  )
})

test('under WSL the program with .exe is found on PATH', async () => {
  const fake = fakeProgram('VBoxManage.exe', { 'list vms': list(vm5, vm7) })
  fakes.push(fake)
  const file = clusterFileSchema.parse({ server: 'box-1', power: { driver: 'virtualbox' } })
  expect(await createPower(file, wallClock()).list()).toEqual(['box-5', 'box-7'])
})
