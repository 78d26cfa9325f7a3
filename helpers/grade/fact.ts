import type { Text } from '../language/message.ts'
import { hopeless, hopelessLab, met, notYetLab, type Outcome } from './reason.ts'
import type { CriterionId } from './rubric.ts'
import { type DnsView, type Unseen, unseen } from './view.ts'

/** One look at what the suites 00 and 04 are about: plain JSON, enough to judge from. */
export type Fact = MembersFact | KeyFact | DnsFact | PageFact | PiecesFact | MeshFact | CountFact

/** `consul members` beside Nomad's clients. */
export interface MembersFact {
  about: 'members'
  datacenter: string
  /** Who must be there: the server and the fit clients. */
  wanted: { name: string; address: string; role: 'server' | 'client' }[]
  members: { name: string; address: string; status: string; role: string; datacenter: string }[]
}

/** A key of the KV store; values as `shownValue` shows them, null where there is no such key. */
export interface KeyFact {
  about: 'key'
  key: string
  want: string | null
  seen: { vm: string; value: string | null; error: Text }[]
}

export interface DnsFact {
  about: 'dns'
  dns: DnsView | Unseen
  servers: string[]
}

export interface PageFact {
  about: 'page'
  url: string
  /** 0 when nothing answered. */
  status: number
  title: string
  error: string
}

/** What the mesh needs and this cluster lacks, each with what would bring it. */
export interface PiecesFact {
  about: 'pieces'
  missing: { what: Text; cure: Text }[]
}

/** Consul's word on the services of the mesh. */
export interface MeshFact {
  about: 'mesh'
  services: { name: string; instances: number; passing: number; output: string }[]
  /** Services for which Nomad started no sidecar: the job does not ask for one. */
  alone: string[]
}

/** What the dashboard's websocket told, one after another: -1 where it cannot reach its API. */
export interface CountFact {
  about: 'count'
  /** address:port of the dashboard, '' when Consul names none. */
  where: string
  counts: number[]
  /** What the dashboard said where it could not count, or why it was not heard. */
  text: string
  /** Whether the intention stands as it was found; absent before it was touched. */
  intention?: 'as found' | 'denied' | 'other'
}

/**
 * The pure predicates of what is said of the cluster itself. Only a cluster can refute them, but that
 * a job asks for no sidecar.
 */
export function judgeFact(criterion: CriterionId, fact: Fact): Outcome {
  switch (fact.about) {
    case 'members':
      return membersOf(fact)
    case 'key':
      return keyOf(fact)
    case 'dns':
      return serversOf(fact)
    case 'page':
      return pageOf(fact)
    case 'pieces':
      return piecesOf(fact)
    case 'mesh':
      return meshOf(fact)
    case 'count':
      return countOf(criterion, fact)
  }
}

/** Everybody is there, alive, in its role and in the sheet's datacenter. */
function membersOf({ wanted, members, datacenter }: MembersFact): Outcome {
  for (const { name: vm, address, role } of wanted) {
    const found = members.find((one) => one.address === address)
    if (found?.status !== 'alive') return notYetLab('member-missing', { vm, address })
    if (found.role !== role) return notYetLab('member-other', { vm, have: found.role, want: role })
    if (found.datacenter !== datacenter)
      return notYetLab('member-other', { vm, have: found.datacenter, want: datacenter })
  }
  return met
}

const orNone = (value: string | null) => value ?? '–'

/** Every agent that was asked gives the value. */
function keyOf({ key, want, seen }: KeyFact): Outcome {
  if (seen.length === 0) return notYetLab('evidence-ends')
  for (const { vm, value, error } of seen) {
    if (error !== '') return notYetLab('consul-unseen', { text: error })
    if (value !== want)
      return notYetLab('key-other', { name: key, vm, have: orNone(value), want: orNone(want) })
  }
  return met
}

function serversOf({ dns, servers }: DnsFact): Outcome {
  if (unseen(dns)) return notYetLab('dns-unseen', { text: dns.error })
  const same = dns.addresses.toSorted().join() === servers.toSorted().join()
  if (same && servers.length > 0) return met
  const have = dns.addresses.join(', ') || dns.rcode
  return notYetLab('dns-servers', { name: dns.name, have, want: servers.join(', ') })
}

/** Consul 1.14.4 and 1.21.4: `<title>Consul by HashiCorp</title>`. */
function pageOf({ url, status, title, error }: PageFact): Outcome {
  if (status >= 200 && status < 300 && /^consul\b/i.test(title)) return met
  return notYetLab('ui-absent', { where: url, error: error || `${status} ${title}`.trim() })
}

function piecesOf({ missing: [first] }: PiecesFact): Outcome {
  return first ? hopelessLab('not-here', { sentence: first.what, cure: first.cure }) : met
}

function meshOf({ services, alone: [without] }: MeshFact): Outcome {
  if (without !== undefined) return hopeless('mesh-no-sidecar', { service: without }, 'service')
  const bad = services.find(({ instances, passing }) => instances === 0 || passing < instances)
  if (!bad) return met
  const { name: service, instances, passing, output } = bad
  return notYetLab('mesh-service', { service, have: passing, want: instances || 1, text: output })
}

function countOf(criterion: CriterionId, { where, counts, text, intention }: CountFact): Outcome {
  if (criterion === 'intention-back')
    return intention === 'as found' ? met : notYetLab('intention-other')
  const last = counts.at(-1) ?? -1
  if (criterion === 'cut') {
    // Silence is no proof: the dashboard itself must say that its API is out of reach.
    if (counts.length > 0 && last === -1 && intention === 'denied') return met
    return notYetLab('not-cut', { where, have: last, text })
  }
  // Not all the same: each of several APIs counts for itself.
  const counted = new Set(counts).size > 1 && counts.every((n) => n > 0)
  return counted ? met : notYetLab('count-none', { where, have: last, text })
}
