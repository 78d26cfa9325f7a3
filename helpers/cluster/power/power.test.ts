import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { inLanguage, type Message } from '../../language/message.ts'
import { wallClock } from '../../time/clock.ts'
import { type ClusterFileInput, clusterFileSchema } from '../file.ts'
import { fakeProgram } from './fakes/fake.ts'
import { createPower, type PowerHelp } from './power.ts'

const power = (part?: ClusterFileInput['power'], help?: PowerHelp) =>
  createPower(clusterFileSchema.parse({ server: 'box-1', power: part }), wallClock(), help)

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

test('stop, cut and list lines; without them what they do is not promised', async () => {
  const some = power({ driver: 'command', start: 'true' })
  expect(some.can).toEqual({ start: true, cut: false, stop: false })
  expect(some.ownStop).toBe(false)
  expect(await some.list()).toBeUndefined()
  const all = power({
    driver: 'command',
    start: 'true',
    stop: 'test {vm} = xtec-7',
    cut: 'test {vm}-{n} = xtec-7-7',
    list: "printf 'xtec-5\\r\\n\\nxtec-7\\n'",
    names: { 'box-7': 'xtec-7' },
  })
  expect(all.can).toEqual({ start: true, cut: true, stop: true })
  expect(all.ownStop).toBe(true)
  await all.stop('box-7')
  await all.cut('box-7')
  await expect(all.stop('box-8')).rejects.toMatchObject({ code: 'POWER_COMMAND' })
  expect(await all.list()).toEqual(['xtec-5', 'xtec-7'])
})

test.each(['paused', 'Off', 'off running', ''])(
  'a state line that prints "%s" says nothing',
  async (said) => {
    const own = power({ driver: 'command', start: 'true', state: `echo "${said}"` })
    expect(await own.state('box-7')).toBe('unknown')
  },
)

test('a line that leaves something running in the background is over when it ends', async () => {
  const own = power({ driver: 'command', start: 'sleep 20 & echo started' })
  const began = performance.now()
  await own.start('box-7')
  expect(performance.now() - began).toBeLessThan(10_000)
})

test('by hand: a person is asked, and without one nothing is promised', async () => {
  const told: string[] = []
  const say = (sentence: Message) => told.push(inLanguage(sentence, 'en'))
  const here = power({ driver: 'manual' }, { say, terminal: true })
  expect(here.can).toEqual({ start: true, cut: true, stop: false })
  await here.start('box-7')
  expect(told).toEqual(['Start box-7 now (it is waited for).'])
  expect(await here.state('box-7')).toBe('unknown')
  const alone = power({ driver: 'manual' }, { say, terminal: false })
  expect(alone.can).toEqual({ start: false, cut: false, stop: false })
  await expect(alone.start('box-7')).rejects.toMatchObject({
    code: 'POWER_BY_HAND',
    cure: 'Start box-7 by hand, then run: grade restore',
  })
})

test('without a power part nothing is switched, and the driver that knows the VM is named', async () => {
  expect(power().can).toEqual({ start: false, cut: false, stop: false })
  await expect(power().start('box-7')).rejects.toMatchObject({ code: 'POWER_NONE' })
  const virsh = fakeProgram('virsh', {
    '-c qemu:///system list --all --name': 'box-7\n',
    '--version': '9.0.0\n',
  })
  const fault = await power()
    .start('box-7')
    .catch((error) => error)
  virsh.remove()
  expect(fault).toMatchObject({ cure: expect.stringContaining('power: { driver: libvirt }') })
})
