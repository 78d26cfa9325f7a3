import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { wallClock } from '../../time/clock.ts'
import { type ClusterFileInput, clusterFileSchema } from '../file.ts'
import type { Ran, Ssh } from '../ssh/ssh.ts'
import { mayStop, stopVm } from '../stop.ts'
import { createPower } from './power.ts'

const power = (part?: ClusterFileInput['power']) =>
  createPower(clusterFileSchema.parse({ server: 'box-1', power: part }), wallClock())

test('the lab door is asked to start and to cut, and says the state', async () => {
  const asked: string[] = []
  const server = createServer((req, res) => {
    asked.push(`${req.method} ${req.url}`)
    if (req.url === '/vms') res.end('{"box-5":"running","box-7":"off","box-8":"stopping"}')
    else res.writeHead(req.url?.includes('box-9') ? 404 : 204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const lab = power({ driver: 'lab', address, how: 'cut' })
  expect(lab.how).toBe('cut')
  await lab.start('box-7')
  await lab.cut('box-5')
  expect(asked).toEqual(['POST /vms/box-7/start', 'POST /vms/box-5/cut'])
  expect(await lab.state('box-5')).toBe('running')
  expect(await lab.state('box-7')).toBe('off')
  expect(await lab.state('box-8')).toBe('unknown')
  await expect(lab.start('box-9')).rejects.toThrow('The lab did not start box-9: HTTP 404')
  server.close()
})

test('lines of the cluster file get the name and the number', async () => {
  const own = power({ driver: 'command', start: 'true', state: 'test {vm} = box-7 && echo off' })
  await own.start('box-7')
  expect(await own.state('box-7')).toBe('off')
  await expect(own.state('box-8')).rejects.toThrow('For box-8, "test box-8 = box-7 && echo off"')
  const numbered = power({ driver: 'command', start: 'echo no {n} >&2; exit 4' })
  await expect(numbered.start('box-7')).rejects.toThrow('ended with exit code 4: no 7.')
  await expect(numbered.start('seven')).rejects.toThrow('seven has no number at its end')
  await expect(numbered.cut('box-7')).rejects.toThrow('"power:" has no cut line')
  expect(await numbered.state('box-7')).toBe('unknown')
})

test('a node name never becomes a shell command', async () => {
  const own = power({ driver: 'command', start: 'true {vm}' })
  await expect(own.start('x; touch /tmp/owned')).rejects.toMatchObject({ code: 'POWER_NAME' })
})

test('without a power part nothing can be started, and that is said', async () => {
  expect(power().can).toEqual({ start: false, cut: false })
  await expect(power().start('box-7')).rejects.toMatchObject({ code: 'POWER_NONE' })
})

const vm = { name: 'box-7', host: '192.168.56.107' }
const ran = (part: Partial<Ran>): Ran => ({
  code: 0,
  stdout: '',
  stderr: '',
  lost: false,
  ...part,
})
function scripted(answers: Record<string, Ran>): { ssh: Ssh; asked: string[] } {
  const asked: string[] = []
  const ssh: Ssh = {
    async exec(_vm, command) {
      asked.push(command)
      return answers[command] ?? ran({})
    },
  }
  return { ssh, asked }
}

test('an orderly stop asks for the right first, and takes a lost link as accepted', async () => {
  const { ssh, asked } = scripted({
    'sudo -n systemctl poweroff': ran({ code: undefined, lost: true }),
  })
  await stopVm(vm, 'orderly', { ssh, power: power() })
  expect(asked).toEqual(['sudo -n true', 'sudo -n systemctl poweroff'])
})

test.each([
  'sudo: a password is required',
  'sudo: interactive authentication is required',
  'sudo: sorry, you must have a tty to run sudo',
  'box is not in the sudoers file.  This incident will be reported.',
  'Sorry, user box may not run sudo on box-7.',
])('"%s" names the line for sudoers', async (stderr) => {
  const { ssh, asked } = scripted({ 'sudo -n true': ran({ code: 1, stderr }) })
  await expect(mayStop(ssh, vm)).rejects.toMatchObject({
    code: 'STOP_NOT_ALLOWED',
    message: `On box-7, "sudo -n true" ended with 1: ${stderr}.`,
    cure: expect.stringContaining('NOPASSWD'),
  })
  expect(asked).toEqual(['sudo -n true'])
})

test('a stop that fails otherwise says what was seen', async () => {
  const { ssh } = scripted({
    'sudo -n systemctl poweroff': ran({ code: 127, stderr: 'systemctl: command not found' }),
  })
  await expect(stopVm(vm, 'orderly', { ssh, power: power() })).rejects.toMatchObject({
    code: 'STOP_FAILED',
    message: 'On box-7, "sudo -n systemctl poweroff" ended with 127: systemctl: command not found.',
  })
})
