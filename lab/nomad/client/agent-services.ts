import type { ConsulAgent, Undo, Vm, World } from '../../contract.ts'
import { agentServiceId, checkId } from './consul-id.ts'
import type { Life } from './life.ts'

/** What an agent does not know is spared for so long after its start. */
export const probationMs = 60_000
const periodMs = 30_000
/** While Consul does not answer. Our assumption. */
const retryMs = 200

/** The agent's own service. */
export function registerAgent(vm: Vm, consul: ConsulAgent, life: Life): void {
  if (!consul.up) {
    life.after(retryMs, () => registerAgent(vm, consul, life))
    return
  }
  const id = agentServiceId('client', vm.name)
  consul.register({
    id,
    name: 'nomad-client',
    tags: ['http'],
    address: vm.ip,
    port: 4646,
    meta: { 'external-source': 'nomad' },
    checks: [{ id: checkId(id), name: 'Nomad Client HTTP Check', status: 'passing', type: 'http' }],
  })
}

export function removeAgent(vm: Vm, consul: ConsulAgent): void {
  if (consul.up) consul.deregister(agentServiceId('client', vm.name))
}

/**
 * Nomad compares what Consul has with what it wants at each service that it registers or takes out, and
 * 30 s after the last time; in the first minute of an agent's life it spares what it does not know
 * (cluster-facts §2.2, §0.2.1). So a ghost goes 60 to 90 s after the start: mostly at 60.8 s, and when
 * a job was purged 22 s after the start, at 82.4 s (recordings/…orderly…/watch.ndjson). One that
 * somebody registers later, under an id like Nomad's own, goes in the same way (docs/discoveries.md,
 * 2026-11-25). `sparedMs`: how much of the minute is left.
 * Returns the Consul agent for the client's tasks to register with.
 */
export function keepInStep(
  world: World,
  consul: ConsulAgent,
  life: Life,
  sparedMs: number,
): ConsulAgent {
  const sparedUntil = world.now() + sparedMs
  /** Ids that were registered in this life. */
  const own = new Set<string>()
  const ghosts = () =>
    consul.services().filter(({ id }) => id.startsWith('_nomad-task-') && !own.has(id))
  let next: Undo = () => {}
  // Ghosts are passing, but checks of theirs begin anew (cluster-facts §2.4).
  for (const { checks } of ghosts()) {
    for (const { id } of checks) consul.setCheck(id, 'critical', '')
  }
  const sync = () => {
    next()
    next = life.after(periodMs, sync)
    if (world.now() < sparedUntil || !consul.up) return
    for (const { id } of ghosts()) consul.deregister(id)
  }
  sync()
  return {
    get up() {
      return consul.up
    },
    register(service) {
      own.add(service.id)
      consul.register(service)
      sync()
    },
    deregister(id) {
      own.delete(id)
      consul.deregister(id)
      sync()
    },
    setCheck: consul.setCheck,
    services: consul.services,
  }
}
