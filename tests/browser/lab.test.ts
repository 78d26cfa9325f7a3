import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { decode, encode } from 'dns-packet'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waysIn } from '../../bin/lab/lines.ts'
import { recordLab } from '../../bin/lab/record.ts'
import { labFront } from '../../bin/lab/server.ts'
import { findBrowser } from '../../helpers/screenshot.ts'
import type { Lab } from '../../lab/contract.ts'
import { startLab } from '../../lab/lab.ts'
import { makeFaultSwitch } from '../../lab/named-faults.ts'
import { mistake } from '../harness.ts'
import { openBrowser } from './browser.ts'

const path = findBrowser(process.env)
const why = path ? '' : ' (skipped: no Chromium or Chrome is installed)'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let lab: Lab
let page: Page
const asked: string[] = []
const said: string[] = []
const home = () => `http://${lab.doors.power}/`

beforeAll(async () => {
  if (!path) return
  browser = await openBrowser(path)
  lab = await startLab({ seed: 1, time: { kind: 'wall', speed: 20 } })
  const lines = await waysIn(lab, '', 'en')
  const front = { record: recordLab(lab), faults: makeFaultSwitch(lab.world), speed: 20, lines }
  lab.front(labFront({ ...front, language: undefined, end() {} }))
  page = await browser.newPage({ bypassCSP: true })
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  page.on('dialog', (dialog) => said.push(dialog.message()))
  await page.goto(home())
})
afterAll(async () => {
  await browser?.close()
  await lab?.close()
})

interface Says {
  power: Record<string, string>
  nodes: Record<string, string>
  members: Record<string, string>
  replicas: string[]
  dns: string
}

/** What a person reads. */
async function pageSays(): Promise<Says> {
  const text = (one: string) => `[...document.querySelectorAll('${one}')].map((e) => e.textContent)`
  const read = async (one: string) => (await page.evaluate(text(one))) as string[]
  const of = async (label: string) => {
    const names = lab.view().vms.map(({ name }) => name)
    const told = names.map(async (name) => {
      const script = `[...document.querySelectorAll('#vm-${name} dt')].find((e) => e.textContent === '${label}')?.nextElementSibling.textContent`
      return [name, (await page.evaluate(script)) as string | undefined] as const
    })
    return Object.fromEntries((await Promise.all(told)).filter(([, said]) => said !== undefined))
  }
  const rows = (await page.evaluate(
    `[...document.querySelectorAll('#replicas tr')].map((r) => [...r.cells].map((c) => c.textContent))`,
  )) as string[][]
  const replicas = rows.filter((r) => r.length > 4).map((r) => [r[1], r[2], r[3], r[4]].join(' '))
  const dns = (await read('#dns tr:has(th) td')).join(' ')
  return {
    ...{ power: await of('Power'), nodes: await of('Nomad'), members: await of('Consul') },
    ...{ replicas: replicas.toSorted(), dns: dns.split(' ').toSorted().join(' ') },
  } as Says
}

/** The same of the doors that the command lines ask. */
async function apisSay(): Promise<Says> {
  const get = async (door: string, at: string) => {
    return (await (await fetch(`http://${lab.doors[door]}${at}`)).json()) as Record<string, never>[]
  }
  const nodes = await get('nomad box-1', '/v1/nodes')
  const members = await get('consul box-1', '/v1/agent/members')
  const list = await get('nomad box-1', '/v1/allocations?resources=true')
  const whole = list.map(({ ID }) => get('nomad box-1', `/v1/allocation/${ID}`))
  const replicas = ((await Promise.all(whole)) as unknown as Record<string, never>[]).map((one) => {
    const { ID, NodeName, ClientStatus, AllocatedResources } = one as unknown as {
      ID: string
      NodeName: string
      ClientStatus: string
      AllocatedResources: { Shared: { Ports: { HostIP: string; Value: number }[] | null } }
    }
    const ports = AllocatedResources.Shared.Ports ?? []
    const where = ports.map(({ HostIP, Value }) => `${HostIP}:${Value}`).join(' ')
    return `${ID.slice(0, 8)} ${NodeName} ${where} ${ClientStatus}`
  })
  const power = (await (await fetch(`${home()}vms`)).json()) as Record<string, string>
  const status = ['none', 'alive', 'leaving', 'left', 'failed']
  return {
    power,
    nodes: Object.fromEntries(nodes.map(({ Name, Status }) => [Name, Status])),
    members: Object.fromEntries(members.map(({ Name, Status }) => [Name, status[Number(Status)]])),
    replicas: replicas.toSorted(),
    dns: await dig(),
  } as Says
}

async function dig(): Promise<string> {
  const [host, port] = (lab.doors['dns box-1'] ?? '').split(':')
  const socket = createSocket('udp4')
  const questions = [{ name: 'nginx.service.consul', type: 'A' as const }]
  socket.send(encode({ type: 'query', id: 1, questions }), Number(port), host)
  const [reply] = (await once(socket, 'message')) as [Buffer]
  socket.close()
  const packet = decode(reply) as ReturnType<typeof decode> & { rcode: string }
  const found = (packet.answers ?? []).map((one) => String('data' in one ? one.data : ''))
  return found.toSorted().join(' ') || packet.rcode
}

