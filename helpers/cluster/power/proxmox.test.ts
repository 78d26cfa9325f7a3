import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { wallClock } from '../../time/clock.ts'
import { clusterFileSchema } from '../file.ts'
import { createPower } from './power.ts'
import type { PowerFileInput } from './schema.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

type Said = { status?: number; data?: unknown; message?: string }
const vms = [
  { vmid: 101, name: 'box-5', node: 'pve', type: 'qemu', status: 'running' },
  { vmid: 102, name: 'box-7', node: 'pve', type: 'qemu', status: 'stopped' },
  { vmid: 202, name: 'box-7', node: 'other', type: 'lxc', status: 'stopped' },
  { vmid: 900, name: 'box-8', node: 'pve', type: 'qemu', status: 'stopped', template: 1 },
]
const upid = 'UPID:pve:0003A3F9:01D2:65A:qmstart:101:grade@pve!t:'
const taskPath = `GET /nodes/pve/tasks/${encodeURIComponent(upid)}/status`
const current = (...all: object[]) => ({
  'GET /nodes/pve/qemu/101/status/current': all.map((data) => ({ data })),
})
const task = (...all: (string | undefined)[]) => ({
  [taskPath]: all.map((exitstatus) => ({
    data: exitstatus === undefined ? { status: 'running' } : { status: 'stopped', exitstatus },
  })),
})

