import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { startLocal } from '../../helpers/cluster/local/start.ts'

const server = '192.168.56.101'

/** A real cluster on this machine, and what a bench does beside the grader. */
export interface BenchCluster {
  /** Its cluster file, for `grade --cluster`. */
  file: string
  env: NodeJS.ProcessEnv
  server: string
  /** The private key of its VMs' root, and the socket that switches them. */
  key: string
  door: string
  /** Lines of a shell that stop (orderly) and start the VM whose name follows. */
  switches: { stop: string; start: string }
  /** Starts a command in the cluster's own network. */
  inside(command: string[], env?: NodeJS.ProcessEnv): ChildProcess
  /** An answer of an agent of the server; undefined when there is none of 200. */
  ask(port: number, path: string): Promise<unknown>
  /** Purges both jobs and waits until all is as at first: every VM up, nothing registered. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** Usual heartbeats, if none are named: those that a cluster has which was set up by hand. */
export async function openCluster(of: {
  bin: string
  clients: number
  images: string[]
  heartbeats?: 'lowered' | 'usual'
}): Promise<BenchCluster> {
  const env = { ...process.env, PATH: of.bin + delimiter + process.env.PATH }
  const local = await startLocal({ heartbeats: 'usual', ...of, how: 'orderly', env })
  const dir = mkdtempSync(join(tmpdir(), 'grade-bench-'))
  const file = join(dir, 'cluster.yaml')
  // YAML takes JSON.
  writeFileSync(file, JSON.stringify(local.file))
  const { connect: door = '' } = local.file.local ?? {}
  const pid = keeperOf(local.id)
  const inside = (command: string[], more: NodeJS.ProcessEnv = {}) =>
    spawn('nsenter', [`--net=/proc/${pid}/ns/net`, ...command], {
      env: { ...env, ...more },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  const ask = async (port: number, path: string) => {
    const url = `http://${server}:${port}${path}`
    const ran = await execa('nsenter', [`--net=/proc/${pid}/ns/net`, 'curl', '-sf', '-m5', url], {
      reject: false,
    })
    return ran.exitCode === 0 ? JSON.parse(ran.stdout || 'null') : undefined
  }
  return {
    file,
    env,
    server,
    key: local.file.ssh?.key ?? '',
    door,
    switches: { stop: makeSwitch(dir, door, 'stop'), start: makeSwitch(dir, door, 'start') },
    inside,
    ask,
    async clear() {
      for (const job of ['nginx', 'apache'])
        await execa(
          'nsenter',
          [`--net=/proc/${pid}/ns/net`, 'curl', '-s', '-m5', '-XDELETE'].concat(
            `http://${server}:4646/v1/job/${job}?purge=true`,
          ),
          { reject: false },
        )
      for (let looks = 0; looks < 180; looks++) {
        if (await isClear(ask, of.clients)) return
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
      throw new Error('the cluster is not as at first after 90 s')
    },
    async close() {
      await local.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function isClear(ask: BenchCluster['ask'], clients: number): Promise<boolean> {
  const nodes = (await ask(4646, '/v1/nodes')) as { Status: string }[] | undefined
  const members = (await ask(8500, '/v1/agent/members')) as { Status: number }[] | undefined
  const running = (await ask(4646, '/v1/allocations')) as { ClientStatus: string }[] | undefined
  const services = (await ask(8500, '/v1/catalog/services')) as object | undefined
  if (!nodes || !members || !running || !services) return false
  return (
    nodes.filter((n) => n.Status === 'ready').length === clients &&
    members.filter((m) => m.Status === 1).length === clients + 1 &&
    running.every((a) => ['complete', 'lost', 'failed'].includes(a.ClientStatus)) &&
    !('nginx' in services) &&
    !('apache' in services)
  )
}

/** The process that holds the namespaces of that cluster. */
function keeperOf(id: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [, script = '', plan = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      if (script.endsWith('/keeper.ts') && plan.includes(`"name":"${id}"`)) return Number(pid)
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error(`nothing keeps the local cluster ${id}`)
}

function makeSwitch(dir: string, door: string, act: 'stop' | 'start'): string {
  mkdirSync(dir, { recursive: true })
  const path = join(dir, `${act}.sh`)
  const url = `http://local/vms/$1/${act}`
  writeFileSync(path, `exec curl -sf -m 60 --unix-socket ${door} -X POST "${url}"\n`)
  return `sh ${path}`
}