/** The hypervisor knows only whether a VM runs. */
const coarse = (word: string) => (word === 'off' ? 'off' : 'running')

/** The page and the APIs say the same within seconds, and what is expected of both is so. */
async function agree(moment: string, then: (says: Says) => boolean): Promise<Says> {
  let apis: Says = await apisSay()
  const seen = async () => {
    const shown = await pageSays()
    apis = await apisSay()
    const power = Object.fromEntries(
      Object.entries(shown.power).map(([name, word]) => [name, coarse(word)]),
    )
    const same = JSON.stringify({ ...shown, power }) === JSON.stringify(sortedAs(apis, shown))
    return same && then(apis) ? 'agree' : { moment, shown, apis }
  }
  await expect.poll(seen, { timeout: 20_000, interval: 100 }).toBe('agree')
  return apis
}

/** With the VMs in the order of the page. */
function sortedAs(apis: Says, shown: Says): Says {
  const like = (one: Record<string, string>, order: Record<string, string>) =>
    Object.fromEntries(Object.keys(order).map((name) => [name, one[name] ?? '—']))
  return {
    ...{ power: like(apis.power, shown.power), nodes: like(apis.nodes, shown.nodes) },
    ...{ members: like(apis.members, shown.members), replicas: apis.replicas, dns: apis.dns },
  }
}

const running = ({ replicas }: Says) => replicas.filter((one) => one.endsWith(' running'))

test.skipIf(!path)(
  `the page says what the APIs say while VMs stop and start${why}`,
  async () => {
    const hcl = readFileSync(mistake('right-static'), 'utf8')
    await lab.world.others.runJob(hcl)
    const before = await agree('deployed', (says) => running(says).length === 3)
    expect(before.dns.split(' ')).toHaveLength(3)

    await page.getByRole('button', { name: 'Stop box-7' }).focus()
    await page.keyboard.press('Enter')
    await expect
      .poll(() => page.locator('#said').textContent(), { timeout: 10_000 })
      .toContain('box-7 is told to shut')
    await agree('box-7 is off and Consul knows', ({ power, members }) => {
      return power['box-7'] === 'off' && members['box-7'] === 'left'
    })
    const lost = await agree('Nomad knows', (says) => {
      return says.nodes['box-7'] === 'down' && running(says).length === 2
    })
    expect(lost.dns).not.toContain('192.168.56.107')

    await page.getByRole('button', { name: 'Cut box-8' }).click()
    await agree('box-8 is lost', ({ nodes, members }) => {
      return nodes['box-8'] === 'down' && members['box-8'] === 'failed'
    })
    await page.getByRole('button', { name: 'Start box-7' }).click()
    await page.getByRole('button', { name: 'Start box-8' }).click()
    await agree('both are back', (says) => running(says).length === 3)
    const words = await page.locator('#picture desc').textContent()
    expect(words).toMatch(/box-7: stopped at [\d.]+ s; started again at [\d.]+ s/)
    expect(await page.locator('#events').textContent()).toMatch(/box-8failed/)
  },
  60_000,
)

test.skipIf(!path)(`a fault is switched on the page, and off${why}`, async () => {
  await page.locator('#fault-name').selectOption('dns-servfail')
  await page.getByRole('button', { name: 'Switch' }).click()
  await expect
    .poll(() => page.locator('#fault').textContent(), { timeout: 10_000 })
    .toContain('answers SERVFAIL')
  await expect
    .poll(() => page.locator('#dns').textContent(), { timeout: 10_000 })
    .toContain('SERVFAIL')
  expect(await dig()).toBe('SERVFAIL')
  await page.locator('#fault-name').selectOption('none')
  await page.getByRole('button', { name: 'Switch' }).click()
  await expect
    .poll(() => page.locator('#dns').textContent(), { timeout: 10_000 })
    .toContain('192.168.56.10')
})

test.skipIf(!path)(`what a student calls a job is text${why}`, async () => {
  const name = '<img/src=x/onerror=alert(1)>'
  const hcl = readFileSync(mistake('right-dynamic'), 'utf8')
  await lab.world.others.runJob(hcl.replace('job "nginx"', `job "${name}"`))
  await expect
    .poll(() => page.locator('#replicas').textContent(), { timeout: 10_000 })
    .toContain(name)
  expect(await page.locator('img').count()).toBe(0)
  await lab.world.others.runJob(hcl)
})

test.skipIf(!path)(
  `axe finds nothing in light and dark, and a phone is wide enough${why}`,
  async () => {
    const found = async (options = {}) => {
      const seen = await page.evaluate(`${axe}; axe.run(document, ${JSON.stringify(options)})`)
      const { violations } = seen as { violations: { id: string; nodes: { html: string }[] }[] }
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
    }
    expect(await found()).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await found({ runOnly: ['color-contrast'] })).toEqual([])
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  },
)

test.skipIf(!path)(
  `the page asked nobody but the lab, and said nothing to the console${why}`,
  () => {
    expect(asked.filter((url) => !url.startsWith(home()))).toEqual([])
    expect(asked.length).toBeGreaterThan(5)
    expect(said).toEqual([])
  },
)
