import type { Consul } from './consul/consul.ts'
import type { Others, World } from './contract.ts'
import { parseJobFile } from './nomad/hcl/parse.ts'
import { serverJob } from './nomad/job/structs.ts'
import type { Nomad } from './nomad/nomad.ts'

/** Nanoseconds. */
const hour = 3_600_000_000_000

/** Somebody else's hands on Nomad and Consul. */
export function makeOthers(world: World, nomad: Nomad, consul: Consul): Others {
  const { nomad: version } = world.versions
  return {
    changeLeader: nomad.changeLeader,
    setEligible(name, eligible) {
      const vm = world.vms.get(name)
      if (!vm) throw new Error(`lab: there is no VM called ${name}`)
      nomad.nodes.setEligibility(nomad.nodes.idOf(vm), eligible ? 'eligible' : 'ineligible')
    },
    drain(name, on) {
      const vm = world.vms.get(name)
      if (!vm) throw new Error(`lab: there is no VM called ${name}`)
      const spec = on ? { Deadline: hour, IgnoreSystemJobs: false } : null
      nomad.drainer.set(nomad.nodes.idOf(vm), { spec, markEligible: !on, meta: null })
    },
    async runJob(hcl) {
      nomad.jobs.register(serverJob(await parseJobFile(hcl, version), version))
    },
    stopConsul: consul.stop,
    startConsul: consul.start,
    registerService: (vm, service) => consul.agent(vm).register(service),
  }
}