/** A server that answers from the table, one after the other and the last one for ever. */
async function proxmox(table: Record<string, Said[]>, part: Partial<PowerFileInput> = {}) {
  const all: Record<string, Said[]> = {
    'GET /cluster/resources?type=vm': [{ data: vms }],
    ...table,
  }
  const asked: string[] = []
  const tokens = new Set<string | undefined>()
  const seen: Record<string, number> = {}
  server = createServer((req, res) => {
    const what = `${req.method} ${req.url?.replace('/api2/json', '')}`
    asked.push(what)
    tokens.add(req.headers.authorization)
    const answers = all[what] ?? [{ status: 501, message: `not in the table: ${what}` }]
    const at = Math.min(seen[what] ?? 0, answers.length - 1)
    seen[what] = at + 1
    const { status = 200, data = null, message } = answers[at] ?? {}
    res.writeHead(status, { 'content-type': 'application/json' })
    res.end(JSON.stringify({ data, ...(message && { message: `${message}\n` }) }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const power = { driver: 'proxmox', url, token: 'grade@pve!t=secret', ...part } as PowerFileInput
  const file = clusterFileSchema.parse({ server: 'box-1', power })
  return { power: createPower(file, wallClock()), asked, tokens }
}

test.each([
  [{ status: 'running', qmpstatus: 'running' }, 'running'],
  [{ status: 'running', qmpstatus: 'paused' }, 'unknown'],
  [{ status: 'running', qmpstatus: 'prelaunch' }, 'unknown'],
  [{ status: 'stopped', qmpstatus: 'stopped' }, 'off'],
  [{ status: 'stopped', lock: 'suspended' }, 'off'],
  [{}, 'unknown'],
])('%j is %s', async (data, state) => {
  const { power, tokens } = await proxmox(current(data))
  expect(await power.state('box-5')).toBe(state)
  expect([...tokens]).toEqual(['PVEAPIToken=grade@pve!t=secret'])
})

test('a start waits for its task, through a busy lock', async () => {
  const { power, asked } = await proxmox({
    ...current({ status: 'stopped', qmpstatus: 'stopped' }),
    ...task(undefined, "can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout", 'OK'),
    'POST /nodes/pve/qemu/101/status/start': [{ data: upid }],
  })
  await power.start('box-5')
  expect(asked.filter((what) => what.startsWith('POST'))).toHaveLength(2)
})

test('"already running" is looked at again, warnings are success', async () => {
  const { power } = await proxmox({
    ...current(
      { status: 'stopped', qmpstatus: 'stopped' },
      { status: 'running', qmpstatus: 'running' },
    ),
    ...task('VM 101 already running'),
    'POST /nodes/pve/qemu/101/status/start': [{ data: upid }],
  })
  await power.start('box-5')
  const stop = await proxmox({
    ...current({ status: 'running', qmpstatus: 'running' }, { status: 'stopped' }),
    ...task('WARNINGS: 1'),
    'POST /nodes/pve/qemu/101/status/stop': [{ data: upid }],
  })
  await stop.power.cut('box-5')
  expect(await stop.power.state('box-5')).toBe('off')
})

test('a cut under high availability is over when the VM is off, not when its task is', async () => {
  const up = { status: 'running', qmpstatus: 'running' }
  const { power, asked } = await proxmox({
    ...current(up, up, { status: 'stopped' }),
    ...task('OK'),
    'POST /nodes/pve/qemu/101/status/stop': [{ data: upid }],
  })
  await power.cut('box-5')
  expect(asked.slice(-2)).toEqual(Array(2).fill('GET /nodes/pve/qemu/101/status/current'))
})

test('a guest that does not follow is said', async () => {
  const { power } = await proxmox({
    ...current({ status: 'running', qmpstatus: 'running' }),
    ...task('VM quit/powerdown failed - got timeout'),
    'POST /nodes/pve/qemu/101/status/shutdown': [{ data: upid }],
  })
  await expect(power.stop('box-5')).rejects.toMatchObject({
    code: 'POWER_FAILED',
    message: 'Proxmox could not shutdown box-5: VM quit/powerdown failed - got timeout.',
  })
})

test('a paused VM is said before anything is asked', async () => {
  const { power } = await proxmox(current({ status: 'running', qmpstatus: 'paused' }))
  await expect(power.start('box-5')).rejects.toMatchObject({ code: 'POWER_STUCK' })
})

test('a right that is missing is named with the trap of tokens, and the token is never told', async () => {
  const { power } = await proxmox({
    ...current({ status: 'stopped', qmpstatus: 'stopped' }),
    'POST /nodes/pve/qemu/101/status/start': [
      { status: 403, message: 'Permission check failed (/vms/101, VM.PowerMgmt)' },
    ],
  })
  const error = await power.start('box-5').catch((e) => e)
  expect(error).toMatchObject({
    code: 'POWER_DENIED',
    message:
      'Proxmox answered POST /nodes/pve/qemu/101/status/start with HTTP 403: ' +
      'Permission check failed (/vms/101, VM.PowerMgmt).',
    cure: expect.stringContaining('privilege separation'),
  })
  expect(JSON.stringify(error)).not.toContain('secret')
})

test('a token that is wrong, and one that is missing', async () => {
  const { power } = await proxmox({
    'GET /cluster/resources?type=vm': [{ status: 401, message: 'no such user' }],
  })
  await expect(power.list()).rejects.toMatchObject({
    code: 'POWER_DENIED',
    cure: expect.stringContaining('USER@REALM!TOKENID=UUID'),
  })
  const without = await proxmox({}, { token: undefined })
  await expect(without.power.list()).rejects.toMatchObject({
    message: 'Proxmox cannot be asked: there is no token.',
  })
})

test('two of one name are told apart by host or number, templates are none', async () => {
  const { power } = await proxmox({})
  await expect(power.state('box-7')).rejects.toMatchObject({ code: 'POWER_NO_VM' })
  await expect(power.state('box-8')).rejects.toMatchObject({ code: 'POWER_NO_VM' })
  const off = { 'GET /nodes/pve/qemu/102/status/current': [{ data: { status: 'stopped' } }] }
  const one = await proxmox(off, { node: 'pve' } as PowerFileInput)
  expect(await one.power.state('box-7')).toBe('off')
  const numbered = await proxmox(off, { names: { 'box-7': '102' } })
  expect(await numbered.power.state('box-7')).toBe('off')
})

const openssl = spawnSync('openssl', ['version']).status === 0

test.skipIf(!openssl)(`its own certificate${openssl ? '' : ' (skipped: no openssl)'}`, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pve-'))
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
  const ask = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=pve'
  const words = [...ask.split(' '), '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', [...words, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const tls = { key: readFileSync(key), cert: readFileSync(cert) }
  const host = createTlsServer(tls, (_req, res) => res.end(JSON.stringify({ data: vms })))
  host.listen(0, '127.0.0.1')
  await once(host, 'listening')
  const url = `https://127.0.0.1:${(host.address() as AddressInfo).port}`
  const names = async (part: { ca?: string; verify?: boolean }) => {
    const power = { driver: 'proxmox', url, token: 'a@b!c=d', ...part } as const
    return await createPower(
      clusterFileSchema.parse({ server: 'box-1', power }),
      wallClock(),
    ).list()
  }
  try {
    await expect(names({})).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      cure: expect.stringContaining('power: ca:'),
    })
    expect(await names({ verify: false })).toContain('box-5')
    expect(await names({ ca: cert })).toContain('box-5')
  } finally {
    host.close()
    rmSync(dir, { recursive: true })
  }
})
