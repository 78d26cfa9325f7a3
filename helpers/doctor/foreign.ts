import type { Connected } from '../connect.ts'
import { msg } from '../language/message.ts'
import { type Finding, fatal, inOrder, warning } from './finding.ts'

/** Names that the exercise uses. */
const services = ['nginx', 'apache']

/** `what` of a service whose allocation is gone: it goes as well, but not at once. */
export const ghost = 'ghost-service'

/** What this grader registered, by its journal. */
export interface Ours {
  jobs: readonly string[]
  allocations: ReadonlyMap<string, string>
}

export interface ForeignSeen {
  findings: Finding[]
  /** Jobs called like the sheet's that are not ours. */
  jobs: string[]
  /** Nodes on which Nomad gave port 80 to an allocation. */
  port80: Set<string>
}

/** Jobs, allocations and service instances that are not ours (rubric, 00). `shared`: others may run. */
export async function lookForForeign(
  cluster: Connected,
  ours: Ours,
  shared: boolean,
): Promise<ForeignSeen> {
  const jobs = (await cluster.nomad.jobs()).filter((job) => !ours.jobs.includes(job.id))
  const named = jobs.filter((job) => services.includes(job.id))
  const others = jobs.filter((job) => job.status === 'running' && !named.includes(job))
  const placed = await Promise.all([...named, ...others].map((job) => placedBy(cluster, job.id)))
  const findings = placed.map(({ job, vms }) => {
    const where = vms.length > 0 && { job, vms }
    if (services.includes(job))
      return fatal(
        'foreign-job',
        where
          ? msg('A job called {job} is here on {vms} that this grader did not register.', where)
          : msg('A job called {job} is here that this grader did not register.', { job }),
        msg('{code}, or let the grader do that: {flag}', {
          code: `nomad job stop -purge ${job}`,
          flag: 'grade --purge',
        }),
        vms,
      )
    const found = shared ? warning : fatal
    return found(
      'foreign-allocation',
      where
        ? msg('The job {job} runs on {vms}, and VMs that it uses would be stopped.', where)
        : msg('The job {job} runs, and VMs that it uses would be stopped.', { job }),
      msg('Stop it ({code}), exclude its VMs in the cluster file, or allow it: {flag}', {
        code: `nomad job stop ${job}`,
        flag: 'grade --shared',
      }),
      vms,
    )
  })
  const strange = await Promise.all(services.map((name) => strangers(cluster, name, ours)))
  return {
    findings: [...findings, ...strange.flat()],
    jobs: named.map((job) => job.id),
    port80: new Set(placed.flatMap(({ port80 }) => port80)),
  }
}

async function placedBy({ nomad }: Connected, job: string) {
  const live = (await nomad.allocations(job)).filter((a) =>
    ['running', 'pending'].includes(a.client),
  )
  const at80 = live.filter(({ ports }) => ports.some((port) => port.value === 80))
  return {
    job,
    vms: inOrder([...new Set(live.map((a) => a.nodeName))]),
    port80: at80.map((a) => a.nodeName),
  }
}

/** Instances that belong to no allocation that Nomad or our journal knows. */
async function strangers(
  { nomad, consul }: Connected,
  service: string,
  ours: Ours,
): Promise<Finding[]> {
  const instances = await consul.health(service)
  const found = await Promise.all(
    instances.map(async ({ id, node, allocation }) => {
      if (ours.allocations.has(allocation)) return []
      // A job's own instances go with the job, which is told already.
      if (allocation !== '' && (await nomad.allocation(allocation)) !== null) return []
      const remove = `consul services deregister -id=${/^[\w.-]+$/.test(id) ? id : 'ITS_ID'}`
      // The agent of a VM that came back re-registers what ran before (cluster-facts §2.4).
      if (allocation !== '')
        return [
          warning(
            ghost,
            msg(
              'Consul on {node} still has a service {service} of an allocation that Nomad no longer knows.',
              { node, service },
            ),
            msg(
              "It goes by itself within 90 s of the VM's start, which a run waits for; else, on {node}: {code}",
              { node, code: remove },
            ),
            [node],
          ),
        ]
      return [
        fatal(
          'foreign-service',
          msg("Somebody else's service {service} stands in Consul on {node}.", { service, node }),
          msg('On {node}: {code}', { node, code: remove }),
          [node],
        ),
      ]
    }),
  )
  return found.flat()
}
