import { inLanguage, type Message, msg, sentences } from '../language/message.ts'
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
  said: Message
  /** What to do, where something is to be done. */
  remedy: Message | undefined
  /** The two in English; '' where nothing is to be done. */
  sentence: string
  cure: string
  weight: 'fatal' | 'warning' | 'info'
}

export function fatal(
  what: What,
  sentence: Message,
  cure: Message | undefined,
  vms: readonly string[] = [],
): Finding {
  return asText({
    ...{ what, vms: [...vms], weight: 'fatal' },
    ...{ said: sentence, remedy: cure },
  })
}

const asText = (one: Omit<Finding, 'sentence' | 'cure'>, language = 'en'): Finding => ({
  ...one,
  sentence: inLanguage(one.said, language),
  cure: one.remedy ? inLanguage(one.remedy, language) : '',
})

/** For programs, `grade doctor --json`: with its two sentences in a language. */
export function findingIn(one: Finding, language: string) {
  const { what, vms, sentence, cure, weight } = asText(one, language)
  return { what, vms, sentence, cure, weight }
}

export const warning = (...about: Parameters<typeof fatal>): Finding => ({
  ...fatal(...about),
  weight: 'warning',
})

export const info = (sentence: Message, cure?: Message, what: What = 'facts'): Finding => ({
  ...fatal(what, sentence, cure),
  weight: 'info',
})

/** The finding with one more sentence. */
export const withMore = (one: Finding, more: Message): Finding =>
  asText({ ...one, said: sentences(one.said, more) })

/** What a run that cannot begin is told. */
export const asFault = ({ what, said, remedy }: Finding): Fault =>
  new Fault(said, { code: what, cure: remedy })

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
    return others.length === 0 ? one : withMore(one, msg('The same on {others}.', { others }))
  })
}

/** Two names are joined by a word, more by commas. */
export const joined = (names: readonly string[]): string | Message =>
  names.length === 2
    ? msg('{first} and {second}', { first: names[0] ?? '', second: names[1] ?? '' })
    : names.join(', ')

/** Parts of a sentence with commas between. */
export const withCommas = (parts: readonly Message[]): Message =>
  parts.reduce((first, second) => msg('{first}, {second}', { first, second }))

/** Names in the order in which people count: box-9 before box-10. */
export const inOrder = (names: readonly string[]): string[] => [...names].sort(counting.compare)

/** Made once: `localeCompare` makes one for each comparison. */
const counting = new Intl.Collator('en', { numeric: true })
