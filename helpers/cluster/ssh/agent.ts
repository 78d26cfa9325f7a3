import ssh2, { type BaseAgent, type ParsedKey, type PublicKeyEntry } from 'ssh2'
import { coded, withDeadline } from '../../time/deadline.ts'

/** Wall ms; an agent that asks a person answers its list at once all the same. */
const patience = 3000

/** Each key that is offered in vain counts: sshd ends the connection after six (MaxAuthTries). */
const mostOffers = 4

export interface AgentKeys {
  agent: BaseAgent
  keys: ParsedKey[]
}

/** The keys that an SSH agent holds. Rejects when there is no agent. */
export async function askAgent(socket: string): Promise<AgentKeys> {
  const agent = ssh2.createAgent(socket)
  const late = () => coded('ETIMEDOUT', `no answer within ${patience} ms`)
  const keys = await withDeadline(patience, late, () => {
    const { promise, resolve, reject } = Promise.withResolvers<ParsedKey[]>()
    agent.getIdentities((error, found) => {
      if (error) reject(error)
      else resolve((found ?? []).map(parsed).filter((key) => key !== undefined))
    })
    return promise
  })
  return { agent, keys }
}

function parsed(key: ParsedKey | Buffer | string | PublicKeyEntry): ParsedKey | undefined {
  if (typeof key === 'object' && 'getPublicSSH' in key) return key
  const read = typeof key === 'object' && 'pubKey' in key ? undefined : ssh2.utils.parseKey(key)
  return read instanceof Error ? undefined : read
}

/**
 * The same agent with those keys only that are worth an offer: first the wanted ones, never one that
 * was offered from its file. undefined: none.
 */
export function worthOffering(
  { agent, keys }: AgentKeys,
  about: { wanted: Buffer[]; offered: Buffer[]; onlyWanted: boolean },
): BaseAgent | undefined {
  const isOf = (list: Buffer[]) => (key: ParsedKey) =>
    list.some((one) => one.equals(key.getPublicSSH()))
  const left = keys.filter((key) => !isOf(about.offered)(key))
  const first = left.filter(isOf(about.wanted))
  const rest = about.onlyWanted ? [] : left.filter((key) => !isOf(about.wanted)(key))
  const chosen = [...first, ...rest].slice(0, mostOffers)
  if (chosen.length === 0) return undefined
  return Object.create(agent, {
    getIdentities: {
      value: (done: (e: undefined, k: ParsedKey[]) => void) => done(undefined, chosen),
    },
  })
}
