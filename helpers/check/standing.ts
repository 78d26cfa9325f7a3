import type { DeployRecord, Want } from '../grade/evidence.ts'
import { askedReplicas } from '../grade/replicas.ts'
import { mayUse } from '../grade/usable.ts'
import type { Allocation, NomadView, View } from '../grade/view.ts'
import { type Message, msg } from '../language/message.ts'

/** A job as it runs now, with one look at it. */
export interface Running {
  deploy: DeployRecord
  view: View
  nomad: NomadView
}

type Standing = Omit<Want, 'service' | 'server' | 'clients'>

const fixed: Record<string, Standing> = {
  '01.1': { replicas: 1 },
  '01.3': { replicas: 3 },
  '02.1': { replicas: 3, port: 80, ownVm: true },
  '02.2': { replicas: 3, port: 80, ownVm: true },
  '03.1': { replicas: 1 },
}

/** What an item's state looks like on this cluster now, or why it cannot be seen in a state. */
export function standingWants(
  id: string,
  running: Running,
  clients: readonly string[],
): Standing | { why: Message } {
  const { deploy, nomad } = running
  const count = deploy.job ? askedReplicas(deploy.job, deploy.service) : 0
  const off = nomad.nodes.length - clients.length
  if (id === '01.2') return movedNow(running, clients)
  if (id !== '02.3') return fixed[id] ?? { replicas: count }
  if (off < 2)
    return {
      why: msg(
        'It is seen with two VMs off, and {off, plural, one {# is} other {# are}} off now.',
        {
          off,
        },
      ),
    }
  const left = clients.filter((name) => deploy.job && mayUse(deploy.job, name)).length
  const replicas = Math.min(count, left)
  return { replicas, port: 80, ownVm: true, heldBack: replicas < count, asFits: true }
}

/** A replica that replaces one of a VM which is off now: nothing else shows what 01.2 asks. */
function movedNow({ nomad }: Running, clients: readonly string[]): Standing | { why: Message } {
  const lost = nomad.allocations.find(
    (one) => one.next !== '' && !clients.includes(one.nodeName) && leadsTo(one, nomad.allocations),
  )
  if (!lost)
    return {
      why: msg('It is seen after the VM of the replica was stopped, while that VM is off.'),
    }
  return { replicas: 1, avoiding: [lost.nodeName], replacing: [lost.id] }
}

/** Whether what replaces an allocation, however often it was replaced, is meant to run. */
function leadsTo(from: Allocation, all: readonly Allocation[]): boolean {
  let last: Allocation | undefined = from
  for (let hops = 0; last && last.next !== '' && hops < 32; hops++)
    last = all.find(({ id }) => id === last?.next)
  return last?.desired === 'run'
}
