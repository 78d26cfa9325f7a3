import { expect, test } from 'vitest'
import { inLanguage, type Message } from '../language/message.ts'
import type { Power } from './power/power.ts'
import type { Ran } from './ssh/ssh.ts'
import { mayStop, stopVm } from './stop.ts'

const vm = { name: 'box-7', host: '192.168.56.107' }
const ran = (part: Partial<Ran>): Ran => ({ code: 0, stdout: '', stderr: '', lost: false, ...part })
const powerOff = 'sudo -n systemctl poweroff'
const who = (name: string, id: number, systemctl = '/usr/bin/systemctl') =>
  ran({ stdout: `${name}\n${id}\n${systemctl}\n/usr/bin/true\n` })

/** A VM whose commands answer by the table; what is not in it ends well. */
function vmThat(answers: Record<string, Ran | Error>) {
  const asked: string[] = []
  const exec = async (_vm: unknown, command: string) => {
    const key = command.startsWith("sh -c 'id") ? 'id' : command
    asked.push(key)
    const answer = answers[key] ?? ran({})
    if (answer instanceof Error) throw answer
    return answer
  }
  return { ssh: { exec }, asked }
}

/** A driver that notes what it is asked. */
function driver(part: Partial<Power> = {}) {
  const asked: string[] = []
  const power: Power = {
    how: 'orderly',
    describe: 'VirtualBox',
    untried: '',
    can: { start: true, cut: true, stop: false },
    start: async (name) => void asked.push(`start ${name}`),
    cut: async (name) => void asked.push(`cut ${name}`),
    stop: async (name) => void asked.push(`stop ${name}`),
    state: async () => 'unknown',
    list: async () => undefined,
    ...part,
  }
  return { power, asked }
}
const button = { can: { start: true, cut: true, stop: true } }

test.each([
  ['the link goes away', ran({ code: undefined, lost: true })],
  ['it ends well', ran({})],
])('an orderly stop is one command, and is accepted when %s', async (_what, answer) => {
  const { ssh, asked } = vmThat({ [powerOff]: answer })
  const { power, asked: switched } = driver(button)
  await stopVm(vm, 'orderly', { ssh, power })
  expect(asked).toEqual([powerOff])
  expect(switched).toEqual([])
})

test('a cut never goes over SSH', async () => {
  const { ssh, asked } = vmThat({})
  const { power, asked: switched } = driver()
  await stopVm(vm, 'cut', { ssh, power })
  expect([asked, switched]).toEqual([[], ['cut box-7']])
})

test('the line that the teacher wrote goes before SSH', async () => {
  const { ssh, asked } = vmThat({})
  const { power, asked: switched } = driver({ ...button, ownStop: true })
  await stopVm(vm, 'orderly', { ssh, power })
  expect([asked, switched]).toEqual([[], ['stop box-7']])
})

const refusals = [
  'sudo: a password is required',
  'sudo: interactive authentication is required',
  'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required',
  "sudo: a terminal is required to read the password; either use ssh's -t option or configure an askpass helper",
  'sudo: no tty present and no askpass program specified',
  'A terminal is required to authenticate',
  'sudo: sorry, you must have a tty to run sudo',
  'alumne is not in the sudoers file.  This incident will be reported.',
  'Sorry, user alumne may not run sudo on box-7.',
  "Sorry, user alumne may not run '/usr/bin/systemctl poweroff' on box-7.",
  'sudo: es requereix una contrasenya',
]

test.each(refusals)('"%s" names the line for that user', async (stderr) => {
  const no = ran({ code: 1, stderr })
  const { ssh } = vmThat({ 'sudo -n true': no, [powerOff]: no, id: who('alumne', 1000) })
  const fault = {
    code: 'STOP_NOT_ALLOWED',
    cure: expect.stringContaining(
      'into /etc/sudoers.d/grade: alumne ALL=(root) NOPASSWD: /usr/bin/systemctl poweroff, /usr/bin/true',
    ),
  }
  await expect(mayStop(ssh, vm)).rejects.toMatchObject(fault)
  const { power, asked } = driver()
  await expect(stopVm(vm, 'orderly', { ssh, power })).rejects.toMatchObject(fault)
  expect(asked).toEqual([])
})

