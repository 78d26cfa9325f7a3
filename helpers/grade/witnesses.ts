import { msg } from '../language/message.ts'
import type { Job } from '../submission/job.ts'
import { deadEnd, sheetListens } from './dead-end.ts'
import type { Want } from './evidence.ts'
import { hopeless, hopelessLab, met, notYet, notYetLab, type Outcome, patiently } from './reason.ts'
import {
  closingMs,
  leftoversOf,
  memberAddresses,
  type Replica,
  slowestCheckMs,
  standing,
} from './replicas.ts'
import { type DnsView, type Instance, unseen, type View, type WebLook } from './view.ts'

/** Consul lists exactly the replicas, after leftovers are set aside. */
export function consulOf(view: View, job: Job, want: Want, replicas: Replica[]): Outcome {
  if (unseen(view.consul)) return notYetLab('consul-unseen', { text: view.consul.error })
  const entries = standing(view.consul, view.at)
  const members = memberAddresses(view)
  for (const replica of replicas) {
    const own = entries.filter((e) => e.allocation === replica.allocation.id)
    const [entry, second] = own
    if (!entry) return notYetLab('consul-absent', { service: want.service, vm: replica.vm })
    const trouble = entryTrouble(entry, second, replica, members, job, want)
    if (trouble) return trouble
  }
  const ids = new Set(replicas.map((r) => r.allocation.id))
  const extra = entries.find((e) => !ids.has(e.allocation))
  if (extra) return extraTrouble(extra, want)
  const closing = leftoversOf(view.consul, view.at).find(
    (l) => l.kind === 'closing' && l.age < closingMs,
  )
  if (closing) return notYetLab('closing', { vm: closing.instance.node, service: want.service })
  return met
}

function entryTrouble(
  entry: Instance,
  second: Instance | undefined,
  replica: Replica,
  members: Set<string>,
  job: Job,
  want: Want,
): Outcome | undefined {
  if (second) return hopeless('consul-double', { service: want.service, vm: replica.vm }, 'service')
  const critical = entry.checks.find((c) => c.status === 'critical')
  if (critical?.id === 'serfHealth')
    return notYetLab('client-missing', { vm: entry.node, status: msg('failed in Consul') })
  if (critical)
    return patiently(
      notYet('consul-critical', { vm: entry.node, text: critical.output }, 'check'),
      slowestCheckMs(job),
    )
  if (entry.port === 0) return notYet('consul-no-port', { service: want.service }, 'service')
  // The address that Nomad itself gave the allocation is the lab's doing; any other is the job's.
  if (!members.has(entry.address))
    return entry.address === replica.address
      ? hopelessLab('nat-address', { vm: replica.vm })
      : hopeless('consul-address', { address: entry.address, vm: replica.vm }, 'service')
  if (entry.address !== replica.address || entry.port !== replica.port)
    return notYet(
      'consul-address',
      { address: `${entry.address}:${entry.port}`, vm: replica.vm },
      'service.port',
    )
  return undefined
}

function extraTrouble(extra: Instance, want: Want): Outcome {
  const values = { service: want.service, vm: extra.node, id: extra.id }
  // An allocation of ours that is meant to run, though it is no replica: still starting, or an older
  // version, or another group. Anything else is nobody's of ours.
  return notYetLab(extra.owner ? 'consul-extra' : 'consul-foreign', values)
}

/** Each replica answers on the wire as the image it is meant to be. */
export function answersOf(view: View, job: Job, want: Want, replicas: Replica[]): Outcome {
  for (const replica of replicas) {
    const look = view.web.find((w) => w.allocation === replica.allocation.id)
    if (!look) return notYetLab('wire-silent', { vm: replica.vm, where: where(replica) })
    const trouble = lookTrouble(look, job, want, replica)
    if (trouble) return trouble
  }
  return met
}

