import { fitOnes, lookAtClients } from '../clients.ts'
import { isOpen, type Outages } from '../cluster/journal.ts'
import type { Connected } from '../connect.ts'
import { ghost, lookForForeign } from '../doctor/foreign.ts'
import { fewestClients } from '../doctor/standing.ts'
import { met, notYetLab } from '../grade/reason.ts'
import { type Message, msg } from '../language/message.ts'
import { eventually } from '../time/eventually.ts'
import { told } from '../time/fault.ts'

/** Ports are closed within seconds; a VM that boots needs half a minute. */
const cleanMs = 60_000

/**
 * Whether a cluster is as the next student must find it; undefined when it is, else why not. No job
 * of the grader's or a student's, every VM up, ready and eligible, nothing open in the journal.
 * Services in Consul of VMs that were down are known to be ours by the journal.
 */
export async function whyNotClean(
  cluster: Connected,
  outages: () => Outages,
  { shared, signal }: { shared: boolean; signal: AbortSignal },
): Promise<Message | undefined> {
  try {
    const { seen } = await eventually({
      clock: cluster.clock,
      wakes: cluster.wakes,
      budget: { ms: cleanMs, because: ['ports are closed within seconds'] },
      signal,
      look: () => look(cluster, outages(), shared),
      judge: (trouble) => (trouble ? notYetLab('unfit') : met),
    })
    return seen
  } catch (error) {
    return told(error)
  }
}

async function look(
  cluster: Connected,
  left: Outages,
  shared: boolean,
): Promise<Message | undefined> {
  if (isOpen(left)) {
    const what = [...left.vms.map((vm) => vm.name), ...left.jobs]
    const all = [...what, ...left.ineligible.map((node) => node.name)]
    return msg('The run before left this undone: {what}.', { what: all })
  }
  const [clients, { findings }] = await Promise.all([
    lookAtClients(cluster),
    lookForForeign(cluster, left, shared),
  ])
  const [trouble] = clients.troubles.values()
  if (trouble && fitOnes(clients).length < fewestClients) return trouble.said
  return findings.find(({ weight, what }) => weight === 'fatal' && what !== ghost)?.said
}