test('a refusal is told with the command and the first line', async () => {
  const stderr = 'sudo: a password is required\nmore\n'
  const { ssh } = vmThat({
    'sudo -n true': ran({ code: 1, stderr }),
    id: who('box', 1000, '/bin/systemctl'),
  })
  await expect(mayStop(ssh, vm)).rejects.toMatchObject({
    message: 'On box-7, "sudo -n true" ended with 1: sudo: a password is required.',
    cure: expect.stringContaining('NOPASSWD: /bin/systemctl poweroff'),
  })
})

test('sudo that wants a terminal needs another line too', async () => {
  const stderr = 'sudo: sorry, you must have a tty to run sudo'
  const { ssh } = vmThat({ 'sudo -n true': ran({ code: 1, stderr }), id: who('box', 1000) })
  await expect(mayStop(ssh, vm)).rejects.toMatchObject({
    cure: expect.stringContaining('Defaults:box !requiretty'),
  })
})

const noSudo = ran({ code: 127, stderr: 'sh: 1: sudo: not found' })

test('root needs no sudo', async () => {
  const { ssh, asked } = vmThat({ 'sudo -n true': noSudo, [powerOff]: noSudo, id: who('root', 0) })
  await mayStop(ssh, vm)
  await stopVm(vm, 'orderly', { ssh, power: driver().power })
  expect(asked.at(-1)).toBe('systemctl poweroff')
})

test('without sudo and without root there is no way', async () => {
  const { ssh, asked } = vmThat({
    'sudo -n true': noSudo,
    [powerOff]: noSudo,
    id: who('box', 1000),
  })
  const fault = { code: 'STOP_NOT_ALLOWED', cure: expect.stringContaining('install sudo') }
  await expect(mayStop(ssh, vm)).rejects.toMatchObject(fault)
  await expect(stopVm(vm, 'orderly', { ssh, power: driver().power })).rejects.toMatchObject(fault)
  expect(asked).not.toContain('systemctl poweroff')
})

test.each([
  'Failed to power off system via logind: Interactive authentication required.',
  'Call to PowerOff failed: Interactive authentication required.',
  'Operation inhibited by "apt" (PID 12 "apt", user root), reason is "upgrade".',
])('systemd refuses: "%s"', async (stderr) => {
  const { ssh } = vmThat({ [powerOff]: ran({ code: 1, stderr }) })
  await expect(stopVm(vm, 'orderly', { ssh, power: driver().power })).rejects.toMatchObject({
    code: 'STOP_FAILED',
    message: expect.stringContaining(`"${powerOff}" ended with 1: ${stderr.replace(/\.$/, '')}.`),
    cure: expect.stringContaining('systemd-inhibit --list'),
  })
})

test('where SSH or sudo refuses, the power button is pressed and that is said', async () => {
  const no = ran({ code: 1, stderr: 'sudo: a password is required' })
  const told: string[] = []
  const say = (sentence: Message) => told.push(inLanguage(sentence, 'en'))
  for (const answer of [
    no,
    Object.assign(new Error('nothing listens there.'), { code: 'ECONNREFUSED' }),
  ]) {
    const { ssh } = vmThat({ 'sudo -n true': no, [powerOff]: answer })
    const { power, asked } = driver(button)
    await stopVm(vm, 'orderly', { ssh, power, say })
    expect(asked).toEqual(['stop box-7'])
  }
  expect(told).toEqual([
    'box-7 was asked to stop by VirtualBox, since SSH did not do: On box-7, "sudo -n systemctl poweroff" ended with 1: sudo: a password is required.',
    'box-7 was asked to stop by VirtualBox, since SSH did not do: nothing listens there.',
  ])
})

test('a stop whose answer did not come may be under way: nothing else is tried', async () => {
  const late = Object.assign(new Error('it did not end'), { code: 'SSH_TIMEOUT' })
  const { ssh } = vmThat({ [powerOff]: late })
  const { power, asked } = driver(button)
  await expect(stopVm(vm, 'orderly', { ssh, power })).rejects.toThrow('it did not end')
  expect(asked).toEqual([])
})
