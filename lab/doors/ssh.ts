import { createHash, timingSafeEqual } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type AuthContext, type Connection, type ParsedKey, type ServerChannel } from 'ssh2'
import type { Quiet } from '../quiet.ts'
import { randomStream } from '../random.ts'
import type { VmInside } from '../vm.ts'
import type { WorldInside } from '../world.ts'
import { type Ran, runCommand } from './ssh-commands.ts'
import type { Openings, Switchboard } from './switchboard.ts'

export const sshUser = 'box'

/** The key that opens every VM, as a file, and each VM's host key. */
export interface SshKeys {
  /** Path of the private key, readable by its owner alone; removed when the lab is closed. */
  file: string
  allowed: ParsedKey
}

export async function makeSshKeys(openings: Openings): Promise<SshKeys> {
  const pair = makeKeyPair()
  const folder = await mkdtemp(join(tmpdir(), 'grade-lab-'))
  openings.add(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'id_ed25519_box')
  await writeFile(file, pair.private, { mode: 0o600 })
  return { file, allowed: parsed(pair.public) }
}

/** The sshd of a VM. */
export interface SshDoor {
  /** `SHA256:…` of the host key, as ssh-keygen prints it. */
  fingerprint: string
  accept: Parameters<VmInside['listen']>[1]
}

export interface SshSurroundings {
  world: WorldInside
  quiet: Quiet
  switchboard: Switchboard
  keys: SshKeys
}

export function sshDoor(vm: VmInside, around: SshSurroundings): SshDoor {
  const pair = makeKeyPair()
  const random = randomStream(around.world.seed, `ssh ${vm.name}`)
  const stage = () => around.world.faults.ssh?.(vm.name)
  const server = new ssh2.Server({ hostKeys: [pair.private] }, (connection) => {
    connection.on('error', () => {})
    connection.on('authentication', (context) => {
      if (stage() !== 'keys') authenticate(context, around.keys.allowed)
    })
    connection.on('session', (accept) => {
      accept()
        .on('pty', (acceptPty) => acceptPty?.())
        .on('exec', (acceptExec, _, { command }) => {
          if (stage() === 'login') return
          void execute(acceptExec(), command, { vm, around, random, connection })
        })
        .on('shell', (acceptShell) => refuseShell(acceptShell(), vm.name))
    })
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const host = destIP === '127.0.0.1' || destIP === 'localhost' ? vm.ip : destIP
      around.switchboard.dial(host, destPort, true).then((socket) => {
        // The connection may have gone meanwhile.
        const channel = accept() as ServerChannel | undefined
        if (!channel) return void socket.destroy()
        socket.on('error', () => channel.destroy())
        channel.on('error', () => socket.destroy())
        channel.on('close', () => socket.destroy())
        socket.pipe(channel).pipe(socket)
      }, reject)
    })
  })
  const key = parsed(pair.public).getPublicSSH()
  const hash = createHash('sha256').update(key).digest('base64').replace(/=+$/, '')
  const accept: SshDoor['accept'] = (socket) => {
    const reached = stage()
    if (reached !== 'connected' && reached !== 'banner') return server.injectSocket(socket)
    // It reads, and says nothing more.
    socket.on('error', () => {}).resume()
    if (reached === 'banner') socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n')
  }
  return { fingerprint: `SHA256:${hash}`, accept }
}

function authenticate(context: AuthContext, allowed: ParsedKey): void {
  if (context.method === 'publickey' && context.username === sshUser) {
    const blob = allowed.getPublicSSH()
    const same = context.key.data.length === blob.length && timingSafeEqual(context.key.data, blob)
    // Without a signature the client only asks whether this key would do.
    const proved =
      !context.signature ||
      !context.blob ||
      allowed.verify(context.blob, context.signature, context.hashAlgo) === true
    if (same && context.key.algo === allowed.type && proved) {
      context.accept()
      return
    }
  }
  context.reject(['publickey'])
}

/** Somebody logs in by hand. */
function refuseShell(channel: ServerChannel, name: string): void {
  channel.on('error', () => {})
  const example = `ssh … ${name} hostname`
  channel.stderr.write(`lab: there is no shell on ${name}; give the command: ${example}\r\n`)
  channel.exit(1)
  channel.end()
}

interface Executing {
  vm: VmInside
  around: SshSurroundings
  random: () => number
  connection: Connection
}

async function execute(channel: ServerChannel, command: string, it: Executing): Promise<void> {
  const { vm, around, random, connection } = it
  const release = around.quiet.hold()
  channel.on('error', () => {})
  try {
    // What is sent must be read, or the sender waits for ever.
    if (/docker load\b/.test(command)) for await (const _ of channel);
    const ran = await runCommand(command, vm, around.world, around.switchboard).catch(
      (error): Ran => ({ code: 70, stderr: `lab: ${String(error)}\n` }),
    )
    if (ran.stdout) channel.write(ran.stdout)
    if (ran.stderr) channel.stderr.write(ran.stderr)
    // The link may drop before the status arrives (power-drivers §8, §8.1).
    if (ran.poweroff && random() < 0.5) connection.end()
    else {
      channel.exit(ran.code)
      channel.end()
    }
    if (ran.poweroff) vm.stop('orderly')
  } finally {
    release()
  }
}

/** ssh2 1.17.0 makes one ed25519 key of 200 so that it cannot read it itself (mscdex/ssh2#1390). */
export function makeKeyPair(): { private: string; public: string } {
  for (let tries = 0; tries < 20; tries++) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    const halves = [pair.private, pair.public].map((half) => ssh2.utils.parseKey(half))
    if (halves.every((half) => !(half instanceof Error))) return pair
  }
  throw new Error('lab: ssh2 made twenty SSH keys and could read none of them')
}

function parsed(publicKey: string): ParsedKey {
  const key = ssh2.utils.parseKey(publicKey)
  if (key instanceof Error) throw key
  return key
}
