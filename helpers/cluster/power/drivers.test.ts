import { afterEach, describe, expect, test } from 'vitest'
import { inLanguage, type Message, tellIn } from '../../language/message.ts'
import { wallClock } from '../../time/clock.ts'
import { clusterFileSchema } from '../file.ts'
import { type Fake, fakeProgram, type Said } from './fakes/fake.ts'
import { createPower } from './power.ts'
import type { PowerFileInput } from './schema.ts'

const fakes: Fake[] = []
afterEach(() => {
  for (const fake of fakes.splice(0).reverse()) fake.remove()
})

type Table = Record<string, Said | Said[]>

function driver(program: string, table: Table, part: PowerFileInput) {
  const fake = fakeProgram(program, table)
  fakes.push(fake)
  const told: string[] = []
  const file = clusterFileSchema.parse({ server: '192.168.56.101', power: part })
  const power = createPower(file, wallClock(), {
    say: (sentence: Message) => told.push(inLanguage(sentence, 'en')),
  })
  return { power, fake, told }
}

type What = 'start' | 'cut' | 'stop' | 'state'
/** What is asked of box-5; the program's answers; what comes of it; the command that ended it. */
type Row = [what: What, table: Table, outcome: unknown, last?: unknown]

/** What the program says, for the test's name. */
function told(table: Table): string {
  const texts = Object.values(table)
    .flat()
    .map((said) => (typeof said === 'string' ? said : (said.err ?? said.out ?? '')))
  return texts.join(' ').replace(/\s+/g, ' ').trim().slice(-80)
}

/** Runs the rows of one driver: an outcome with a `code` is a Fault, else the value that resolves. */
function rows(program: string, part: PowerFileInput, common: Table, all: Row[]): void {
  for (const [number, [what, table, outcome, last]] of all.entries()) {
    test(`${number + 1}. ${what}, told "${told(table)}"`, async () => {
      const { power, fake } = driver(program, { ...table, ...common }, part)
      const done = power[what]('box-5')
      if (typeof outcome === 'object') await expect(done).rejects.toMatchObject(outcome as object)
      else expect(await done).toBe(outcome)
      if (last !== undefined) expect(fake.calls().at(-1)).toEqual(last)
    })
  }
}

const failed = (err: string, code = 1): Said => ({ err, code })
const having = (text: string) => expect.stringContaining(text)

