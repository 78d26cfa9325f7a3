import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordLab } from '../bin/lab/record.ts'
import { labFront, readerLanguage } from '../bin/lab/server.ts'
import type { Lab } from '../lab/contract.ts'
import { startLab } from '../lab/lab.ts'
import { type FaultSwitch, faultNames, makeFaultSwitch, namedFaults } from '../lab/named-faults.ts'

let lab: Lab
let faults: FaultSwitch
let port: number

beforeAll(async () => {
  lab = await startLab({ seed: 1, time: { kind: 'wall', speed: 20 } })
  faults = makeFaultSwitch(lab.world)
  const front = { record: recordLab(lab), faults, speed: 20, lines: '', language: undefined }
  lab.front(labFront({ ...front, end() {} }))
  port = Number(lab.doors.power?.split(':')[1])
})
afterAll(() => lab.close())

/** As any program, or a browser for any page, may ask; `Host` too is the asker's. */
async function ask(method: string, path: string, headers: Record<string, string> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>()
  const asked = request({ host: '127.0.0.1', port, method, path, headers, timeout: 5000 })
  asked.on('error', reject)
  asked.on('response', async (response) => {
    const body = (await Array.fromAsync(response, String)).join('')
    resolve({ status: response.statusCode ?? 0, body })
  })
  asked.end()
  return promise
}

const own = { 'X-Grade-Lab': '1' }
const power = (vm: string) => lab.view().vms.find(({ name }) => name === vm)?.power

test('no page of somebody else stops a VM, switches a fault or reads anything', async () => {
  const here = `127.0.0.1:${port}`
  const strangers: [string, string, Record<string, string>][] = [
    ['a page elsewhere', 'POST', { Origin: 'https://example.org' }],
    ['a form in a sandbox', 'POST', { Origin: 'null' }],
    ['another program of this machine', 'POST', { Origin: 'http://127.0.0.1:9' }],
    ['a browser that names no origin', 'POST', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a name that points here', 'POST', { Host: `evil.example:${port}`, ...own }],
    ['a name that points here, to read', 'GET', { Host: `evil.example:${port}` }],
    ['the same, with our own origin', 'POST', { Host: 'evil.example', Origin: `http://${here}` }],
  ]
  for (const [who, method, headers] of strangers) {
    const paths = ['/vms/box-7/cut', '/fault/dns-slow', '/end', '/vms', '/state', '/']
    for (const path of method === 'POST' ? paths.slice(0, 3) : paths.slice(3)) {
      expect([who, path, (await ask(method, path, headers)).status]).toEqual([who, path, 403])
    }
  }
  // Without the header that no form can send, not even our own page.
  expect((await ask('POST', '/fault/dns-slow', { Origin: `http://${here}` })).status).toBe(403)
  expect(power('box-7')).toBe('running')
  expect(faults.on).toBeUndefined()

  const ours = { Origin: `http://${here}`, 'Sec-Fetch-Site': 'same-origin', ...own }
  expect((await ask('POST', '/fault/dns-slow', ours)).status).toBe(204)
  expect(faults.on?.name).toBe('dns-slow')
  expect((await ask('POST', '/fault/none', own)).status).toBe(204)
  expect((await ask('POST', '/vms/box-7/cut', ours)).status).toBe(204)
  expect(power('box-7')).toBe('off')
  // A line to paste has no origin.
  expect((await ask('POST', '/vms/box-7/start', { Host: `localhost:${port}` })).status).toBe(204)
  expect(power('box-7')).toBe('booting')
})

test('each fault changes something, and nothing is left of it when it is switched off', () => {
  const seen = () => JSON.stringify(lab.world.faults, plainly)
  const images = () => [...(lab.world.vms.get('box-8')?.images ?? [])]
  const before = [seen(), images()]
  for (const name of faultNames) {
    faults.set({ name, vm: 'box-8' })
    expect(seen(), name).not.toBe(before[0])
    expect(faults.on).toEqual({ name, vm: namedFaults[name].ofVm ? 'box-8' : '' })
  }
  faults.set(undefined)
  expect([seen(), images()]).toEqual(before)
  const box8 = lab.world.vms.get('box-8')
  expect(box8?.isListening(80)).toBe(false)
})

test('a program that has port 80 has it again when its VM is back', async () => {
  const vm = lab.world.vms.get('box-5')
  faults.set({ name: 'port-80-taken', vm: 'box-5' })
  vm?.stop('cut')
  expect(vm?.isListening(80)).toBe(false)
  vm?.start()
  await expect.poll(() => vm?.isListening(80), { timeout: 5000 }).toBe(true)
  faults.set(undefined)
  expect(vm?.isListening(80)).toBe(false)
})

const plainly = (_: string, value: unknown) =>
  value instanceof Set || value instanceof Map
    ? [...value]
    : typeof value === 'function'
      ? 'f'
      : value

test('wrong faults are refused with a sentence', async () => {
  const wrong: [string, number, RegExp][] = [
    ['/fault/dns-slwo', 404, /no fault called dns-slwo/],
    ['/fault/disk-full', 404, /no client called/],
    ['/fault/disk-full?vm=box-1', 404, /no client called box-1/],
    ['/fault/disk-full?vm=box-99', 404, /no client called box-99/],
    ['/nothing', 404, /nothing here/],
  ]
  for (const [path, status, says] of wrong) {
    const { status: got, body } = await ask('POST', path, own)
    expect([path, got]).toEqual([path, status])
    expect(body).toMatch(says)
  }
  expect((await ask('DELETE', '/')).status).toBe(405)
})

test('the page is in the language of its reader', async () => {
  const wanted: [string, string][] = [
    ['ca,es;q=0.8', 'ca'],
    ['de, es-AR;q=0.7, en;q=0.2', 'es'],
    ['en;q=0.2, ca-ES;q=0.9', 'ca'],
    ['', 'en'],
    ['xx;q=y', 'en'],
  ]
  for (const [header, language] of wanted) expect(readerLanguage(header), header).toBe(language)
  const { body } = await ask('GET', '/', { 'Accept-Language': 'ca' })
  expect(body).toMatch(/<html lang="ca">[\s\S]*Què ha passat al laboratori/)
})
