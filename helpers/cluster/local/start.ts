import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { asMessage, msg } from '../../language/message.ts'
import { type Clock, wallClock } from '../../time/clock.ts'
import { wallSleep } from '../../time/deadline.ts'
import { Fault } from '../../time/fault.ts'
import type { ClusterFileInput } from '../file.ts'
import { processId } from '../process.ts'
import { chooseImages } from './choose-images.ts'
import { assureMachine, fullPath } from './pieces.ts'
import {
  addressOf,
  clientNumbers,
  doorOf,
  type Heartbeats,
  keyOf,
  nameOf,
  type Plan,
  type Said,
  serverNumber,
  vmsOf,
} from './plan.ts'
import { folderPrefix, sweep } from './sweep.ts'

export interface LocalOptions {
  /** 1 to 20. */
  clients: number
  how?: 'orderly' | 'cut'
  heartbeats?: Heartbeats
  /** Archives (docker save); without any, the images of this machine's Docker. */
  images?: string[]
  /** PATH and DOCKER_HOST are read. */
  env: Record<string, string | undefined>
}

export interface LocalCluster {
  id: string
  file: ClusterFileInput
  clock: Clock
  /** Resolves when nothing of it is left. */
  close(): Promise<void>
}

/** Wall milliseconds for everything to be gone; the kernel needs a few hundred. */
const longestEnd = 15_000

/**
 * Starts a cluster of real agents in namespaces of this machine: Linux, root, and nomad, consul,
 * dockerd and sshd on PATH. It lives as long as this process, or until it is closed. Rejects with a
 * Fault that names all that is missing.
 */
export async function startLocal(options: LocalOptions): Promise<LocalCluster> {
  const { clients, how = 'orderly', heartbeats = 'lowered', env } = options
  const path = env.PATH ?? ''
  const root = process.geteuid?.() === 0
  const images = await chooseImages(options.images ?? [], env).catch((fault: Fault) => fault)
  await assureMachine({ platform: process.platform, root, path }, images)
  if (images instanceof Fault) throw images
  sweep()
  const { pid, started } = processId(process.pid)
  const dir = mkdtempSync(`${folderPrefix}${pid}-${started}-`)
  mkdirSync(vmsOf(dir))
  const name = dir.slice(dir.lastIndexOf('/') + 1)
  const plan: Plan = { name, dir, clients: clientNumbers(clients), heartbeats, images }
  const child = spawnKeeper(plan, fullPath(path))
  const gone = once(child, 'exit')
  const close = async () => {
    child.stdin?.destroy()
    await Promise.race([gone, wallSleep(longestEnd)])
  }
  try {
    const fingerprints = await whenReady(child)
    return { id: name, clock: wallClock(), close, file: fileOf(plan, how, fingerprints) }
  } catch (error) {
    await close()
    throw error
  }
}

function fileOf(
  { name, dir, ...plan }: Plan,
  how: 'orderly' | 'cut',
  fingerprints: Record<string, string>,
): ClusterFileInput {
  const hosts = [serverNumber, ...plan.clients].map((n) => [
    nameOf(n),
    { host: addressOf(n), fingerprint: fingerprints[nameOf(n)] },
  ])
  return {
    server: addressOf(serverNumber),
    ssh: { user: 'root', key: keyOf(dir), agent: false, hosts: Object.fromEntries(hosts) },
    power: { driver: 'local', door: doorOf(dir), how },
    local: { id: name, connect: doorOf(dir), heartbeats: plan.heartbeats },
  }
}

/** In a session of its own: Ctrl-C is the grader's business, and its end is the cluster's. */
function spawnKeeper(plan: Plan, path: string): ChildProcess {
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))
  const keeper = here(import.meta.url.endsWith('.ts') ? 'keeper.ts' : 'keeper.js')
  const command = [process.execPath, keeper, JSON.stringify(plan)]
  return spawn('sh', [here('outside.sh'), plan.dir, vmsOf(plan.dir), ...command], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Nothing of the caller's settings may reach the agents: NOMAD_ADDR, CONSUL_…, DOCKER_….
    env: { PATH: path, HOME: '/root', LANG: 'C.UTF-8' },
  })
}

/** The fingerprints of the VMs' host keys. */
async function whenReady(child: ChildProcess): Promise<Record<string, string>> {
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors = (errors + chunk).slice(-2000)
  })
  child.stdin?.on('error', () => {})
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  for await (const line of lines) {
    const said = JSON.parse(line) as Said
    if ('ready' in said) return said.ready.fingerprints
    throw new Fault(msg('The local cluster did not come up: {why}.', { why: said.fault.why }), {
      code: 'LOCAL_START',
      cure: asMessage(said.fault.words),
    })
  }
  const last = errors.trim().split('\n').at(-1) ?? ''
  const seen = last
    ? msg('The local cluster ended while it was starting: {last}.', { last })
    : msg('The local cluster ended while it was starting.')
  throw new Fault(seen, {
    code: 'LOCAL_START',
    cure: msg('See that this machine lets root make namespaces, mounts and control groups.'),
  })
}
