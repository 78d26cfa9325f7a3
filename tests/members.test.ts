import { Socket as Datagrams } from 'node:dgram'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import dns from 'node:dns'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, isIP, Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clusterFileSchema } from '../helpers/cluster/file.ts'
import { straightRoute } from '../helpers/cluster/straight.ts'
import type { Result } from '../helpers/grade/result.ts'
import { createHttp } from '../helpers/http.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { lookAt } from '../helpers/web/look.ts'
import { startLab } from '../lab/lab.ts'
import { type GradeOptions, grade, notPassed, reference, tempFolder } from './harness.ts'

/**
 * Only members of the cluster are contacted (rubric, Who may be asked). Counted where Node itself
 * opens connections, sends datagrams and asks for names, so nothing of ours can go round it: a
 * connection must end at a door of the lab, and what is asked for there must be a member's address.
 */
const seen = {
  /** host:port that this process connected to. */
  connected: [] as string[],
  /** host:port that a door of the lab was asked to lead to. */
  asked: [] as string[],
  datagrams: [] as string[],
  names: [] as string[],
  /** host:port where this process listens: the lab's doors. */
  doors: new Set<string>(),
}

const proxy = createServer((_, response) => response.end())
const proxied: string[] = []
proxy.on('connection', () => proxied.push('a connection'))
const variables = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
]
const own = { connect: Socket.prototype.connect, write: Socket.prototype.write }
const { send, connect, bind } = Datagrams.prototype
const ownDatagrams = { send, connect, bind }
const ownLookup = dns.lookup

const accepted = (message: unknown) => {
  const { socket } = message as { socket: Socket }
  seen.doors.add(`${socket.localAddress}:${socket.localPort}`)
}

beforeAll(async () => {
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    const [to] = given.flat()
    const {
      host = 'localhost',
      port,
      path,
    } = (typeof to === 'object' ? to : { port: to, host: given[1] }) as {
      host?: string
      port?: number
      path?: string
    }
    seen.connected.push(path ?? `${host}:${port}`)
    return Reflect.apply(own.connect, this, given)
  } as typeof own.connect
  Socket.prototype.write = function (this: Socket, ...given: unknown[]) {
    const line = /^CONNECT (\S+) HTTP/.exec(String(given[0]).slice(0, 300))
    if (line?.[1]) seen.asked.push(line[1])
    return Reflect.apply(own.write, this, given)
  } as typeof own.write
  // One that is connected sends without saying where to.
  for (const name of ['send', 'connect'] as const)
    Datagrams.prototype[name] = function (this: Datagrams, ...given: unknown[]) {
      const [port, host] = given.filter((one) => /^(number|string)$/.test(typeof one))
      if (port !== undefined) seen.datagrams.push(`${host}:${port}`)
      return Reflect.apply(ownDatagrams[name], this, given)
    } as never
  Datagrams.prototype.bind = function (this: Datagrams, ...given: unknown[]) {
    this.once('listening', () => seen.doors.add(`127.0.0.1:${this.address().port}`))
    return Reflect.apply(ownDatagrams.bind, this, given)
  } as typeof ownDatagrams.bind
  dns.lookup = ((...given: Parameters<typeof ownLookup>) => {
    // An address is no question to anybody.
    if (isIP(given[0]) === 0) seen.names.push(given[0])
    return ownLookup(...given)
  }) as typeof ownLookup
  subscribe('net.server.socket', accepted)
  proxy.listen(0, '127.0.0.1')
  await new Promise((resolve) => proxy.once('listening', resolve))
  for (const name of variables)
    process.env[name] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
})

afterAll(() => {
  Object.assign(Socket.prototype, own)
  Object.assign(Datagrams.prototype, ownDatagrams)
  dns.lookup = ownLookup
  unsubscribe('net.server.socket', accepted)
  for (const name of variables) delete process.env[name]
  proxy.close()
})

afterEach(() => {
  for (const list of [seen.connected, seen.asked, seen.datagrams, seen.names]) list.length = 0
})

const members = /^192\.168\.56\.10[1578]:\d+$/

/** Everything that was contacted and is neither a door of the lab nor, behind it, a member. */
function elsewhere(): string[] {
  const outside = [...seen.connected, ...seen.datagrams].filter((to) => !seen.doors.has(to))
  return [...new Set([...outside, ...seen.asked.filter((to) => !members.test(to)), ...seen.names])]
}

