import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { VmInside } from '../vm.ts'
import type { WorldInside } from '../world.ts'
import { lookInside } from './ssh-inside.ts'
import type { Switchboard } from './switchboard.ts'

/** What a command printed, and its exit code. `poweroff`: the VM shuts down after that. */
export interface Ran {
  code: number
  stdout?: string
  stderr?: string
  poweroff?: boolean
}

/** The few commands that a grader or a human needs on a VM; any other is said to be missing. */
export async function runCommand(
  command: string,
  vm: VmInside,
  world: WorldInside,
  switchboard: Switchboard,
): Promise<Ran> {
  const text = command.trim()
  if (text.startsWith('sudo ') && world.faults.sudoRefused.has(vm.name)) {
    return { code: 1, stderr: 'sudo: a password is required\n' }
  }
  if (/^sudo -n (systemctl )?poweroff$/.test(text)) return { code: 0, poweroff: true }
  if (text === 'true' || text === 'sudo -n true') return { code: 0 }
  if (text === 'hostname') return line(vm.name)
  if (text === 'uptime') return line(uptime(world.now(), vm.upSince))
  if (text === 'cat /proc/sys/kernel/random/boot_id') return line(vm.bootId)
  if (text === 'systemctl is-system-running')
    return vm.power === 'stopping' ? { code: 1, stdout: 'stopping\n' } : line('running')
  if (/^docker images --format (['"]?)\{\{\.Repository\}\}:\{\{\.Tag\}\}\1$/.test(text)) {
    return { code: 0, stdout: [...vm.images].map((image) => `${image}\n`).join('') }
  }
  const inside = lookInside(text, vm, world)
  if (inside) return inside
  const curl = parseCurl(text)
  if (curl) return runCurl(curl, vm, switchboard)
  return { code: 127, stderr: `lab: command not simulated: ${text}\n` }
}

function line(text: string): Ran {
  return { code: 0, stdout: `${text}\n` }
}

function uptime(now: number, since: number): string {
  const clock = new Date(now).toISOString().slice(11, 19)
  const minutes = Math.floor((now - since) / 60_000)
  const up =
    minutes < 60
      ? `${minutes} min`
      : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  return ` ${clock} up ${up},  0 users,  load average: 0.00, 0.01, 0.05`
}

interface Curl {
  head: boolean
  include: boolean
  failOnError: boolean
  port: number
  path: string
}

/** `curl -sI http://127.0.0.1:PORT/…` and its like; undefined for any option that is not known here. */
function parseCurl(text: string): Curl | undefined {
  const [program, ...words] = text.split(/\s+/).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'))
  if (program !== 'curl') return undefined
  const curl = { head: false, include: false, failOnError: false }
  let url: URL | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (['-m', '--max-time', '--connect-timeout'].includes(word)) at++
    else if (/^-[sSfIi]+$/.test(word)) {
      curl.head ||= word.includes('I')
      curl.include ||= word.includes('i')
      curl.failOnError ||= word.includes('f')
    } else if (/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$)/.test(word) && !url) {
      url = new URL(word)
    } else return undefined
  }
  if (!url) return undefined
  return { ...curl, port: Number(url.port || 80), path: url.pathname + url.search }
}

async function runCurl(curl: Curl, vm: VmInside, switchboard: Switchboard): Promise<Ran> {
  const failed = (code: number, why: string) => ({ code, stderr: `curl: (${code}) ${why}\n` })
  const refused = `Failed to connect to 127.0.0.1 port ${curl.port}: Connection refused`
  const socket = await switchboard.dial(vm.ip, curl.port, true).catch(() => undefined)
  if (!socket) return failed(7, refused)
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = httpRequest({
    createConnection: () => socket,
    method: curl.head ? 'HEAD' : 'GET',
    path: curl.path,
    headers: { Host: `127.0.0.1:${curl.port}`, 'User-Agent': 'curl/7.81.0', Connection: 'close' },
  })
  request.once('response', resolve)
  request.once('error', reject)
  request.end()
  // It comes paused, and HTTP does not wake it.
  socket.resume()
  try {
    const response = await promise
    const body = await Array.fromAsync(response, String)
    const status = response.statusCode ?? 0
    if (curl.failOnError && status >= 400) {
      return failed(22, `The requested URL returned error: ${status}`)
    }
    const head = curl.head || curl.include ? headOf(response) : ''
    return { code: 0, stdout: head + body.join('') }
  } catch {
    return failed(52, 'Empty reply from server')
  } finally {
    socket.destroy()
  }
}

function headOf(response: IncomingMessage): string {
  const raw = response.rawHeaders
  const lines = raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : []))
  return [`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`, ...lines, '', ''].join(
    '\r\n',
  )
}
