import type { Consul } from './consul/consul.ts'
import type { Others, World } from './contract.ts'
import { parseJobFile } from './nomad/hcl/parse.ts'
import { serverJob } from './nomad/job/structs.ts'
import type { Nomad } from './nomad/nomad.ts'

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
    async runJob(hcl) {
      nomad.jobs.register(serverJob(await parseJobFile(hcl, version), version))
    },
    registerService: (vm, service) => consul.agent(vm).register(service),
  }
}
