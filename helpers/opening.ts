import { join } from 'node:path'
import { rubric } from '../suites/rubric.ts'
import { setAside } from './cluster/aside.ts'
import { notesOf } from './cluster/local/plan.ts'
import type { Connected } from './connect.ts'
import { type Fitness, whatIsFit } from './fit.ts'
import type { RunRecord } from './grade/evidence.ts'
import { withRows } from './grade/rubric.ts'
import { submissionRecord } from './handed-in.ts'
import { asMessage, msg, sentences, type Text } from './language/message.ts'
import type { Memory } from './observe.ts'
import { openEvidence } from './recorder.ts'
import { createRun, type Run, type RunOptions } from './run.ts'
import { Fault } from './time/fault.ts'
import { graderVersion } from './version.ts'

/**
 * Opens a run: connects, looks whether the cluster is fit, begins the evidence. An unfit cluster is
 * part of the evidence (every item inconclusive), not an error.
 */
export async function openRun(options: RunOptions): Promise<Run> {
  const evidence = openEvidence(join(options.runDir, 'evidence.ndjson'))
  const { journal, cluster } = options
  const { clock } = cluster
  const memory: Memory = {
    allocations: new Map(),
    backAt: new Map(),
    returning: new Set(),
    pages: new Map(),
    journal,
  }
  for (const [id, job] of journal.open().allocations) memory.allocations.set(id, remembered(job))
  const startedAt = clock.now()
  let fitness: Fitness = nothingFit
  let unfit: Fault | undefined
  try {
    if (options.lock.lost) throw options.lock.lost
    const ours = journal.open()
    fitness = await whatIsFit(cluster, {
      ...options,
      ours,
      stops: asksToStop(options),
      say: options.progress.say,
    })
    for (const node of fitness.setAside) {
      await setAside(node, cluster.nomad, journal)
      options.progress.say(
        msg('{name} takes no replica in this run: {why}.', { name: node.name, why: node.why }),
      )
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    unfit = error
  }
  evidence.write(runRecord(options, fitness, startedAt))
  for (const text of [...aboutCluster(cluster), ...aboutLock(options)])
    evidence.write({ at: startedAt, kind: 'note', text })
  if (unfit) {
    const { code, said, remedy = '' } = unfit
    evidence.write({ at: clock.now(), kind: 'unfit', code, sentence: said, cure: remedy })
  }
  return createRun(options, evidence, memory, fitness, startedAt)
}

/** What a reader of the report must know of the cluster; never the teacher's own shell lines. */
function aboutCluster({ file, power }: Connected): Text[] {
  const { driver } = file.power ?? {}
  const own = file.local !== undefined || file.lab !== undefined || driver === undefined
  const how =
    driver === 'isolate'
      ? msg(
          'VMs were not switched off: they were taken off the network, which to Nomad and Consul is a power cut (isolate).',
        )
      : msg('VMs were started again by the power driver {driver}.', { driver: driver ?? '' })
  return [
    ...(file.local ? notesOf(file.local) : []),
    ...(own ? [] : [sentences(how, power.untried !== '' && asMessage(power.untried))]),
  ]
}

const aboutLock = ({ lock }: RunOptions) => (lock.warning === '' ? [] : [lock.warning])

const nothingFit: Fitness = {
  leader: '',
  clients: [],
  setAside: [],
  versions: { nomad: '', consul: '' },
  heartbeatMs: 30_000,
  graceMs: 10_000,
}

const remembered = (job: string) => ({
  job,
  version: 0,
  client: '',
  desired: 'stop',
  nodeName: '',
  stoppedAt: 0,
})

/** Whether an item that is asked for stops VMs. */
const asksToStop = ({ asked, bonus = {} }: Pick<RunOptions, 'asked' | 'bonus'>) =>
  Object.entries(withRows(rubric, bonus).items).some(
    ([id, { criteria }]) =>
      (asked.includes(id) || bonus[id]) && criteria.some((one) => one.id === 'stopped'),
  )

function runRecord(options: RunOptions, fitness: Fitness, at: number): RunRecord {
  const { submission } = options
  const { file, kind } = options.cluster
  return {
    at,
    kind: 'run',
    schema: 'nomad-consul-evidence/1',
    student: options.student,
    grader: graderVersion,
    rubric: rubric.version,
    cluster: {
      kind,
      simulated: file.lab !== undefined,
      server: file.server,
      clients: fitness.clients,
      datacenter: file.datacenter,
      nomad: fitness.versions.nomad,
      consul: fitness.versions.consul,
      stop: file.power?.how ?? 'orderly',
      ...(file.lab && { seed: file.lab.seed }),
    },
    submission: submissionRecord(submission),
    asked: options.asked,
    ...(options.bonus && { bonus: options.bonus }),
    language: options.language,
  }
}
