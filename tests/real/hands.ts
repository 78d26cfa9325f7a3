import { once } from 'node:events'
import type { BenchCluster } from '../bench/cluster.ts'

/** What somebody who breaks a real cluster may do, while it is graded. */
export interface Hands {
  /** Runs a line of shell as root in a VM; what it printed. Rejects where it failed. */
  inVm(n: number, line: string): Promise<string>
  /** Asks Nomad; a body is sent as JSON. */
  nomad(method: string, path: string, body?: unknown): Promise<unknown>
  /** Asks the Consul agent of a VM. */
  consul(n: number, method: string, path: string, body?: unknown): Promise<unknown>
  /** Stops (orderly), cuts or starts a VM. */
  vm(n: number, act: 'stop' | 'cut' | 'start'): Promise<void>
  /** Resolves when the run has said so; what it said. Rejects when it ends first. */
  said(words: RegExp): Promise<RegExpExecArray>
  /** Whether the run has ended. */
  ended(): boolean
  sleep(seconds: number): Promise<void>
}

const server = 1
const addressOf = (n: number) => `192.168.56.${100 + n}`

/** `text` is all that the run has said so far, and `ended` whether it has ended. */
export function handsOn(cluster: BenchCluster, run: { text(): string; ended(): boolean }): Hands {
  const inside = async (...command: string[]) => {
    const child = cluster.inside(command)
    let out = ''
    child.stdout?.on('data', (chunk) => {
      out += chunk
    })
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Error(`${command.join(' ').slice(0, 200)} ended with ${code}: ${out}`)
    return out
  }
  const http = async (host: string, method: string, path: string, body?: unknown) => {
    const more = body === undefined ? [] : ['-d', JSON.stringify(body)]
    const out = await inside(
      'curl',
      '-sS',
      '-m',
      '10',
      '-X',
      method,
      ...more,
      `http://${host}${path}`,
    )
    try {
      return JSON.parse(out || 'null') as unknown
    } catch {
      throw new Error(`${method} ${host}${path}: ${out.slice(0, 300)}`)
    }
  }
  const sleep = (seconds: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR']
  const ssh = ['ssh', '-n', '-i', cluster.key, ...options.flatMap((one) => ['-o', one])]
  return {
    inVm: (n, line) => inside(...ssh, `root@${addressOf(n)}`, `exec 2>&1; ${line}`),
    nomad: (method, path, body) => http(`${addressOf(server)}:4646`, method, path, body),
    consul: (n, method, path, body) => http(`${addressOf(n)}:8500`, method, path, body),
    async vm(n, act) {
      const url = `http://local/vms/box-${n}/${act}`
      await inside('curl', '-sfm60', '--unix-socket', cluster.door, '-X', 'POST', url)
    },
    async said(words) {
      for (;;) {
        const found = words.exec(run.text())
        if (found) return found
        if (run.ended()) throw new Error(`the run ended, and did not say ${words}`)
        await sleep(0.1)
      }
    },
    ended: run.ended,
    sleep,
  }
}
