import { type Job, portOf } from '../submission/job.ts'
import type { Want } from './evidence.ts'
import { hopeless, hopelessLab, met, notYet, notYetLab, type Outcome } from './reason.ts'
import { type Replica, registering } from './replicas.ts'
import { pinnedBy } from './usable.ts'

/** Each replica has a place, an address and a port, of its own. */
export function distinctPlaces(replicas: Replica[]): Outcome {
  const places = new Set(replicas.map((r) => `${r.address}:${r.port}`))
  const nat = replicas.find((r) => r.address === '10.0.2.15')
  if (nat) return hopelessLab('nat-address', { vm: nat.vm })
  const noPort = replicas.find((r) => r.port === 0)
  if (noPort) return hopeless('wire-no-port', { vm: noPort.vm }, 'network')
  return places.size === replicas.length
    ? met
    : notYet('count-other', { have: places.size, want: replicas.length })
}

/** Every replica is at the port that the item asks for. */
export function atPort(want: Want, replicas: Replica[]): Outcome {
  const other = replicas.find((r) => want.port !== undefined && r.port !== want.port)
  return other
    ? notYet('port-other', { vm: other.vm, port: other.port, want: want.port ?? 0 }, 'port')
    : met
}

/** The same of what the job asks for, before it runs; nothing where the file does not say it. */
export function portAsked(
  job: Job,
  { service, port: want }: Pick<Want, 'service' | 'port'>,
): Outcome | undefined {
  const ports = registering(job, service)
    .filter(({ group }) => group.count > 0)
    .flatMap(({ group, entry }) => portOf(group, entry.port) ?? [])
  const other = ports.find(({ value }) => want !== undefined && value !== want)
  return other && hopeless('port-asked', { port: other.value, want: want ?? 0 }, 'port')
}

/** No two replicas are on one VM. */
export function onOwnVms(replicas: Replica[]): Outcome {
  const vms = replicas.map((r) => r.vm)
  const shared = vms.find((vm, i) => vms.indexOf(vm) !== i)
  return shared ? notYetLab('shared-vm', { vm: shared }) : met
}

/** Spread is Nomad's business (2 + 1 is right), unless the job itself forces its replicas together. */
export function notForced(job: Job, replicas: Replica[]): Outcome {
  const shared = new Set(replicas.map((r) => r.vm)).size < replicas.length
  const pin = shared ? pinnedBy(job) : undefined
  return pin ? hopeless('spread-forced', { filter: pin }, 'constraint') : met
}