describe('libvirt', () => {
  const c = '-c qemu:///system'
  const common = { [`${c} list --all --name`]: 'box-1\nbox-5\nbox-50\n\n' }
  const state = (...all: string[]) => ({ [`${c} domstate box-5`]: all.map((one) => `${one}\n\n`) })
  rows('virsh', { driver: 'libvirt' }, common, [
    ['state', state('running'), 'running'],
    ['state', state('shut off'), 'off'],
    ['state', state('in shutdown'), 'unknown'],
    ['state', state('paused'), 'unknown'],
    ['state', state('crashed'), 'unknown'],
    ['state', state('no state'), 'unknown'],
    [
      'start',
      { ...state('shut off'), [`${c} start box-5`]: 'Domain box-5 started\n\n' },
      undefined,
      `${c} start box-5`,
    ],
    ['start', state('running'), undefined, `${c} domstate box-5`],
    [
      'cut',
      { ...state('running'), [`${c} destroy box-5`]: 'Domain box-5 destroyed\n\n' },
      undefined,
      `${c} destroy box-5`,
    ],
    [
      'stop',
      { ...state('running'), [`${c} shutdown box-5`]: 'Domain box-5 is being shutdown\n\n' },
      undefined,
      `${c} shutdown box-5`,
    ],
    // Someone else was quicker.
    [
      'start',
      {
        ...state('shut off', 'running'),
        [`${c} start box-5`]: failed('error: Domain is already active\n'),
      },
      undefined,
    ],
    [
      'stop',
      {
        ...state('running', 'shut off'),
        [`${c} shutdown box-5`]: failed(
          'error: Failed to shutdown domain box-5\nerror: Requested operation is not valid: domain is not running\n',
        ),
      },
      undefined,
    ],
    [
      'start',
      {
        ...state('shut off'),
        [`${c} start box-5`]: [
          failed('error: Timed out during operation: cannot acquire state change lock\n'),
          'Domain box-5 started\n',
        ],
      },
      undefined,
    ],
    ['start', state('paused'), { code: 'POWER_STUCK', cure: having('virsh resume') }],
    [
      'state',
      { [`${c} domstate box-5`]: failed("error: failed to get domain 'box-5'\n") },
      { code: 'POWER_NO_VM' },
    ],
    [
      'start',
      {
        ...state('shut off'),
        [`${c} start box-5`]: failed(
          'error: Failed to start domain box-5\nerror: internal error: no network with matching name\n',
        ),
      },
      {
        code: 'POWER_FAILED',
        message:
          'libvirt: "virsh -c qemu:///system start box-5" for box-5 ended with exit code 1: Failed to start domain box-5; internal error: no network with matching name.',
      },
    ],
  ])

  test('without the right to speak to it the group is named', async () => {
    const err =
      'error: failed to connect to the hypervisor\nerror: Failed to connect socket: Permission denied\n'
    const { power } = driver(
      'virsh',
      { [`${c} list --all --name`]: failed(err) },
      { driver: 'libvirt' },
    )
    await expect(power.state('box-5')).rejects.toMatchObject({
      code: 'POWER_DENIED',
      cure: having('group "libvirt"'),
    })
  })

  test('a node that it does not know is said with those that it knows', async () => {
    const { power } = driver('virsh', common, { driver: 'libvirt' })
    await expect(power.start('box-7')).rejects.toMatchObject({
      code: 'POWER_NO_VM',
      message: 'libvirt knows no VM box-7; it knows box-1, box-5, box-50.',
      cure: having('names: { box-7: NAME }'),
    })
  })

  test('names of the cluster file win, and the language is the one it is read in', async () => {
    const { power, fake } = driver(
      'virsh',
      { ...common, [`${c} domstate box-50`]: 'shut off\n' },
      { driver: 'libvirt', names: { 'box-5': 'box-50' } },
    )
    expect(await power.state('box-5')).toBe('off')
    expect(await power.list()).toEqual(['box-1', 'box-5', 'box-50'])
    expect(fake.calls()).toContain(`${c} domstate box-50`)
  })
})

describe.each(['incus', 'lxd'] as const)('%s', (name) => {
  const row = (vm: string, status: string, stateful = false) => ({
    ...{
      name: vm,
      status,
      status_code: 102,
      type: 'virtual-machine',
      stateful,
      project: 'default',
    },
  })
  const list = (...all: [string, boolean?][]) => ({
    'list --format json': all.map(([status, stateful]) =>
      JSON.stringify([row('box-50', 'Running'), row('box-5', status, stateful)]),
    ),
  })
  rows(name === 'incus' ? 'incus' : 'lxc', { driver: name }, {}, [
    ['state', list(['Running']), 'running'],
    ['state', list(['Stopped']), 'off'],
    ['state', list(['Stopping']), 'unknown'],
    ['state', list(['Frozen']), 'unknown'],
    ['state', list(['Error']), 'unknown'],
    ['start', { ...list(['Stopped']), 'start box-5': '' }, undefined, 'start box-5'],
    ['cut', { ...list(['Running']), 'stop box-5 --force': '' }, undefined, 'stop box-5 --force'],
    [
      'stop',
      { ...list(['Running']), 'stop box-5 --timeout 60': '' },
      undefined,
      'stop box-5 --timeout 60',
    ],
    [
      'start',
      {
        ...list(['Stopped'], ['Stopped'], ['Running']),
        'start box-5': failed('Error: The instance is already running\n'),
      },
      undefined,
    ],
    [
      'cut',
      {
        ...list(['Running'], ['Running'], ['Stopped']),
        'stop box-5 --force': failed('Error: The instance is already stopped\n'),
      },
      undefined,
    ],
    ['start', list(['Frozen']), { code: 'POWER_STUCK' }],
    [
      'start',
      { ...list(['Stopped']), 'start box-5': failed('Error: Instance not found\n') },
      { code: 'POWER_NO_VM' },
    ],
    [
      'stop',
      {
        ...list(['Running']),
        'stop box-5 --timeout 60': failed(
          'Error: Failed shutting down instance, status is "Running": context deadline exceeded\nTry `incus info --show-log box-5` for more info\n',
        ),
      },
      { code: 'POWER_FAILED', message: having('status is "Running"'), cure: having('how: cut') },
    ],
  ])

  test('a VM that was stopped with its memory wakes with a word about it', async () => {
    const program = name === 'incus' ? 'incus' : 'lxc'
    const { power, told } = driver(
      program,
      { ...list(['Stopped', true]), 'start box-5': '' },
      { driver: name },
    )
    await power.start('box-5')
    expect(told).toEqual([having('box-5 was saved, not shut down')])
  })
})

