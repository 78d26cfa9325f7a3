import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import pLimit from 'p-limit'
import type { Ssh, Vm } from '../cluster/ssh/ssh.ts'
import type { Connected } from '../connect.ts'
import { codeOf, Fault, tell } from '../time/fault.ts'
import { askDocker, sheetImages } from './docker.ts'

export interface LoadOptions {
  /** Archives of `docker save`; none: the Docker of this machine is asked to save them. */
  archives: readonly string[]
  /** A registry that the VMs reach (`host:port`, with a path if it has one): they pull from there. */
  mirror?: string
  say: (sentence: string) => void
}

type Hands = Pick<Connected, 'clock'> & { ssh: Ssh }

/** An archive of some hundred megabytes over a slow host-only network. Wall ms. */
const longestLoad = 15 * 60_000
/** VMs that are loaded together: they share this machine's disk and the wire. */
const atOnce = 3

/**
 * Brings the sheet's images to the VMs over SSH, where they are missing, and asks Docker afterwards
 * whether they are there. Says one sentence for each VM; true when no VM lacks any.
 */
export async function loadImages(
  hands: Hands,
  vms: readonly Vm[],
  options: LoadOptions,
): Promise<boolean> {
  const limit = pLimit(atOnce)
  const all = vms.map((vm) =>
    limit(async () => {
      try {
        options.say(await loadOne(hands, vm, options))
        return true
      } catch (error) {
        options.say(`${vm.name}: ${tell(error)}`)
        return false
      }
    }),
  )
  return (await Promise.all(all)).every(Boolean)
}

async function loadOne(hands: Hands, vm: Vm, options: LoadOptions): Promise<string> {
  const before = await askDocker(hands, vm, sheetImages)
  if (before.trouble !== '') throw noDocker(vm, before.trouble)
  if (before.missing.length === 0) return `${vm.name}: all images are there.`
  const { command, missing } = before
  const say = (sentence: string) => options.say(`${vm.name}: ${sentence}`)
  if (options.mirror !== undefined) await pull(hands.ssh, vm, command, missing, options.mirror, say)
  else if (options.archives.length > 0)
    for (const path of options.archives)
      await send(hands.ssh, vm, command, await archive(path), say)
  else await send(hands.ssh, vm, command, saved(missing), say)
  const after = await askDocker(hands, vm, sheetImages)
  if (after.trouble !== '') throw noDocker(vm, after.trouble)
  if (after.missing.length > 0)
    throw new Fault(`${after.missing.join(' and ')} is still missing after loading.`, {
      code: 'LOAD_INCOMPLETE',
      cure: `See that what was loaded holds it under that name: docker save -o images.tar ${sheetImages.join(' ')}`,
    })
  return `${vm.name}: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} there now.`
}

const noDocker = (vm: Vm, trouble: string) =>
  new Fault(`Docker on ${vm.name} cannot be asked: ${trouble}.`, {
    code: 'LOAD_NO_DOCKER',
    cure: 'There: sudo systemctl restart docker.',
  })

interface Source {
  name: string
  stream: Readable
  /** Bytes, where they are known. */
  size?: number
  /** Rejects when the source itself failed. */
  done: Promise<void>
}

async function archive(path: string): Promise<Source> {
  const at = path.replace(/^~(?=\/|$)/, homedir())
  const { size } = await stat(at).catch((cause) => {
    throw new Fault(`The archive ${path} cannot be read (${codeOf(cause)}).`, {
      code: 'LOAD_NO_ARCHIVE',
      cure: `Make it: docker save -o ${basename(path)} ${sheetImages.join(' ')}`,
      cause,
    })
  })
  return { name: basename(path), stream: createReadStream(at), size, done: Promise.resolve() }
}

/** The images from this machine's own Docker. */
function saved(images: readonly string[]): Source {
  const docker = spawn('docker', ['save', ...images], { stdio: ['ignore', 'pipe', 'pipe'] })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let said = ''
  docker.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk).slice(-500)
  })
  const failed = (why: string) =>
    reject(
      new Fault(`The Docker of this machine does not save ${images.join(' ')}: ${why}.`, {
        code: 'LOAD_NO_SOURCE',
        cure: `docker pull ${images[0]} here, name an archive under "images:" in the cluster file, or a registry with --mirror.`,
      }),
    )
  docker.on('error', (error) => failed(codeOf(error) || error.message))
  docker.on('close', (code) =>
    code === 0 ? resolve() : failed(said.trim() || `exit code ${code}`),
  )
  // Looked at after the stream has ended: until then nobody listens.
  promise.catch(() => {})
  return { name: images.join(' and '), stream: docker.stdout, done: promise }
}

const mb = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`

async function send(
  ssh: Ssh,
  vm: Vm,
  command: string,
  source: Source,
  say: (sentence: string) => void,
): Promise<void> {
  let sent = 0
  let told = 0
  const of = source.size === undefined ? '' : ` of ${mb(source.size)}`
  const step = Math.max(32 * 1024 * 1024, (source.size ?? 0) / 4)
  source.stream.on('data', (chunk: Buffer) => {
    sent += chunk.length
    if (sent - told < step) return
    told = sent
    say(`${source.name}: ${mb(sent)}${of} sent`)
  })
  source.stream.pause()
  const ran = await ssh.exec(vm, `${command} load -q`, {
    input: source.stream,
    deadline: longestLoad,
  })
  await source.done
  if (ran.code === 0) return
  throw new Fault(
    `On ${vm.name}, "${command} load" ended with ${ran.code ?? 'a lost connection'}: ${ran.stderr.trim().slice(0, 200)}.`,
    { code: 'LOAD_FAILED', cure: `See whether its disk is full (df -h) and the archive is whole.` },
  )
}

/** Names without a host are `library/NAME` in a registry, as Docker itself asks for them. */
async function pull(
  ssh: Ssh,
  vm: Vm,
  command: string,
  images: readonly string[],
  mirror: string,
  say: (sentence: string) => void,
): Promise<void> {
  const host = mirror.replace(/^https?:\/\//, '').replace(/\/$/, '')
  if (!/^[\w.:/-]+$/.test(host))
    throw new Fault(`${mirror} is no name of a registry.`, {
      code: 'LOAD_MIRROR',
      cure: 'Write host:port.',
    })
  for (const image of images) {
    const from = `${host}/library/${image}`
    say(`pulling ${from}`)
    const line = `${command} pull -q ${from} && ${command} tag ${from} ${image}`
    const ran = await ssh.exec(vm, line, { deadline: longestLoad })
    if (ran.code === 0) continue
    throw new Fault(`${vm.name} cannot pull ${from}: ${ran.stderr.trim().slice(0, 200)}.`, {
      code: 'LOAD_FAILED',
      cure: 'See that the VM reaches that registry; one without TLS must be in "insecure-registries" of its /etc/docker/daemon.json.',
    })
  }
}
