import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type { Images } from './plan.ts'

const run = promisify(execFile)
/** Reading, unpacking and writing some hundred megabytes on a busy machine. */
const longestLoad = 300_000

/** Names of the images that a Docker has, of all or of these repositories. */
export async function imagesOf(socket: string, repositories: string[] = []): Promise<string[]> {
  const filters = JSON.stringify({ reference: repositories })
  const query = repositories.length > 0 ? `?filters=${encodeURIComponent(filters)}` : ''
  const answer = await ask(socket, 'GET', `/images/json${query}`)
  const images = JSON.parse(await textOf(answer)) as { RepoTags?: string[] | null }[]
  return images.flatMap((one) => one.RepoTags ?? []).filter((tag) => !tag.includes('<none>'))
}

/** Brings images into the Docker behind a socket. */
export async function loadImages(images: Images, into: string): Promise<void> {
  if ('names' in images) {
    const names = images.names.map((name) => `names=${encodeURIComponent(name)}`).join('&')
    const saved = await ask(images.socket, 'GET', `/images/get?${names}`)
    return load(saved, into, 'the images of this machine')
  }
  for (const archive of images.archives) await load(createReadStream(archive), into, archive)
}

async function load(archive: NodeJS.ReadableStream, into: string, what: string): Promise<void> {
  const said = await textOf(await ask(into, 'POST', '/images/load?quiet=1', archive))
  // Docker answers 200 before it has read anything: what went wrong is in the body.
  const error = /"error":"([^"]*)"/.exec(said)?.[1]
  if (error) throw new Error(`Docker did not load ${what}: ${error}`)
}

/**
 * Copies the images of one VM's Docker (not running containers) to another VM that was never started.
 * Layers never change once they are made, so both may have the same files.
 */
export async function copyImages(from: string, to: string): Promise<void> {
  await run('mkdir', ['-p', join(to, 'overlay2')])
  await run('cp', ['-a', join(from, 'image'), join(to, 'image')])
  const layers = await readdir(join(from, 'overlay2'))
  const sources = layers.map((layer) => join(from, 'overlay2', layer))
  await run('cp', ['-al', ...sources, join(to, 'overlay2')])
}

async function ask(
  socketPath: string,
  method: 'GET' | 'POST',
  path: string,
  body?: NodeJS.ReadableStream,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const headers = body ? { 'Content-Type': 'application/x-tar' } : {}
  const sent = request({ socketPath, method, path, headers, timeout: longestLoad }, resolve)
  sent.once('error', reject)
  sent.once('timeout', () => sent.destroy(new Error(`no answer to ${path.split('?')[0]}`)))
  if (body) pipeline(body, sent).catch(reject)
  else sent.end()
  const answer = await promise
  if (answer.statusCode === 200) return answer
  throw new Error(
    `Docker answered ${answer.statusCode} to ${path.split('?')[0]}: ${(await textOf(answer)).slice(0, 300)}`,
  )
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
