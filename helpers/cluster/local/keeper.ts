/**
 * The keeper of one local cluster: runs inside its namespaces, as long as its input is open, and then
 * takes everything with it. Makes the network, the VMs and the door; says on its output when all is
 * up, or what went wrong.
 */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { wallSleep } from '../../time/deadline.ts'
import { configurationOf } from './agents.ts'
import { copyImages, imagesOf, loadImages } from './images.ts'
import {
  addressOf,
  doorOf,
  keyOf,
  nameOf,
  type Plan,
  type Said,
  serverNumber,
  vmsOf,
} from './plan.ts'
import { openDoor } from './serve-door.ts'
import { type LocalVm, makeVm } from './vm.ts'

const run = promisify(execFile)
const plan = JSON.parse(process.argv[2] ?? '{}') as Plan
const vmDir = (n: number) => `${vmsOf(plan.dir)}/${nameOf(n)}`
const lookEvery = 100
/** Until all clients are ready: Nomad 2.0.5 was seen to need half a minute (cluster-facts §0.2.13). */
const longestStart = 90_000

const say = (said: Said) => void process.stdout.write(`${JSON.stringify(said)}\n`)

async function main(): Promise<void> {
  await makeNetwork()
  const numbers = [serverNumber, ...plan.clients]
  const fingerprints: Record<string, string> = {}
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', plan.name, '-f', keyOf(plan.dir)])
  for (const n of numbers) fingerprints[nameOf(n)] = await makeFolder(n)
  const vms = new Map(numbers.map((n) => [nameOf(n), makeVm(n, plan)]))
  await openDoor(doorOf(plan.dir), {
    states: () => Object.fromEntries([...vms].map(([name, vm]) => [name, vm.state()])),
    knows: (name) => vms.has(name),
    start: async (name) => vms.get(name)?.start(),
    stop: (name) => vms.get(name)?.stop(),
    cut: async (name) => vms.get(name)?.cut(),
  })
  await startAll([...vms.values()])
  await untilReady()
  say({ ready: { fingerprints } })
}

async function makeNetwork(): Promise<void> {
  const ip = (line: string) => run('ip', line.split(' '))
  await ip('link set lo up')
  await ip('link add bridge0 type bridge')
  await ip('addr add 192.168.56.1/24 dev bridge0')
  await ip('link set bridge0 up')
  // The way out of the VMs ends here, with an answer: what asks for the world is told so at once.
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1')
  await ip('route add unreachable default')
}

/** What would be a VM's disk; gives the fingerprint of its host key. */
async function makeFolder(n: number): Promise<string> {
  const dir = vmDir(n)
  for (const name of ['bin', 'consul', 'nomad', 'docker'])
    mkdirSync(`${dir}/${name}`, { recursive: true })
  for (const [name, text] of Object.entries(configurationOf(n, plan)))
    writeFileSync(`${dir}/${name}`, text)
  const tool = (name: string, as: string) => {
    copyFileSync(fileURLToPath(new URL(name, import.meta.url)), `${dir}/bin/${as}`)
  }
  tool('sudo.sh', 'sudo')
  for (const name of ['systemctl', 'poweroff', 'halt', 'shutdown', 'reboot'])
    tool('systemctl.sh', name)
  await run('chmod', ['-R', '755', `${dir}/bin`])
  writeFileSync(`${dir}/shadow`, 'root:*:19000:0:99999:7:::\n', { mode: 0o600 })
  copyFileSync(`${keyOf(plan.dir)}.pub`, `${dir}/authorized`)
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', `${dir}/ssh_host`])
  const { stdout } = await run('ssh-keygen', ['-lf', `${dir}/ssh_host.pub`])
  return /SHA256:\S+/.exec(stdout)?.[0] ?? ''
}

/** The first client loads the images, the others begin with a copy of its store. */
async function startAll([server, first, ...others]: LocalVm[]): Promise<void> {
  if (!server || !first) throw new Error('a local cluster has a server and a client at least')
  const socket = `${vmDir(first.n)}/docker.sock`
  const load = async () => {
    await until('Docker', async () => (await imagesOf(socket)).length >= 0)
    await loadImages(plan.images, socket)
    await Promise.all(
      others.map(async (vm) => {
        await copyImages(`${vmDir(first.n)}/docker`, `${vmDir(vm.n)}/docker`)
        await vm.start()
      }),
    )
  }
  await Promise.all([server.start(), first.start(), load()])
}

/** All clients ready with a healthy Docker, all members alive. */
async function untilReady(): Promise<void> {
  const server = addressOf(serverNumber)
  await until('the clients', async () => {
    const nodes = (await get(`http://${server}:4646/v1/nodes`)) as {
      Status: string
      Drivers?: { docker?: { Healthy: boolean } }
    }[]
    const members = (await get(`http://${server}:8500/v1/agent/members`)) as { Status: number }[]
    const ready = nodes.filter((n) => n.Status === 'ready' && n.Drivers?.docker?.Healthy)
    const alive = members.filter((m) => m.Status === 1)
    const wanted = plan.clients.length
    return ready.length === wanted && alive.length === wanted + 1
  })
}

async function until(what: string, look: () => Promise<boolean>): Promise<void> {
  let seen = ''
  for (let waited = 0; waited < longestStart; waited += lookEvery) {
    try {
      if (await look()) return
      seen = 'not all of it is there'
    } catch (error) {
      seen = (error as Error).message
    }
    await wallSleep(lookEvery)
  }
  throw new Error(`${what} did not come up in ${longestStart / 1000} s: ${seen}`)
}

function get(url: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const asked = request(url, { timeout: 2000, agent: false }, (answer) => {
    let text = ''
    answer.on('data', (chunk) => {
      text += chunk
    })
    answer.on('end', () => {
      try {
        resolve(JSON.parse(text))
      } catch {
        reject(new Error(`${url} answered ${answer.statusCode}`))
      }
    })
  })
  asked.once('error', reject)
  asked.once('timeout', () => asked.destroy(new Error(`${url} did not answer`)))
  asked.end()
  return promise
}

/** The last lines of what each program wrote: the folder is gone when anybody could look. */
function lastWords(): string {
  const words = [serverNumber, ...plan.clients].flatMap((n) =>
    ['boot', 'dockerd', 'consul', 'nomad', 'sshd'].map((name) => {
      const log = (() => {
        try {
          return readFileSync(`${vmDir(n)}/${name}.log`, 'utf8')
        } catch {
          return ''
        }
      })()
      const bad = log.split('\n').filter((line) => /error|fatal|fail|cannot|denied/i.test(line))
      return bad.length > 0 ? `${nameOf(n)} ${name}: ${bad.at(-1)?.slice(0, 300)}` : ''
    }),
  )
  return words.filter(Boolean).slice(0, 6).join(' | ')
}

process.stdin.resume()
process.stdin.once('close', () => process.exit(0))
process.stdin.once('error', () => process.exit(0))
process.stdout.once('error', () => process.exit(0))
main().catch((error) => {
  say({ fault: { why: error.message, words: lastWords() } })
  process.exitCode = 1
  process.stdin.destroy()
})
