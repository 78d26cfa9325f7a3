import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { nameOf, type Plan, serverNumber, vmsOf } from './plan.ts'

const run = promisify(execFile)
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** A VM of namespaces. */
export interface LocalVm {
  n: number
  state(): 'running' | 'off'
  /** Resolves when everything in it was started, at once where it runs; rejects while it shuts down. */
  start(): Promise<void>
  /** An orderly shutdown was asked for. */
  stop(): void
  /** Power away: its link goes first, so that nobody hears it die. Resolves when all of it is gone. */
  cut(): Promise<void>
}

export function makeVm(n: number, plan: Plan): LocalVm {
  const link = `vm${n}`
  let process: ChildProcess | undefined
  let booting: Promise<void> | undefined
  let goingDown = false
  const unplug = () => run('ip', ['link', 'del', link]).catch(() => {})

  async function boot(): Promise<void> {
    const data = `${vmsOf(plan.dir)}/${nameOf(n)}`
    const args = [
      plan.name,
      nameOf(n),
      'sh',
      script('vm.sh'),
      plan.name,
      data,
      `${n}`,
      `${serverNumber}`,
    ]
    const log = openSync(`${data}/boot.log`, 'a')
    const child = spawn('sh', [script('enter.sh'), ...args], { stdio: ['pipe', 'pipe', log] })
    closeSync(log)
    process = child
    goingDown = false
    child.stdin?.on('error', () => {})
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
    lines.on('line', (line) => {
      if (line === 'down') goingDown = true
    })
    const heard = listen(lines, `${nameOf(n)} ended while it was booting`)
    child.once('exit', () => {
      if (process === child) process = undefined
      void unplug()
    })
    await heard('made')
    // The kernel unplugs a dead VM's link a moment after its last process.
    await unplug()
    const mac = `02:00:c0:a8:38:${(100 + n).toString(16).padStart(2, '0')}`
    const peer = ['peer', 'name', 'eth1', 'address', mac, 'netns', `${child.pid}`]
    await run('ip', ['link', 'add', link, 'type', 'veth', ...peer])
    await run('ip', ['link', 'set', link, 'master', 'bridge0', 'up'])
    child.stdin?.write('plugged in\n')
    await heard('up')
  }

  return {
    n,
    state: () => (process ? 'running' : 'off'),
    async start() {
      if (process && goingDown) throw new Error(`${nameOf(n)} is still shutting down`)
      if (!process) booting = boot()
      await booting
    },
    stop() {
      const init = process && initOf(process)
      if (init) globalThis.process.kill(init, 'SIGTERM')
    },
    async cut() {
      const child = process
      if (!child) return
      await unplug()
      const init = initOf(child)
      const gone = once(child, 'exit')
      // PID 1 of the VM is killed, not its keeper, which then sees the end of all of it.
      if (init) globalThis.process.kill(init, 'SIGKILL')
      else child.kill('SIGKILL')
      await gone
    },
  }
}

/** Waits for lines in turn; rejects when there will be none. */
function listen(lines: ReturnType<typeof createInterface>, ended: string) {
  const seen: string[] = []
  let wake = () => {}
  let over = false
  lines.on('line', (line) => {
    seen.push(line)
    wake()
  })
  lines.on('close', () => {
    over = true
    wake()
  })
  return async (wanted: string) => {
    while (!seen.includes(wanted)) {
      if (over) throw new Error(ended)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}

/** PID 1 of a VM, as its keeper's number: the only child of the process that made the namespaces. */
function initOf({ pid }: ChildProcess): number | undefined {
  const isChild = (one: string) => {
    try {
      const stat = readFileSync(`/proc/${one}/stat`, 'utf8')
      // The second field is the program's name in parentheses and may hold anything.
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === `${pid}`
    } catch {
      return false
    }
  }
  const found = readdirSync('/proc').find((one) => /^\d+$/.test(one) && isChild(one))
  return found === undefined ? undefined : Number(found)
}
