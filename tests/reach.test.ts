import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import which from 'which'
import { mistake } from './harness.ts'

/** The real command lines against `grade lab`: those of the exercise sheet, and their like. */

const program = fileURLToPath(new URL('../bin/grade.js', import.meta.url))
const here = (name: string) => which.sync(name, { nothrow: true }) !== null

let folder: string
let lab: ChildProcess
/** What `grade lab` printed. */
let printed = ''
/** The variables of its `export` lines. */
const env: Record<string, string> = {}

/** The Nomad that is imitated is the one whose command line is here. */
function nomadVersion(): string {
  if (!here('nomad')) return '1.4.4'
  return /Nomad v1\./.test(execFileSync('nomad', ['version'], { encoding: 'utf8' }))
    ? '1.4.4'
    : '2.0.5'
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reach-'))
  copyFileSync(mistake('right-dynamic'), join(folder, 'nginx.nomad'))
  const args = ['lab', '--out', 'lab.yaml', '--seed', '1', '--speed', '20']
  lab = spawn(process.execPath, [program, ...args, '--nomad', nomadVersion()], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const chunk of lab.stdout!.iterator({ destroyOnReturn: false })) {
    printed += chunk
    if (/agent\/services\n$/.test(printed)) break
  }
  for (const [, line] of printed.matchAll(/^ {2}export (.*)$/gm)) {
    for (const one of line!.split(' ')) {
      const [name, value] = one.split('=')
      env[name!] = value!
    }
  }
  const post = async (path: string, body: unknown) => {
    const url = `${env.NOMAD_ADDR}/v1/${path}`
    return (await fetch(url, { method: 'POST', body: JSON.stringify(body) })).json()
  }
  const JobHCL = readFileSync(join(folder, 'nginx.nomad'), 'utf8')
  const Job = await post('jobs/parse', { JobHCL, Canonicalize: true })
  await post('jobs', { Job })
  await vi.waitUntil(async () => (await instances()).length === 1, { timeout: 20_000 })
  const deployed = async () =>
    /"successful"/.test(await (await fetch(`${env.NOMAD_ADDR}/v1/deployments`)).text())
  await vi.waitUntil(deployed, { timeout: 20_000 })
})

afterAll(async () => {
  lab.kill('SIGTERM')
  if (lab.exitCode === null) await once(lab, 'exit')
  rmSync(folder, { recursive: true, force: true })
})

async function instances(): Promise<{ ServiceAddress: string; ServicePort: number }[]> {
  const url = `http://${env.CONSUL_HTTP_ADDR}/v1/catalog/service/nginx`
  return (await (await fetch(url)).json()) as Awaited<ReturnType<typeof instances>>
}

/** Runs a line as it would be typed: what it printed on both outputs. */
async function typed(line: string): Promise<string> {
  const shown = /^ {2}(dig|ssh) .*$/gm
  const pasted = Object.fromEntries(
    [...printed.matchAll(shown)].map(([text, name]) => [name, text.trim().split(' ')]),
  )
  const [ssh = [], dig = []] = [pasted.ssh, pasted.dig]
  const [one] = await instances()
  const known: Record<string, string> = {
    SSH: ssh.slice(0, 3).join(' '),
    DIG: dig.slice(0, 4).join(' '),
    NGINX: `${one?.ServiceAddress}:${one?.ServicePort}`,
    ALLOC: await idOf('allocations'),
    NODE: await idOf('nodes'),
    EVAL: await idOf('evaluations'),
    DEPLOYMENT: await idOf('deployments'),
    PREFIX: '192.168.56',
  }
  const command = line.replace(/\b[A-Z]{3,}\b/g, (word) => known[word] ?? word)
  const [name = '', ...args] = command.split(' ')
  const options = { cwd: folder, env, reject: false, all: true, timeout: 30_000 } as const
  return (await execa(name, args, options)).all ?? ''
}

async function idOf(list: string): Promise<string> {
  const all = (await (await fetch(`${env.NOMAD_ADDR}/v1/${list}`)).json()) as { ID: string }[]
  return all[0]?.ID.slice(0, 8) ?? ''
}

