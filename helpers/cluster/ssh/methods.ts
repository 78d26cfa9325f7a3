import type { AnyAuthMethod, AuthenticationType, NextAuthHandler } from 'ssh2'
import { askAgent, worthOffering } from './agent.ts'
import { agentMissing, nothingToShow } from './faults.ts'
import { type Keys, type OpenedKeys, readKeys } from './keys.ts'
import type { Login } from './login.ts'

/** What one login may try, in order, and what was found out on the way. */
export interface Methods {
  keys: Keys
  /** ssh2 asks for the next one; `left` is what the server still takes. */
  next(left: AuthenticationType[] | null, partial: boolean, give: NextAuthHandler): void
  /** What the server said it takes; empty while it said nothing. */
  accepted(): string[]
  tried(): string[]
}

/**
 * Key files, then an agent, then the password, then the password again as the answer to questions
 * (keyboard-interactive). Rejects with a Fault when there is nothing to show at all, or when what the
 * cluster file names is not there.
 */
export async function methodsFor(to: Login, opened: OpenedKeys): Promise<Methods> {
  const keys = await readKeys(to, opened)
  const unreadable = keys.missing[0]
  const agent = await agentFor(to, keys)
  if (to.keyNamed && unreadable && keys.wanted.length === 0) throw unreadable
  const username = to.user
  const list: AnyAuthMethod[] = keys.usable.map(({ key }) => ({ type: 'publickey', username, key }))
  if (agent) list.push({ type: 'agent', username, agent })
  const { password } = to
  if (password !== undefined) {
    list.push({ type: 'password', username, password })
    list.push({
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _lang, prompts, finish) =>
        finish(prompts.map(({ echo }) => (echo ? '' : password))),
    })
  }
  if (list.length === 0) throw keys.faults[0] ?? unreadable ?? nothingToShow(to)
  return inOrder(list, keys, username)
}

function inOrder(list: AnyAuthMethod[], keys: Keys, username: string): Methods {
  const waiting = [...list]
  const tried: string[] = []
  let accepted: string[] = []
  return {
    keys,
    accepted: () => accepted,
    tried: () => tried,
    next(left, _partial, give) {
      // Asking with nothing costs no try and tells what the server takes.
      if (left === null) return give({ type: 'none', username })
      accepted = left
      for (let method = waiting.shift(); method; method = waiting.shift()) {
        const kind = method.type === 'agent' ? 'publickey' : method.type
        if (!left.includes(kind)) continue
        tried.push(method.type)
        return give(method)
      }
      // ssh2 takes false for "no more"; its types do not know it.
      give(false as unknown as AnyAuthMethod)
    },
  }
}

async function agentFor(to: Login, keys: Keys) {
  if (to.agent === undefined) return undefined
  try {
    const found = await askAgent(to.agent)
    const offered = keys.usable.map(({ key }) => key.getPublicSSH())
    const onlyWanted = to.identitiesOnly
    return worthOffering(found, { wanted: keys.wanted, offered, onlyWanted })
  } catch (error) {
    if (to.agentNamed) throw agentMissing(to, error)
    return undefined
  }
}
