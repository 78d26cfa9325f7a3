import { mayUse } from './grade/usable.ts'
import { missedAt } from './heartbeats.ts'
import { msg, type Text } from './language/message.ts'
import { lookAtNodes } from './observe.ts'
import type { Recorder } from './recorder.ts'
import type { Run } from './run.ts'
import type { Deployed } from './student.ts'
import { within } from './time/budget.ts'
import { sharedLook } from './time/kept.ts'

/** What a suite may do to the cluster, and ask of it. */
export interface ClusterWords {
  /**
   * These VMs, the fit ones first, and those first that Nomad would miss soonest if they fell silent
   * now: whichever are stopped proves the same, and these take the least time. One that turned unfit
   * would get no replica when it is back.
   */
  soonestMissed(vms: string[]): Promise<string[]>
  /** Stops these VMs; returns when Nomad and Consul both say so, or the item is inconclusive. */
  stop(...vms: string[]): Promise<void>
  /** Asks for the start of a stopped VM; what is expected next waits for what comes of it. */
  start(vm: string): Promise<void>
  /** Fit clients that are up now and that the job's own constraints let it use. */
  clientsUp(deployed: Deployed): string[]
  /** Something worth knowing that costs no mark. */
  note(text: Text): void
}

/** The cluster in the words of a suite. */
export function clusterWords(run: Run, record: Recorder): ClusterWords {
  const { machines } = run
  return {
    async soonestMissed(vms) {
      const at = await foretell(run, vms)
      const when = (vm: string) => at.get(vm) ?? Number.POSITIVE_INFINITY
      const up = run.clientsUp()
      const unfit = (vm: string) => Number(!up.includes(vm))
      return vms.toSorted((a, b) => unfit(a) - unfit(b) || when(a) - when(b) || a.localeCompare(b))
    },
    async stop(...vms) {
      await run.heartbeatsSeen()
      const budget = within.death(run.budgetFacts(undefined, vms.length))
      const stop = await machines.stop(vms, budget, async () => {
        const foretold = await foretell(run, vms)
        const now = run.cluster.clock.now()
        const usualMs = Math.max(0, ...[...foretold.values()].map((at) => at - now))
        const what = msg('Nomad and Consul see that {vms} is gone', { vms })
        run.teller.begins(what, { usualMs: usualMs || budget.usualMs })
        return foretold
      })
      for (const { name, foretoldMs, missedMs } of stop.vms)
        if (foretoldMs !== undefined && missedMs !== undefined)
          record.note(sideBySide(name, foretoldMs, missedMs))
      record.item(stop)
      if (stop.vms.some((vm) => !vm.effective)) throw record.enough()
    },
    async start(vm) {
      record.item({ kind: 'start', vm })
      await machines.start(vm)
    },
    note: (text) => record.note(text),
    clientsUp: ({ job }) => run.clientsUp().filter((name) => mayUse(job, name)),
  }
}

/** Whoever is to speak so soon does it before it is stopped, and gets a whole time to live more. */
const aboutToSpeakMs = 1500

/**
 * VM → when Nomad would miss it, in cluster ms since the epoch; without those that do not tell, and
 * those that are about to speak once more.
 */
async function foretell(run: Run, vms: string[]): Promise<Map<string, number>> {
  const nodes = await lookAtNodes(run.cluster, sharedLook())
  const told = await Promise.all(
    vms.map(async (vm): Promise<[string, number][]> => {
      const host = nodes.find(({ name }) => name === vm)?.address
      const at = host === undefined ? undefined : await missedAt(run.cluster, host, run.graceMs)
      const speaks = at !== undefined && at - run.graceMs < run.cluster.clock.now() + aboutToSpeakMs
      return at === undefined || speaks ? [] : [[vm, at]]
    }),
  )
  return new Map(told.flat())
}

const seconds = (ms: number) => Math.round(ms / 100) / 10

const sideBySide = (vm: string, foretoldMs: number, missedMs: number) =>
  msg(
    '{vm}: Nomad missed its heartbeat after {missed, number, ::.0} s; its timers had foretold {foretold, number, ::.0} s.',
    {
      vm,
      missed: seconds(missedMs),
      foretold: seconds(foretoldMs),
    },
  )
