import { fileURLToPath } from 'node:url'
import { type Bounds, createHere } from '../../helpers/class/here.ts'
import type { Slot } from '../../helpers/class/pool.ts'
import type { Engine, Task } from '../../helpers/class/types.ts'
import type { Message } from '../../helpers/language/message.ts'
import { type RunConfig, stateDirOf } from '../config.ts'
import type { ClassConfig } from './config.ts'
import { slotsOf } from './slots.ts'

/** Wall ms beside what a run may take: making a cluster, cleaning it, bringing VMs back. */
const besides = { lab: 60_000, real: 15 * 60_000 }
/** A lab is cut short within seconds of the wall, however long its own time is. */
const longestLab = 15 * 60_000

/** The engine of this machine, with the clusters that the class may use. */
export async function engineHere(
  config: ClassConfig,
  seed: number,
  env: Record<string, string | undefined>,
): Promise<{ engine: Engine; notes: Message[]; simulated: boolean }> {
  const { slots, notes } = await slotsOf(config, env)
  const name = import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js'
  const engine = createHere({
    slots,
    program: fileURLToPath(new URL(name, import.meta.url)),
    out: config.out,
    language: config.language,
    configOf: (task, slot) => runConfigOf(config, seed, task, slot),
    boundsOf: ({ cluster }) => boundsOf(cluster, config.deadlineMs),
  })
  // A lab in a process of its own has its id in the place of a server.
  const simulated = slots.some(({ machine }) => machine.startsWith('lab'))
  return { engine, notes, simulated }
}

function boundsOf(cluster: string, deadlineMs: number): Bounds {
  if (cluster === 'lab') return { longestMs: longestLab, restoreMs: besides.lab, restMs: 0 }
  const restMs = cluster === 'local' ? 0 : 30_000
  return { longestMs: deadlineMs + besides.real, restoreMs: besides.real, restMs }
}

/** As `grade run` would grade the student: with the same seed the verdicts are the same. */
function runConfigOf(config: ClassConfig, seed: number, task: Task, slot: Slot): RunConfig {
  const { language, out, clients, images, heartbeats, stop, maxWaitMs, deadlineMs } = config
  const { purge, shared } = config
  return {
    ...{ language, out, clients, images, maxWaitMs, deadlineMs, purge, shared, seed },
    student: task.student,
    submission: task.dir,
    cluster: slot.cluster,
    stateDir: stateDirOf(task.dir),
    asked: task.asked,
    ...(heartbeats && { heartbeats }),
    ...(stop && { stop }),
    keep: false,
    screenshot: false,
  }
}
