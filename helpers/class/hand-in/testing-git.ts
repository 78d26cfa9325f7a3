/** Repositories with commits of given times, and a server that sends them, for the tests. */

import fs from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import git from 'isomorphic-git'

/** A commit at a time (ISO 8601) that writes these files. */
export interface Made {
  at: string
  files: Record<string, string>
}

/** Gives the ids of the commits. */
export async function repositoryAt(dir: string, commits: readonly Made[]): Promise<string[]> {
  await git.init({ fs, dir, defaultBranch: 'main' })
  const ids: string[] = []
  for (const { at, files } of commits) {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(dir, name)), { recursive: true })
      await writeFile(join(dir, name), text)
      await git.add({ fs, dir, filepath: name })
    }
    const timestamp = Date.parse(at) / 1000
    const author = { name: 'Student', email: 's@example.org', timestamp, timezoneOffset: 0 }
    ids.push(await git.commit({ fs, dir, message: at, author, committer: author }))
  }
  return ids
}

const line = (data: string | Buffer) => {
  const bytes = Buffer.from(data)
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')), bytes])
}

export interface Server {
  url: string
  /** Paths that were asked for, and with which `authorization`. */
  asked: { path: string; authorization: string | undefined }[]
  close(): Promise<void>
}

/** What another kind of server would answer; false: this one answers. */
export type Instead = (request: IncomingMessage, response: ServerResponse) => boolean

/** Git's smart HTTP, as far as one fetch needs it, at the loopback. */
export async function serve(dir: string, instead: Instead = () => false): Promise<Server> {
  const asked: Server['asked'] = []
  const server = createServer(async (request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization })
    if (instead(request, response)) return
    const isPost = request.method === 'POST'
    response.setHeader(
      'content-type',
      `application/x-git-upload-pack-${isPost ? 'result' : 'advertisement'}`,
    )
    response.end(isPost ? await packOf(dir, request) : await refsOf(dir))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ...{ url: `http://127.0.0.1:${port}/o/r`, asked },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function refsOf(dir: string): Promise<Buffer> {
  const heads = await git.listBranches({ fs, dir })
  const names = ['HEAD', ...heads.map((name) => `refs/heads/${name}`)]
  const ids = await Promise.all(
    names.map((ref) => git.resolveRef({ fs, dir, ref }).catch(() => undefined)),
  )
  const can = '\0side-band-64k ofs-delta shallow symref=HEAD:refs/heads/main'
  const refs = names.flatMap((name, at) => (ids[at] ? [`${ids[at]} ${name}`] : []))
  return Buffer.concat([
    line('# service=git-upload-pack\n'),
    Buffer.from('0000'),
    ...refs.map((ref, at) => line(`${ref}${at === 0 ? can : ''}\n`)),
    Buffer.from('0000'),
  ])
}

async function packOf(dir: string, request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const wants = [
    ...Buffer.concat(chunks)
      .toString()
      .matchAll(/want ([0-9a-f]{40})/g),
  ]
  const oids = new Set<string>()
  const take = async (oid: string) => {
    if (oids.has(oid)) return
    oids.add(oid)
    for (const entry of (await git.readTree({ fs, dir, oid })).tree)
      if (entry.type === 'tree') await take(entry.oid)
      else oids.add(entry.oid)
  }
  for (const [, ref = ''] of wants)
    for (const { oid, commit } of await git.log({ fs, dir, ref })) {
      oids.add(oid)
      await take(commit.tree)
    }
  const { packfile } = await git.packObjects({ fs, dir, oids: [...oids], write: false })
  return sent(Buffer.from(packfile ?? []))
}

/** A pack as the server sends it. */
export function sent(pack: Buffer): Buffer {
  const parts: Buffer[] = [line('NAK\n')]
  for (let at = 0; at < pack.length; at += 60_000)
    parts.push(line(Buffer.concat([Buffer.from([1]), pack.subarray(at, at + 60_000)])))
  return Buffer.concat([...parts, Buffer.from('0000')])
}
