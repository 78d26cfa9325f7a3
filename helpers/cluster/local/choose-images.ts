import { existsSync } from 'node:fs'
import { Fault } from '../../time/fault.ts'
import { imagesOf } from './images.ts'
import type { Images } from './plan.ts'

/** What the sheet runs; any tag of them may be asked for. */
const repositories = ['nginx', 'httpd']
const usualSocket = '/var/run/docker.sock'
const cure =
  'On a machine with Docker and a network: docker pull nginx:1.22.1 && docker pull httpd:2.4.55, ' +
  'and, for another machine, docker save -o images.tar nginx:1.22.1 httpd:2.4.55 and --images images.tar.'

/** Where the images come from: archives where some are named, else this machine's Docker. */
export async function chooseImages(
  archives: string[],
  env: Record<string, string | undefined>,
): Promise<Images> {
  if (archives.length > 0) {
    const missing = archives.find((path) => !existsSync(path))
    if (missing === undefined) return { archives }
    throw new Fault(`There is no archive of images ${missing}.`, { code: 'LOCAL_IMAGES', cure })
  }
  const socket = env.DOCKER_HOST?.replace(/^unix:\/\//, '') ?? usualSocket
  const names = await imagesOf(socket, repositories).catch((cause) => {
    const sentence = `No archive of images was named, and this machine's Docker (${socket}) does not answer.`
    throw new Fault(sentence, { code: 'LOCAL_IMAGES', cure, cause })
  })
  const without = repositories.filter((one) => !names.some((name) => name.startsWith(`${one}:`)))
  if (without.length === 0) return { socket, names }
  throw new Fault(`This machine's Docker has no image of ${without.join(', none of ')}.`, {
    code: 'LOCAL_IMAGES',
    cure,
  })
}
