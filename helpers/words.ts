import { mayUse } from './grade/usable.ts'
import type { Recorder } from './recorder.ts'
import type { Run } from './run.ts'
import type { Deployed } from './student.ts'
import { within } from './time/budget.ts'

/** What a suite may do to the cluster, and ask of it. */
export interface ClusterWords {
  /** Stops these VMs; returns when Nomad and Consul both say so, or the item is inconclusive. */
  stop(...vms: string[]): Promise<void>
  /** Asks for the start of a stopped VM; what is expected next waits for what comes of it. */
  start(vm: string): Promise<void>
  /** Fit clients that are up now and that the job's own constraints let it use. */
  clientsUp(deployed: Deployed): string[]
  /** Something worth knowing that costs no mark. */
  note(text: string): void
}

/** The cluster in the words of a suite. */
export function clusterWords(run: Run, record: Recorder): ClusterWords {
  const { machines } = run
  return {
    async stop(...vms) {
      await run.heartbeatsSeen()
      const budget = within.death(run.budgetFacts(undefined, vms.length))
      run.teller.begins(`Nomad and Consul see that ${vms.join(' and ')} is gone`, budget)
      const stop = await machines.stop(vms, budget)
      record.item(stop)
      if (stop.vms.some((vm) => !vm.effective)) throw record.enough()
    },
    async start(vm) {
      await machines.start(vm)
    },
    note: (text) => record.note(text),
    clientsUp: ({ job }) => run.clientsUp().filter((name) => mayUse(job, name)),
  }
}
