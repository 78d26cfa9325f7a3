import type { Connected } from './connect.ts'
import { met, notYetLab } from './grade/reason.ts'
import type { Run } from './run.ts'
import { eventually } from './time/eventually.ts'

/** A client speaks at least every 20 s (cluster-facts §1.1); some slack for a slow agent. */
const longestSilenceMs = 25_000

/** Both ends of a leadership's age are told in whole seconds. */
const roundingMs = 3000

/**
 * Whether the leader is another than `heard`, or the same server elected once more: its address does
 * not tell.
 */
export async function isNewLeadership(
  { nomad, clock }: Pick<Connected, 'nomad' | 'clock'>,
  heard: { leader: string; since: number },
): Promise<boolean> {
  if ((await nomad.leader()) !== heard.leader) return true
  const leads = await nomad.leaderFor().catch(() => undefined)
  return leads !== undefined && clock.now() - leads > heard.since + roundingMs
}

/**
 * Waits until every client's last heartbeat fell under the present leader: before that its timer is
 * 300 s (cluster-facts §0.2.19). A lone server tells how long it has led (docs/discoveries.md); else
 * it is only known since when this run has seen it lead. False when an agent cannot be asked or the
 * leader changed again: then budgets allow for the 300 s.
 */
export async function heardUnderLeader(
  run: Run,
  heard: { leader: string; since: number },
): Promise<boolean> {
  const { clock, nomad, wakes } = run.cluster
  const leader = await nomad.leader()
  if (leader !== heard.leader) Object.assign(heard, { leader, since: clock.now() })
  const leads = await nomad.leaderFor().catch(() => undefined)
  if (leads !== undefined) heard.since = clock.now() - leads
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

/**
 * When Nomad will miss a client that falls silent now: its last heartbeat + TTL + grace (cluster-facts
 * §0.2.7), in cluster ms since the epoch. undefined where its agent does not tell.
 */
export async function missedAt(
  { nomad, clock }: Pick<Connected, 'nomad' | 'clock'>,
  host: string,
  graceMs: number,
): Promise<number | undefined> {
  const self = await nomad.clientSelf(host).catch(() => undefined)
  return self && clock.now() - self.lastMs + self.ttlMs + graceMs
}
