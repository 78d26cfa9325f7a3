import type { ClusterFile } from '../cluster/file.ts'
import type { Rubric } from '../grade/rubric.ts'
import type { RunFolder } from '../run-folder.ts'
import { codeWord } from './allowed.ts'
import { clusterKinds } from './cluster.ts'
import type { Installation } from './installation.ts'
import { runFacts } from './run.ts'

/** What the bundle is about. `trouble`: code of the Fault with which it could not be read. */
export interface Subject {
  installation: Installation
  rubric: Rubric
  cluster?: ClusterFile | { trouble: string }
  run?: RunFolder | { trouble: string }
}

/**
 * All that a support bundle holds: fields of this list, filled with numbers and with words of our
 * own. Nothing of what students, clusters or machines are called is copied into it.
 */
export function supportBundle({ installation, rubric, cluster, run }: Subject) {
  return {
    schema: 'nomad-consul-support/1',
    installation,
    ...(cluster && { cluster: 'trouble' in cluster ? trouble(cluster) : clusterKinds(cluster) }),
    ...(run && { run: 'trouble' in run ? trouble(run) : runFacts(run, rubric) }),
  }
}

const trouble = (of: { trouble: string }) => ({ trouble: codeWord(of.trouble) })
