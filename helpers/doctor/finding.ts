import { Fault } from '../time/fault.ts'

/** Which check found it: a word for programs. */
export type What =
  | 'server-off'
  | 'nomad-down'
  | 'consul-down'
  | 'agent-on-loopback'
  | 'no-leader'
  | 'acl'
  | 'lab-services'
  | 'dns'
  | 'client-off'
  | 'client-not-ready'
  | 'client-not-alive'
  | 'ineligible'
  | 'datacenter'
  | 'too-few-clients'
  | 'ssh'
  | 'host-key'
  | 'sudo'
  | 'docker'
  | 'image-missing'
  | 'port-80'
  | 'clock'
  | 'disk'
  | 'nat-address'
  | 'no-power'
  | 'power'
  | 'foreign-job'
  | 'foreign-service'
  | 'ghost-service'
  | 'foreign-allocation'
  | 'journal'
  | 'never-stopped'
  | 'facts'

/**
 * One thing that was found. `fatal`: nothing can be graded until it is mended; `warning`: a run goes
 * on without it; `info`: worth knowing.
 */
export interface Finding {
  what: What
  /** Node names of the VMs that it is about; [] when it is about the whole cluster. */
  vms: string[]
  /** Who looked at what, and what was seen. */
  sentence: string
  /** What to do, '' when nothing is to be done. */
  cure: string
  weight: 'fatal' | 'warning' | 'info'
}

export const fatal = (
  what: What,
  sentence: string,
  cure: string,
  vms: readonly string[] = [],
): Finding => ({ what, vms: [...vms], sentence, cure, weight: 'fatal' })

export const warning = (...about: Parameters<typeof fatal>): Finding => ({
  ...fatal(...about),
  weight: 'warning',
})

export const info = (sentence: string, cure = '', what: What = 'facts'): Finding => ({
  ...fatal(what, sentence, cure),
  weight: 'info',
})

/** What a run that cannot begin is told. */
export const asFault = ({ what, sentence, cure }: Finding): Fault =>
  new Fault(sentence, { code: what, cure })

export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

export const cureOf = (error: unknown): string => (error instanceof Fault ? error.cure : '')

/** What is wrong in the same way on several VMs is one thing to mend, told once. */
export function merged(findings: readonly Finding[]): Finding[] {
  const byKind = new Map<string, Finding>()
  for (const one of findings) {
    const kind = one.vms.length === 0 ? `${byKind.size}` : `${one.what} ${one.weight}`
    const first = byKind.get(kind)
    if (first) first.vms.push(...one.vms)
    else byKind.set(kind, { ...one, vms: [...one.vms] })
  }
  return [...byKind.values()].map((one) => {
    const others = one.vms.slice(1).filter((vm) => !one.sentence.includes(vm))
    if (others.length === 0) return one
    return { ...one, sentence: `${one.sentence} The same on ${others.join(', ')}.` }
  })
}

/** Names in the order in which people count: box-9 before box-10. */
export const inOrder = (names: readonly string[]): string[] =>
  [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