function lookTrouble(look: WebLook, job: Job, want: Want, replica: Replica): Outcome | undefined {
  const values = { vm: replica.vm, where: where(replica) }
  if (look.error === 'ECONNREFUSED' || look.error === 'ECONNRESET')
    return typeof want.server === 'object'
      ? refused({ ...values, error: look.error, own: 'own' }, deadEnd(job, want.service, undefined))
      : refused({ ...values, error: look.error }, deadEnd(job, want.service, sheetListens))
  // It spoke, and not HTTP: no web server is behind that port.
  if (look.error === 'EPROTO')
    return notYet('wire-server', { ...values, server: speech(want) }, 'image')
  if (look.error !== '')
    return look.insideAnswers
      ? notYetLab('firewall', values)
      : notYetLab('wire-silent', { ...values, error: look.error })
  return isServer(look, want.server)
    ? undefined
    : notYet(
        'wire-server',
        { ...values, server: look.server || look.page || msg('nothing it knows') },
        'image',
      )
}

/** What it did not speak. */
const speech = ({ server }: Want) =>
  typeof server === 'object' ? msg('nothing it knows') : msg('no HTTP')

function refused(values: Record<string, string>, why: ReturnType<typeof deadEnd>): Outcome {
  return notYet('wire-refused', { ...values, because: why?.because ?? '' }, why?.place ?? 'to')
}

/** The Server header says so, or the default page where there is no header (rubric, Words); or what a job of one's own answers. */
export function isServer(look: WebLook, server: Want['server']): boolean {
  if (typeof server === 'object') return look.server.startsWith(server.hear)
  const begins = server === 'nginx' ? 'nginx' : 'apache'
  return look.server === '' ? look.page === server : look.server.toLowerCase().startsWith(begins)
}

const where = (replica: Replica) => `${replica.address}:${replica.port}`

/** DNS gives exactly the replicas' addresses, after those that only leftovers have. */
export function dnsOf(view: View, replicas: Replica[]): Outcome {
  if (unseen(view.dns)) return notYetLab('dns-unseen', { text: view.dns.error })
  if (view.dns.rcode !== 'NOERROR' && view.dns.rcode !== 'NXDOMAIN')
    return notYetLab('dns-unseen', { text: view.dns.rcode })
  const wanted = new Set(replicas.map((r) => r.address))
  const given = withoutLeftovers(view.dns, view, wanted)
  const same = given.length === wanted.size && given.every((a) => wanted.has(a))
  if (same) return met
  // Consul's own list was right, so its DNS is late or broken: never the job's doing.
  return notYetLab('dns-differs', {
    name: view.dns.name,
    have: given.join(', ') || view.dns.rcode,
    want: [...wanted].join(', '),
  })
}

function withoutLeftovers(dns: DnsView, view: View, wanted: Set<string>): string[] {
  const aside = unseen(view.consul)
    ? []
    : leftoversOf(view.consul, view.at).map((l) => l.instance.address)
  return [...new Set(dns.addresses)].filter((a) => wanted.has(a) || !aside.includes(a))
}

/** Every address that DNS can give first serves the page as the item's image, 2xx or 3xx. */
export function servesOf(view: View, job: Job, want: Want, replicas: Replica[]): Outcome {
  if (unseen(view.dns)) return notYetLab('dns-unseen', { text: view.dns.error })
  const wanted = new Set(replicas.map((r) => r.address))
  const given = withoutLeftovers(view.dns, view, wanted)
  if (given.length === 0)
    return notYetLab('dns-differs', {
      name: view.dns.name,
      have: view.dns.rcode,
      want: msg('an address'),
    })
  for (const address of given) {
    const replica = replicas.find((r) => r.address === address)
    const look = view.web.find((w) => w.address === address && w.port === (want.port ?? 80))
    if (!replica || !look)
      return notYetLab('dns-differs', {
        name: view.dns.name,
        have: address,
        want: [...wanted].join(', '),
      })
    const trouble = lookTrouble(look, job, want, replica)
    if (trouble) return trouble
    if (look.status < 200 || look.status >= 400)
      return notYet('serves-not', { address, status: look.status }, 'config')
  }
  return met
}