describe('multipass', () => {
  const list = (...states: string[]) => ({
    'list --format json': states.map((state) =>
      JSON.stringify({ list: [{ ipv4: [], name: 'box-5', release: '22.04 LTS', state }] }),
    ),
  })
  rows('multipass', { driver: 'multipass' }, {}, [
    ['state', list('Running'), 'running'],
    ['state', list('Stopped'), 'off'],
    ['state', list('Suspended'), 'off'],
    ['state', list('Delayed Shutdown'), 'unknown'],
    ['state', list('Unknown'), 'unknown'],
    [
      'start',
      { ...list('Stopped'), 'start box-5 --timeout 300': '' },
      undefined,
      'start box-5 --timeout 300',
    ],
    ['cut', { ...list('Running'), 'stop --force box-5': '' }, undefined, 'stop --force box-5'],
    ['stop', { ...list('Running'), 'stop box-5': '' }, undefined, 'stop box-5'],
    ['start', list('Deleted'), { code: 'POWER_STUCK', cure: having('multipass recover') }],
    [
      'start',
      {
        ...list('Stopped'),
        'start box-5 --timeout 300': failed('start failed: instance "box-5" does not exist\n', 2),
      },
      { code: 'POWER_NO_VM' },
    ],
    [
      'start',
      { ...list('Stopped'), 'start box-5 --timeout 300': [failed('retry\n', 4), ''] },
      undefined,
    ],
    [
      'start',
      {
        ...list('Stopped'),
        'start box-5 --timeout 300': failed('start failed: timed out waiting for response\n', 2),
      },
      { code: 'POWER_FAILED', message: having('exit code 2: start failed: timed out') },
    ],
  ])
})

describe('vagrant', () => {
  const part = { driver: 'vagrant', folder: '/tmp' } as const
  const about = (vm: string, state: string) =>
    `1395686567,${vm},metadata,provider,virtualbox\r\n1395686567,${vm},provider-name,virtualbox\r\n` +
    `1395686567,${vm},state,${state}\r\n1395686567,${vm},state-human-short,${state}\r\n` +
    `1395686567,${vm},state-human-long,The VM is ${state}%!(VAGRANT_COMMA) as said.\\nSee up.\r\n`
  const all = { 'status --machine-readable': about('box-1', 'running') + about('box-5', 'running') }
  const state = (...states: string[]) => ({
    'status box-5 --machine-readable': states.map((one) => about('box-5', one)),
  })
  const up = 'up box-5 --no-provision --machine-readable'
  const wrong = (type: string, text: string) => ({
    out: `1395686567,,error-exit,Vagrant::Errors::${type},${text}\n`,
    code: 1,
  })
  const locked = wrong(
    'MachineActionLockedError',
    "An action 'up' was attempted on the machine 'box-5'%!(VAGRANT_COMMA)\\nbut another process is already executing an action on the machine.",
  )
  rows('vagrant', part, all, [
    ['state', state('running'), 'running'],
    ...['poweroff', 'saved', 'aborted', 'shutoff', 'not_running', 'off', 'aborted-saved'].map(
      (one): Row => ['state', state(one), 'off'],
    ),
    ...['stopping', 'not_created', 'inaccessible', 'gurumeditation', 'paused'].map(
      (one): Row => ['state', state(one), 'unknown'],
    ),
    ['start', { ...state('poweroff'), [up]: '' }, undefined, up],
    [
      'cut',
      { ...state('running'), 'halt --force box-5 --machine-readable': '' },
      undefined,
      'halt --force box-5 --machine-readable',
    ],
    [
      'stop',
      { ...state('running'), 'halt box-5 --machine-readable': '' },
      undefined,
      'halt box-5 --machine-readable',
    ],
    ['start', { ...state('poweroff', 'running'), [up]: locked }, undefined],
    ['start', { ...state('poweroff'), [up]: [locked, ''] }, undefined, up],
    ['start', state('not_created'), { code: 'POWER_STUCK', cure: having('vagrant up') }],
    [
      'start',
      { ...state('poweroff'), [up]: wrong('VirtualBoxUserMismatch', 'uid 0') },
      { code: 'POWER_DENIED' },
    ],
    [
      'start',
      {
        ...state('poweroff'),
        [up]: wrong('VBoxManageError', 'There was an error%!(VAGRANT_COMMA) see above'),
      },
      { code: 'POWER_FAILED', message: having('There was an error, see above') },
    ],
    [
      'state',
      {
        'status box-5 --machine-readable': wrong(
          'NoEnvironmentError',
          'A Vagrant environment is required',
        ),
      },
      { code: 'POWER_FAILED', cure: having('folder') },
    ],
  ])
})

