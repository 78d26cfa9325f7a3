import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import pLimit from 'p-limit'
import type { Ssh, Vm } from '../cluster/ssh/ssh.ts'
import type { Connected } from '../connect.ts'
import { type Message, msg } from '../language/message.ts'
import { codeOf, Fault, told } from '../time/fault.ts'
import { askDocker, sheetImages } from './docker.ts'
import { joined } from './finding.ts'

export interface LoadOptions {
  /** Archives of `docker save`; none: the Docker of this machine is asked to save them. */
  archives: readonly string[]
  /** A registry that the VMs reach (`host:port`, with a path if it has one): they pull from there. */
  mirror?: string
  say: (sentence: Message) => void
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
        options.say(msg('{vm}: {what}', { vm: vm.name, what: told(error) }))
        return false
      }
    }),
  )
  return (await Promise.all(all)).every(Boolean)
}

async function loadOne(hands: Hands, vm: Vm, options: LoadOptions): Promise<Message> {
  const before = await askDocker(hands, vm, sheetImages)
  if (before.trouble !== '') throw noDocker(vm, before.trouble)
  if (before.missing.length === 0) return msg('{vm}: all images are there.', { vm: vm.name })
  const { command, missing } = before
  const say = (what: Message) => options.say(msg('{vm}: {what}', { vm: vm.name, what }))
  if (options.mirror !== undefined) await pull(hands.ssh, vm, command, missing, options.mirror, say)
  else if (options.archives.length > 0)
    for (const path of options.archives)
      await send(hands.ssh, vm, command, await archive(path), say)
  else await send(hands.ssh, vm, command, saved(missing), say)
  const after = await askDocker(hands, vm, sheetImages)
  if (after.trouble !== '') throw noDocker(vm, after.trouble)
  if (after.missing.length > 0)
    throw new Fault(
      msg('Still missing after loading: {missing}.', { missing: joined(after.missing) }),
      {
        code: 'LOAD_INCOMPLETE',
        cure: msg('See that what was loaded holds it under that name: {code}', {
          code: `docker save -o images.tar ${sheetImages.join(' ')}`,
        }),
      },
    )
  return msg('{vm}: {missing} {n, plural, one {is there} other {are there}} now.', {
    ...{ vm: vm.name, missing: joined(missing), n: missing.length },
  })
}

const noDocker = (vm: Vm, trouble: string) =>
  new Fault(msg('Docker on {vm} cannot be asked: {trouble}.', { vm: vm.name, trouble }), {
    code: 'LOAD_NO_DOCKER',
    cure: msg('There: {code}', { code: 'sudo systemctl restart docker' }),
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
    throw new Fault(
      msg('The archive {path} cannot be read ({code}).', { path, code: codeOf(cause) }),
      {
        code: 'LOAD_NO_ARCHIVE',
        cure: msg('Make it: {code}', {
          code: `docker save -o ${basename(path)} ${sheetImages.join(' ')}`,
        }),
        cause,
      },
    )
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
      new Fault(
        msg('The Docker of this machine does not save {images}: {why}.', {
          ...{ images: images.join(' '), why },
        }),
        {
          code: 'LOAD_NO_SOURCE',
          cure: msg(
            '{code} here, name an archive under "{key}" in the cluster file, or a registry with {flag}.',
            { code: `docker pull ${images[0]}`, key: 'images:', flag: '--mirror' },
          ),
        },
      ),
    )
  docker.on('error', (error) => failed(codeOf(error) || error.message))
  docker.on('close', (code) =>
    code === 0 ? resolve() : failed(said.trim() || `exit code ${code}`),
  )
  // Looked at after the stream has ended: until then nobody listens.
  promise.catch(() => {})
  return { name: images.join(' and '), stream: docker.stdout, done: promise }
}

const mb = (bytes: number) => Math.round(bytes / 1024 / 1024)

async function send(
  ssh: Ssh,
  vm: Vm,
  command: string,
  source: Source,
  say: (sentence: Message) => void,
): Promise<void> {
  let sent = 0
  let told = 0
  const { name, size } = source
  const step = Math.max(32 * 1024 * 1024, (source.size ?? 0) / 4)
  source.stream.on('data', (chunk: Buffer) => {
    sent += chunk.length
    if (sent - told < step) return
    told = sent
    say(
      size === undefined
        ? msg('{name}: {mb} MB sent', { name, mb: mb(sent) })
        : msg('{name}: {mb} MB of {all} MB sent', { name, mb: mb(sent), all: mb(size) }),
    )
  })
  source.stream.pause()
  const ran = await ssh.exec(vm, `${command} load -q`, {
    input: source.stream,
    deadline: longestLoad,
  })
  await source.done
  if (ran.code === 0) return
  throw new Fault(
    msg('On {vm}, "{code}" ended with {ended}: {said}.', {
      ...{ vm: vm.name, code: `${command} load`, ended: ran.code ?? msg('a lost connection') },
      said: ran.stderr.trim().slice(0, 200),
    }),
    {
      code: 'LOAD_FAILED',
      cure: msg('See whether its disk is full ({code}) and the archive is whole.', {
        code: 'df -h',
      }),
    },
  )
}

/** Names without a host are `library/NAME` in a registry, as Docker itself asks for them. */
async function pull(
  ssh: Ssh,
  vm: Vm,
  command: string,
  images: readonly string[],
  mirror: string,
  say: (sentence: Message) => void,
): Promise<void> {
  const host = mirror.replace(/^https?:\/\//, '').replace(/\/$/, '')
  if (!/^[\w.:/-]+$/.test(host))
    throw new Fault(msg('{mirror} is no name of a registry.', { mirror }), {
      code: 'LOAD_MIRROR',
      cure: msg('Write it as {form}.', { form: 'host:port' }),
    })
  for (const image of images) {
    const from = `${host}/library/${image}`
    say(msg('pulling {from}', { from }))
    const line = `${command} pull -q ${from} && ${command} tag ${from} ${image}`
    const ran = await ssh.exec(vm, line, { deadline: longestLoad })
    if (ran.code === 0) continue
    const said = ran.stderr.trim().slice(0, 200)
    throw new Fault(msg('{vm} cannot pull {from}: {said}.', { vm: vm.name, from, said }), {
      code: 'LOAD_FAILED',
      cure: msg(
        'See that the VM reaches that registry; one without TLS must be in "{key}" of its {file}.',
        { key: 'insecure-registries', file: '/etc/docker/daemon.json' },
      ),
    })
  }
}
