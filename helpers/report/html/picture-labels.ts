import type { Act, Wait } from '../../grade/timeline.ts'
import { type Message, msg } from '../../language/message.ts'

/** Tells a message in the language of the page. */
export type Tell = (message: Message) => string

export function actWord({ kind, what }: Act): Message {
  switch (kind) {
    case 'registered':
      return msg('{stage} is registered', { stage: what })
    case 'held-back':
      return msg('Nomad cannot place a replica')
    case 'stop':
      return msg('stopped')
    case 'foretold':
      return msg('foretold')
    case 'missed':
      return msg('Nomad misses it')
    case 'seen-off':
      return msg('gone for Nomad and Consul')
    case 'start':
      return msg('started again')
    case 'fault':
      return msg('a fault')
  }
}

export function waitWord({ from, to, budget, ended }: Wait): Message {
  const spent = Math.round((to - from) * 10) / 10
  if (budget === 0) return msg('waited {spent, number} s', { spent })
  const values = { spent, budget: Math.round(budget) }
  if (ended === 'time' && spent < budget)
    return msg('{spent, number} s of {budget, number} s: nothing changed any more', values)
  if (ended === 'time') return msg('{spent, number} s: all of {budget, number} s were up', values)
  if (ended === 'hopeless')
    return msg('{spent, number} s of {budget, number} s: waiting could not help', values)
  return msg('waited {spent, number} s of {budget, number} s', values)
}