describe('hyper-v', () => {
  const part = { driver: 'hyper-v', executable: 'powershell.exe' } as const
  const list = { '~ForEach-Object': 'box-1\tRunning\r\nbox-5\tOff\r\n' }
  const state = (...all: string[]) => ({ '~GRADE_VM).State': all.map((one) => `${one}\r\n`) })
  const missing =
    'FullyQualifiedErrorId : InvalidParameter,Microsoft.HyperV.PowerShell.Commands.GetVM\r\nHyper-V no ha trobat cap màquina\r\n'
  const denied =
    'FullyQualifiedErrorId : AccessDenied,Microsoft.HyperV.PowerShell.Commands.StartVM\r\nYou do not have the required permission to complete this task.\r\n'
  rows('powershell.exe', part, list, [
    ['state', state('Running'), 'running'],
    ['state', state('Off'), 'off'],
    ['state', state('Saved'), 'off'],
    ['state', state('Stopping'), 'unknown'],
    ['state', state('OffCritical'), 'unknown'],
    [
      'start',
      { ...state('Off'), '~Start-VM': '' },
      undefined,
      having('Hyper-V\\Start-VM -Name $env:GRADE_VM'),
    ],
    [
      'cut',
      { ...state('Running'), '~-TurnOff': '' },
      undefined,
      having('-TurnOff -Force -Confirm:$false'),
    ],
    ['stop', { ...state('Running'), '~Stop-VM': '' }, undefined],
    ['start', state('Paused'), { code: 'POWER_STUCK' }],
    ['state', { '~GRADE_VM).State': failed(missing) }, { code: 'POWER_NO_VM' }],
    [
      'start',
      { ...state('Off'), '~Start-VM': failed(denied) },
      { code: 'POWER_DENIED', cure: having('Hyper-V Administrators') },
    ],
  ])

  test('the name of a VM is never a part of the script', async () => {
    const odd = "box-5'; Remove-Item x; '"
    const { power, fake } = driver(
      'powershell.exe',
      { '~ForEach-Object': `${odd}\tOff\r\n`, ...state('Off'), '~Start-VM': '' },
      { ...part, names: { 'box-5': odd } },
    )
    await power.start('box-5')
    expect(fake.calls().join('\n')).not.toContain('Remove-Item')
  })
})

test('a program that is not here is named, and what to do', async () => {
  const file = clusterFileSchema.parse({
    server: 'box-1',
    power: { driver: 'libvirt', executable: '/nowhere/virsh' },
  })
  await expect(createPower(file, wallClock()).start('box-5')).rejects.toMatchObject({
    code: 'POWER_NO_PROGRAM',
    message: 'libvirt cannot be asked: /nowhere/virsh was not found on this machine.',
  })
})

test('every driver that met no hypervisor says so', () => {
  const parts: PowerFileInput[] = [
    ...(['virtualbox', 'libvirt', 'incus', 'lxd', 'multipass', 'vmware', 'hyper-v'] as const).map(
      (name) => ({ driver: name }),
    ),
    { driver: 'vagrant', folder: '.' },
    { driver: 'proxmox', url: 'https://pve:8006' },
  ]
  for (const power of parts) {
    const file = clusterFileSchema.parse({ server: 'box-1', power })
    expect(tellIn(createPower(file, wallClock()).untried, 'en'), power.driver).toMatch(
      /never against/,
    )
  }
})
