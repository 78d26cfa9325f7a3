import { type Message, msg } from '../language/message.ts'
import { isForwarded, type Job } from '../submission/job.ts'
import { registering } from './replicas.ts'

/** The port that both images of the exercise listen on; that of another image is not known. */
export const sheetListens = 80

/**
 * Why nothing answers at a replica's port although it runs, as far as the job file says so: the place
 * in the file and half a sentence. To Nomad, Consul and DNS such a job looks perfect (facts §0.3).
 */
export function deadEnd(
  job: Job,
  service: string,
  listens: number | undefined,
): { place: string; because: Message } | undefined {
  for (const { group, entry } of registering(job, service)) {
    const docker = group.tasks.filter((task) => task.driver === 'docker')
    const port = group.networks.flatMap((n) => n.ports).find((p) => p.label === entry.port)
    const publishing = docker.find((task) => task.ports.includes(entry.port))
    const forwards = isForwarded(group)
    if (!publishing && !forwards)
      return {
        place: 'config',
        because: msg('the docker config does not publish it, {code} is missing', {
          code: `ports = ["${entry.port}"]`,
        }),
      }
    const inside = port?.to || port?.value
    if (port && listens !== undefined && inside !== listens)
      return {
        place: 'to',
        because: inside
          ? msg(
              'the network block leads to port {port} of the container, which listens on {listens}',
              {
                port: inside,
                listens,
              },
            )
          : msg('the network block has no to = {listens}, so it leads to no port that listens', {
              listens,
            }),
      }
    const runs = publishing?.config ?? {}
    if (runs.command !== undefined || runs.entrypoint !== undefined)
      return { place: 'command', because: msg('the task runs a command of its own') }
  }
  return undefined
}
