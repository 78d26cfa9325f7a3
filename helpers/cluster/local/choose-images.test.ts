import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chooseImages } from './choose-images.ts'

let dir = ''
const undo: (() => unknown)[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'grade-images-'))
})
afterEach(() => {
  for (const act of undo.splice(0)) act()
  rmSync(dir, { recursive: true, force: true })
})

/** A Docker that has these images, and filters them as Docker does. */
async function dockerWith(...tags: string[]): Promise<{ DOCKER_HOST: string }> {
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://docker').searchParams
    const wanted = JSON.parse(query.get('filters') ?? '{}').reference as string[]
    const has = tags.filter((tag) => wanted.includes(tag.split(':')[0] ?? ''))
    response.end(JSON.stringify(has.map((tag) => ({ RepoTags: [tag] }))))
  })
  const path = join(dir, 'docker.sock')
  server.listen(path)
  await once(server, 'listening')
  undo.push(() => server.close())
  return { DOCKER_HOST: `unix://${path}` }
}

test('archives are taken where some are named', async () => {
  const archive = join(dir, 'images.tar')
  writeFileSync(archive, '')
  expect(await chooseImages([archive], {})).toEqual({ archives: [archive] })
})

test('an archive that is not there is named, with how one is made', async () => {
  await expect(chooseImages(['/nowhere/images.tar'], {})).rejects.toMatchObject({
    message: 'There is no archive of images /nowhere/images.tar.',
    cure: expect.stringContaining('docker save -o images.tar nginx:1.22.1 httpd:2.4.55'),
  })
})

test("without archives, every nginx and httpd of this machine's Docker is taken, and nothing else", async () => {
  const env = await dockerWith('nginx:1.22.1', 'nginx:latest', 'httpd:2.4.55', 'postgres:16')
  expect(await chooseImages([], env)).toEqual({
    socket: join(dir, 'docker.sock'),
    names: ['nginx:1.22.1', 'nginx:latest', 'httpd:2.4.55'],
  })
})

test('a Docker that lacks one of the two: which, and how to get it', async () => {
  const env = await dockerWith('nginx:1.22.1')
  await expect(chooseImages([], env)).rejects.toMatchObject({
    message: "This machine's Docker has no image of httpd.",
    cure: expect.stringContaining('docker pull httpd:2.4.55'),
  })
})

test('no Docker and no archive', async () => {
  const env = { DOCKER_HOST: `unix://${join(dir, 'nobody.sock')}` }
  await expect(chooseImages([], env)).rejects.toMatchObject({
    code: 'LOCAL_IMAGES',
    message: expect.stringMatching(
      /No archive of images was named, .*nobody\.sock\) does not answer/,
    ),
    cure: expect.stringContaining('--images images.tar'),
  })
})
