import type { AgentService, ConsulAgent, Vm } from '../../contract.ts'
import { agentServiceId, checkId } from './consul-id.ts'
import type { Life } from './life.ts'

/** While Consul does not answer. Our assumption. */
const retryMs = 200

/** Whether nothing of this allocation runs in the agent's present life. */
type IsGhost = (allocId: string) => boolean

/** The agent's own service. Ghosts are passing, but checks of theirs begin anew (cluster-facts §2.4). */
export function registerAgent(vm: Vm, consul: ConsulAgent, life: Life, isGhost: IsGhost): void {
  if (!consul.up) {
    life.after(retryMs, () => registerAgent(vm, consul, life, isGhost))
    return
  }
  for (const ghost of ghosts(consul, isGhost)) {
    for (const check of ghost.checks) consul.setCheck(check.id, 'critical', '')
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

export function removeGhosts(consul: ConsulAgent, isGhost: IsGhost): void {
  if (!consul.up) return
  for (const { id } of ghosts(consul, isGhost)) consul.deregister(id)
}

function ghosts(consul: ConsulAgent, isGhost: IsGhost): AgentService[] {
  return consul.services().filter(({ id }) => {
    const allocId = /^_nomad-task-([0-9a-f-]{36})-/.exec(id)?.[1]
    return allocId !== undefined && isGhost(allocId)
  })
}
