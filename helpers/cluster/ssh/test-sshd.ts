import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { inLanguage, type Message } from '../../language/message.ts'
import { wallClock } from '../../time/clock.ts'
import { type ClusterFileInput, clusterFileSchema } from '../file.ts'
import { straightRoute } from '../straight.ts'
import { createSsh, type Ssh } from './ssh.ts'

/** Only tests are built with this: a real OpenSSH server, one process for each connection. */

const program = '/usr/sbin/sshd'

/** '' when a real sshd can be run here, else why not. */
export const noSshd =
  process.platform === 'win32' || !existsSync(program)
    ? 'there is no sshd here'
    : userInfo().uid === 0
      ? ''
      : 'sshd wants to be root'

export interface Folder {
  path: string
  /** Makes a key pair with ssh-keygen; gives the private one's path. */
  key(name: string, ...options: string[]): string
  write(name: string, text: string): string
  remove(): void
}

/** A folder for keys and files, which counts as somebody's home too. */
export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'grade-ssh-'))
  mkdirSync(join(path, '.ssh'))
  const at = (name: string) => join(path, name)
  return {
    path,
    key(name, ...options) {
      const usual = options.includes('-N') ? options : ['-N', '', ...options]
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-f', at(name), ...usual])
      return at(name)
    },
    write(name, text) {
      writeFileSync(at(name), text, { mode: 0o600 })
      return at(name)
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

export interface Sshd {
  port: number
  /** Connections that were opened to it so far. */
  count(): number
  /** Ends each connection, as a machine that is switched off does; goes on listening. */
  dropAll(): void
  stop(): void
}

/**
 * Listens on loopback and hands each connection to `sshd -i`. `allowed`: private keys whose public
 * halves may log in as the user of this process; `hostKey`: the private one's path.
 */
export async function realSshd(
  folder: Folder,
  { allowed, hostKey, lines = [] }: { allowed: string[]; hostKey: string; lines?: string[] },
): Promise<Sshd> {
  mkdirSync('/run/sshd', { recursive: true })
  const keys = allowed.map((key) => readFileSync(`${key}.pub`, 'utf8')).join('')
  const authorized = folder.write(`authorized-${Math.trunc(performance.now() * 1000)}`, keys)
  const config = folder.write(
    `${authorized.slice(folder.path.length + 1)}.conf`,
    [
      ...lines,
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${authorized}`,
      'StrictModes no',
      'PermitRootLogin yes',
      'UsePAM no',
      'PidFile none',
      'PrintMotd no',
      '',
    ].join('\n'),
  )
  const children = new Set<ChildProcess>()
  let count = 0
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    count++
    const child = spawn(program, ['-i', '-f', config], { stdio: [socket, socket, 'ignore'] })
    children.add(child)
    child.on('exit', () => children.delete(child))
    // The process has the connection now.
    socket.destroy()
  })
  const port = await listening(server)
  const dropAll = () => {
    for (const child of children) child.kill('SIGKILL')
  }
  return {
    port,
    count: () => count,
    dropAll,
    stop() {
      server.close()
      dropAll()
    },
  }
}

/** Listens on a free port of 127.0.0.1. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A listener that answers each connection with `answer`; closed by `stop`. */
export async function plainServer(
  answer: (socket: Socket) => void,
): Promise<{ port: number; stop(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    answer(socket)
  })
  const port = await listening(server)
  return {
    port,
    stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

export type SshPart = NonNullable<ClusterFileInput['ssh']>

/**
 * What the cluster file says under `ssh:`, with `folder` as home and state folder; `said` is what a
 * person was told.
 */
export function sshOf(
  folder: Folder,
  part: SshPart,
  env: Record<string, string> = {},
): { ssh: Ssh; said: string[] } {
  const said: string[] = []
  const file = clusterFileSchema.parse({ server: '192.168.56.101', ssh: part })
  const ssh = createSsh(file, straightRoute(), wallClock(), {
    stateDir: join(folder.path, 'state'),
    say: (sentence: Message) => said.push(inLanguage(sentence, 'en')),
    surroundings: { env, home: folder.path },
  })
  return { ssh, said }
}

/** As sshOf, where box-5 is behind that port of this machine. */
export function sshTo(
  folder: Folder,
  port: number,
  part: SshPart,
  env: Record<string, string> = {},
): { ssh: Ssh; said: string[] } {
  return sshOf(folder, { ...part, hosts: { 'box-5': { host: '127.0.0.1', port } } }, env)
}

/** Who logs in, and the VM of that name and address: another machine's only by name. */
export const user = userInfo().username
export const vm = { name: 'box-5', host: '192.168.56.105' }
/** For the name of what is skipped. */
export const whyNot = noSshd ? ` (skipped: ${noSshd})` : ''

/** One sshd with a key that opens it, for the tests of the block that calls this. */
export function useSshd() {
  /** Done after each test, last first. */
  const undo: (() => unknown)[] = []
  const folder = makeFolder()
  // The block is collected also where it is skipped.
  const made = (name: string) => (noSshd ? '' : folder.key(name))
  const [key, hostKey] = [made('id'), made('host')]
  const sshd: Sshd = { port: 0, count: () => 0, dropAll: () => {}, stop: () => {} }
  beforeAll(async () => {
    Object.assign(sshd, await realSshd(folder, { allowed: [key], hostKey }))
  })
  afterEach(() => {
    for (const act of undo.splice(0).reverse()) act()
  })
  afterAll(() => {
    sshd.stop()
    folder.remove()
  })
  function connectTo(port: number, part: SshPart = {}, env: Record<string, string> = {}) {
    const made = sshTo(folder, port, { user, key, ...part }, env)
    undo.push(() => made.ssh.close())
    return made
  }
  return { folder, key, hostKey, sshd, undo, connectTo }
}
