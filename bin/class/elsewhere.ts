import { basename, resolve } from 'node:path'
import { createActionsEngine } from '../../helpers/class/elsewhere/actions-engine.ts'
import { openNomadEngine } from '../../helpers/class/elsewhere/nomad-engine.ts'
import type { Engine } from '../../helpers/class/types.ts'
import { type Message, msg } from '../../helpers/language/message.ts'
import { Usage } from '../exit.ts'
import type { ClassConfig } from './config.ts'

/** What the engines that grade on other machines take besides; see docs/class-engines.md. */
export interface ElsewhereFlags {
  nomadJob?: string
  keepJobs?: boolean
  stopJobs?: boolean
  collect?: string
}

export interface Elsewhere {
  config: ClassConfig
  roster: string
  seed: number
  flags: ElsewhereFlags
  env: Record<string, string | undefined>
  say(sentence: Message): void
}

/** The engine of the teacher's Nomad cluster. Throws Usage, or a Fault of the cluster. */
export async function engineNomad(of: Elsewhere): Promise<Engine> {
  const { config, flags, env, say } = of
  return await openNomadEngine({
    ...{ env, say, out: config.out, name: basename(of.roster) },
    options: runOptions(of),
    keep: flags.keepJobs === true,
    stopJobs: flags.stopJobs === true,
    ...(flags.nomadJob !== undefined && { jobFile: resolve(flags.nomadJob) }),
  })
}

/** The engine of a workflow on GitHub, which is written into the folder that we are in. */
export function engineActions({ config, seed, flags, say }: Elsewhere): Engine {
  const { out, language, deadlineMs } = config
  return createActionsEngine({
    ...{ root: resolve('.'), out, seed, language, say },
    cluster: clusterThere(config, 'actions'),
    minutes: Math.ceil(deadlineMs / 60_000),
    ...(flags.collect !== undefined && { collect: resolve(flags.collect) }),
  })
}

/** Another machine makes its own cluster, and nobody gets a simulated one without saying so. */
function clusterThere({ clusters }: ClassConfig, engine: string): 'lab' | 'local' {
  if (clusters === 'lab' || clusters === 'local') return clusters
  throw new Usage(
    msg('{engine} wants {lab} or {local}: each student gets a cluster of its own there.', {
      ...{ engine: `--engine ${engine}`, lab: '--clusters lab', local: '--clusters local' },
    }),
  )
}

/** As `grade run` is told there. A shell takes them apart at blanks, and a path is one of the client's. */
function runOptions({ config, seed }: Elsewhere): string[] {
  const { language, clients, images, heartbeats, stop, maxWaitMs, deadlineMs } = config
  const cluster = clusterThere(config, 'nomad')
  const words = [
    ...['--cluster', cluster, '--seed', `${seed}`, '--lang', language, '--clients', `${clients}`],
    ...['--max-wait', `${maxWaitMs / 60_000}`, '--deadline', `${deadlineMs / 60_000}`],
    ...(stop ? ['--stop', stop] : []),
    ...(cluster === 'local' && heartbeats ? ['--heartbeats', heartbeats] : []),
    ...(cluster === 'local' && images.length > 0 ? ['--images', images.join()] : []),
  ]
  const odd = words.find((word) => !/^[\p{L}\p{N}_.,:/@=+-]+$/u.test(word))
  if (odd !== undefined)
    throw new Usage(msg('"{word}" cannot be sent to Nomad: it has blanks or signs.', { word: odd }))
  return words
}
