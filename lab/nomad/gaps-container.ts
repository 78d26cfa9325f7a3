import { type Containers, commandOf, configError, hidesPages, imageOf } from './client/docker.ts'
import { Gap } from './hcl/problem.ts'
import type { Task } from './job/spec.ts'
import { registryAnswer } from './registry.ts'

/** Keys of the docker driver's config that decide whether the program runs, and who can reach it. */
const decisive =
  'cap_drop container_exists_attempts entrypoint image_pull_timeout isolation load mac_address mount ' +
  'mounts readonly_rootfs runtime storage_opt sysctl volume_driver work_dir'

/** Throws a Gap where the lab cannot tell what Docker, or the image, makes of a task. */
export function refuseContainer(task: Task, containers: Containers): void {
  const config = task.Config ?? {}
  if (configError(task)) return
  const image = imageOf(task)
  const answer = registryAnswer(image)
  if (answer === 'gap') throw new Gap(`the image "${image}"`)
  if (answer !== '') return
  for (const key of decisive.split(' ')) {
    if (key in config) throw new Gap(`${key} in the docker config`)
  }
  const mode = config.network_mode
  if (mode !== undefined && mode !== 'host' && mode !== 'bridge') {
    throw new Gap(`network_mode "${mode}"`)
  }
  // Of the host they are refused, as recorded; of the allocation they hide what the image brings.
  const volumes = Array.isArray(config.volumes) ? config.volumes.map(String) : []
  const ofAllocation = volumes.some((volume) => !volume.startsWith('/'))
  if (ofAllocation && !(hidesPages(task) && /(^|\/)nginx(:|$)/.test(image)))
    throw new Gap('volumes of the allocation')
  if (task.User) throw new Gap(`the user "${task.User}"`)
  const command = commandOf(task)
  if (containers(image, command) !== 'gap') return
  const what = command.length > 0 ? ` with the command ${JSON.stringify(command.join(' '))}` : ''
  throw new Gap(`the image "${image}"${what}`)
}