/** Program → line, and what must be in what it prints. DIG and SSH are the lines that the lab prints. */
const lines: Record<string, [line: string, says: RegExp][]> = {
  dig: [
    [
      'DIG nginx.service.consul ANY',
      /ANSWER SECTION:\nnginx\.service\.consul\.\s+0\s+IN\s+A\s+192/,
    ],
    ['DIG nginx.service.consul +short', /^192\.168\.56\.10\d$/],
    ['DIG nginx.service.consul A +tcp +short', /^192\.168\.56\.10\d$/],
    ['DIG nginx.service.consul SRV', /SRV\s+1 1 \d+ c0a838[0-9a-f]{2}\.addr\.dc1\.consul\./],
    ['DIG consul.service.consul', /status: NOERROR[\s\S]*192\.168\.56\.101/],
    ['DIG nothere.service.consul', /status: NXDOMAIN[\s\S]*SOA\s+ns\.consul\./],
  ],
  curl: [
    ['curl -s http://PREFIX.101:8500/v1/agent/services', /^\{"_nomad-server-/],
    ['curl -s http://PREFIX.105:8500/v1/agent/services', /"_nomad-client-/],
    ['curl -s http://PREFIX.107:8500/v1/catalog/services', /"nginx":\[\]/],
    ['curl -s http://PREFIX.108:8500/v1/catalog/service/nginx', /"ServiceName":"nginx"/],
    ['curl -si http://NGINX/', /^HTTP\/1\.1 200 OK[\s\S]*Server: nginx[\s\S]*Welcome to nginx!/],
    ['curl -si http://PREFIX.105:81/', /^HTTP\/1\.1 502[\s\S]*ECONNREFUSED/],
    ['curl -si http://PREFIX.99/', /^HTTP\/1\.1 502[\s\S]*EHOSTUNREACH/],
    ['curl -s http://PREFIX.101:4646/v1/nothere', /^lab: GET \/v1\/nothere is not simulated/],
  ],
  ssh: [
    ['SSH box-7 hostname', /^box-7$/],
    ['SSH PREFIX.108 hostname', /^box-8$/],
    ['SSH box-7', /^lab: there is no shell on box-7/],
    ['SSH box-7 sudo -n true', /^$/],
  ],
  nomad: [
    ['nomad server members', /box-1\.global +192\.168\.56\.101 +4648 +alive +true/],
    ['nomad node status', /(box-\d[\s\S]*){3}eligible +ready/],
    ['nomad node status -verbose NODE', /Uptime[\s\S]*Drivers/],
    ['nomad job validate nginx.nomad', /Job validation successful$/],
    ['nomad job plan nginx.nomad', /^Job: "nginx"\nTask Group: "nginx" \(1 ignore\)/],
    ['nomad job run nginx.nomad', /finished with status "complete"/],
    ['nomad status', /nginx +service +50 +running/],
    ['nomad status nginx', /^ID += nginx/],
    ['nomad job status nginx', /Allocations\n[\s\S]*running/],
    ['nomad alloc status ALLOC', /Task "nginx" is "running"\nTask Resources[\s\S]*500 MHz/],
    ['nomad eval status EVAL', /^ID += [\s\S]*Job ID +=/],
    ['nomad deployment list', /nginx +0 /],
    ['nomad deployment status DEPLOYMENT', /^ID += [\s\S]*Deployed/],
    ['nomad operator raft list-peers', /box-1\.global[\s\S]*leader +true/],
    ['nomad job history nginx', /^Version += 0/],
    ['nomad node eligibility -disable NODE', /set: ineligible for scheduling/],
    ['nomad node eligibility -enable NODE', /set: eligible for scheduling/],
    ['nomad job scale -detach nginx 2', /Evaluation ID: /],
    ['nomad job run -detach nginx.nomad', /Job registration successful\nEvaluation ID: /],
    ['nomad job stop -purge nginx', /finished with status "complete"/],
    ['nomad job status nginx', /^No job\(s\) with prefix or (id|ID) "nginx" found/],
  ],
  consul: [
    ['consul members', /box-1 +192\.168\.56\.101:8301 +alive +server +1\.14\.4/],
    ['consul catalog nodes', /(box-\d +\S+ +192\.168\.56\.10\d +dc1\s*){4}/],
    ['consul catalog services', /^consul\n[\s\S]*nomad-client/],
    ['consul catalog nodes -service nomad', /^Node[\s\S]*box-1/],
    ['consul operator raft list-peers', /box-1 .*leader/],
    ['consul info', /^agent:/],
    ['consul kv put consul/configuration/db_port 5432', /^Success! Data written to: consul\/conf/],
    ['consul kv get consul/configuration/db_port', /^5432$/],
    ['consul kv get -keys consul/', /^consul\/configuration\/$/],
    ['consul kv delete consul/configuration/db_port', /^Success! Deleted key: consul\/conf/],
    ['consul kv get consul/configuration/db_port', /^Error! No key exists at: consul\/conf/],
  ],
}

for (const [name, all] of Object.entries(lines)) {
  test.skipIf(!here(name))(
    here(name) ? `the lines of ${name}` : `the lines of ${name}: skipped, it is not installed`,
    async () => {
      for (const [line, says] of all) expect(await typed(line), line).toMatch(says)
    },
  )
}

test.skipIf(!here('ssh'))(
  'a VM stopped by ssh is down, and starts again by the power line',
  async () => {
    const [, power] = /curl -X POST (\S+)\/box-5\/start/.exec(printed) ?? []
    const states = async () => (await fetch(power!)).json()
    await typed('SSH box-5 sudo -n systemctl poweroff')
    await expect.poll(states, { timeout: 10_000 }).toMatchObject({ 'box-5': 'off' })
    expect((await fetch(`${power}/box-5/start`, { method: 'POST' })).status).toBe(204)
    const name = () => typed('SSH box-5 hostname')
    await expect.poll(name, { timeout: 10_000 }).toBe('box-5')
  },
)