const stages = readdirSync(reference)

/** The reference with lines added to each service block. */
function withService(folder: string, lines: string): string {
  cpSync(reference, folder, { recursive: true })
  for (const name of stages) {
    const path = join(folder, name)
    const text = readFileSync(path, 'utf8')
    expect(text).toMatch(/service \{/)
    writeFileSync(path, text.replaceAll('service {', `service {\n${lines}`))
  }
  return folder
}

/** An embedded lab has wires within the process: here it is reached by its doors, like a real one. */
async function gradeByDoors(submission: string, options: GradeOptions = {}): Promise<Result> {
  const lab = await startLab({ seed: 1, clients: 3, time: { kind: 'virtual' } })
  try {
    const { clock, world } = lab
    const file = clusterFileSchema.parse(lab.file)
    return await grade(submission, { ...options, given: { file, clock, world } })
  } finally {
    await lab.close()
  }
}

test('a whole run of the reference contacts the lab, there the members, and nobody else', async () => {
  expect(notPassed(await gradeByDoors(reference))).toEqual([])
  expect(elsewhere()).toEqual([])
  // What is counted is not nothing: each kind of door of each member.
  const asked = new Set(seen.asked)
  for (const n of [5, 7, 8])
    for (const port of [22, 80, 8500]) expect(asked).toContain(`192.168.56.10${n}:${port}`)
  expect(asked).toContain('192.168.56.101:4646')
  expect(seen.datagrams.length).toBeGreaterThan(0)
  expect(proxied).toEqual([])
})

const evil = [
  { name: 'an address of the internet', lines: 'address = "203.0.113.9"' },
  { name: 'this machine', lines: 'address = "127.0.0.1"' },
  { name: "another student's VM", lines: 'address = "192.168.56.120"' },
]

for (const { name, lines } of evil)
  test(`a service at ${name}: nothing is sent there, and the item is lost`, async () => {
    using folder = tempFolder()
    const asked = ['01.1', '02.1', '02.2', '03.1', '03.2']
    const result = await gradeByDoors(withService(folder.path, lines), { asked })
    expect(elsewhere()).toEqual([])
    const lost = result.items.filter((item) => item.verdict === 'failed').map(({ id }) => id)
    expect(lost).toEqual(expect.arrayContaining(['01.1', '02.1', '03.1']))
  })

test('entries made by hand, anywhere: nothing is sent there', async () => {
  const entries = ['203.0.113.9', '127.0.0.1', '192.168.56.120', '169.254.169.254', 'evil.example']
  const disturb: GradeOptions['disturb'] = (item, world) => {
    if (item !== '01.1' && item !== '03.1') return
    for (const [n, address] of entries.entries())
      for (const name of ['nginx', 'apache']) {
        const service = { id: `${name}-${n}`, name, address, port: [80, 22][n % 2] ?? 80 }
        world.others.registerService('box-5', { ...service, tags: [], meta: {}, checks: [] })
      }
  }
  const asked = ['01.1', '02.2', '03.1', '03.2']
  const result = await gradeByDoors(reference, { asked, disturb, maxWaitMs: 60_000 })
  expect(elsewhere()).toEqual([])
  expect(result.items[0]?.verdict).not.toBe('passed')
})

test('a redirect is an answer and is not followed', async () => {
  const server = createServer((_, response) => {
    response.writeHead(302, { Server: 'nginx/1.22.1', Location: 'http://203.0.113.9/' }).end()
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const http = createHttp(straightRoute(), wallClock())
  try {
    const look = await lookAt({ http, address: '127.0.0.1', port })
    expect(look).toMatchObject({ status: 302, server: 'nginx/1.22.1', error: '' })
    expect(seen.connected).toEqual([`127.0.0.1:${port}`])
    expect(elsewhere()).toEqual([])
  } finally {
    await http.close()
    server.close()
  }
})

test('what is counted would be seen', async () => {
  const http = createHttp(straightRoute(), wallClock())
  await lookAt({ http, address: '127.0.0.1', port: 9 })
  await http.close()
  expect(elsewhere()).toEqual(['127.0.0.1:9'])
})
