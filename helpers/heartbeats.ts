import { met, notYetLab } from './grade/reason.ts'
import type { Run } from './run.ts'
import { eventually } from './time/eventually.ts'

/** A client speaks at least every 20 s (cluster-facts §1.1); some slack for a slow agent. */
const longestSilenceMs = 25_000

/**
 * Waits until every client's last heartbeat fell under the present leader: before that its timer is
 * 300 s (cluster-facts §0.2.19), and no API tells how old a leadership is. False when an agent cannot
 * be asked or the leader changed again: then budgets allow for the 300 s.
 */
export async function heardUnderLeader(
  run: Run,
  heard: { leader: string; since: number },
): Promise<boolean> {
  const { clock, nomad, wakes } = run.cluster
  const leader = await nomad.leader()
  if (leader !== heard.leader) Object.assign(heard, { leader, since: clock.now() })
  const nodes = await nomad.nodes()
  const clients = nodes.filter((n) => run.machines.clients.includes(n.name))
  const waited = await eventually({
    clock,
    wakes,
    budget: { ms: longestSilenceMs, because: ['every client speaks within 20 s'] },
    signal: run.signal,
    look: () =>
      Promise.all(
        clients.map(async (client) => {
          const self = await nomad.clientSelf(client.address).catch(() => undefined)
          return { vm: client.name, at: self ? clock.now() - self.lastMs : 0 }
        }),
      ),
    judge: (seen) => {
      const silent = seen.find((s) => s.at < heard.since)
      return silent ? notYetLab('client-missing', { vm: silent.vm, status: 'silent' }) : met
    },
  })
  return waited.ended === 'met' && (await nomad.leader()) === leader
}
