import { existsSync } from 'node:fs'
import { msg } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import { imagesOf } from './images.ts'
import type { Images } from './plan.ts'

/** What the sheet runs; any tag of them may be asked for. */
const repositories = ['nginx', 'httpd']
const usualSocket = '/var/run/docker.sock'
const cure = msg(
  'On a machine with Docker and a network: {pull}, and, for another machine, {save} and {flag}.',
  {
    pull: 'docker pull nginx:1.22.1 && docker pull httpd:2.4.55',
    save: 'docker save -o images.tar nginx:1.22.1 httpd:2.4.55',
    flag: '--images images.tar',
  },
)

/** Where the images come from: archives where some are named, else this machine's Docker. */
export async function chooseImages(
  archives: string[],
  env: Record<string, string | undefined>,
): Promise<Images> {
  if (archives.length > 0) {
    const missing = archives.find((path) => !existsSync(path))
    if (missing === undefined) return { archives }
    throw new Fault(msg('There is no archive of images {missing}.', { missing }), {
      ...{ code: 'LOCAL_IMAGES', cure },
    })
  }
  const socket = env.DOCKER_HOST?.replace(/^unix:\/\//, '') ?? usualSocket
  const names = await imagesOf(socket, repositories).catch((cause) => {
    const seen = msg(
      "No archive of images was named, and this machine's Docker ({socket}) does not answer.",
      { socket },
    )
    throw new Fault(seen, { code: 'LOCAL_IMAGES', cure, cause })
  })
  const without = repositories.filter((one) => !names.some((name) => name.startsWith(`${one}:`)))
  if (without.length === 0) return { socket, names }
  throw new Fault(msg("This machine's Docker has no image of {names}.", { names: without }), {
    code: 'LOCAL_IMAGES',
    cure,
  })
}
