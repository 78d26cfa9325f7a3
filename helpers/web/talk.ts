import type { Talk } from '../grade/rubric.ts'
import type { WebLook } from '../grade/view.ts'
import { openSocket, type Route } from '../socket.ts'
import { type Clock, held } from '../time/clock.ts'
import { coded, withDeadline } from '../time/deadline.ts'
import { codeOf } from '../time/fault.ts'

/** Wall milliseconds. */
const deadline = 5000
const longestWord = 200

/**
 * Says one line on a connection of its own and hears the answer's first line: `server` of the look.
 * A port that takes the connection and says nothing is no answer: Docker's own proxy does that for a
 * container in which nothing listens. Never rejects for what the network or the server does.
 */
export function talkTo(to: {
  route: Route
  clock: Clock
  address: string
  port: number
  talk: Talk
}): Promise<Omit<WebLook, 'allocation'> & { body: string }> {
  const { route, clock, address, port, talk } = to
  const blank = { address, port, status: 0, server: '', page: '', title: '', error: '', body: '' }
  const late = () => coded('ETIMEDOUT', 'no answer')
  return held(clock, async () => {
    try {
      const socket = await openSocket(route, clock, { host: address, port, deadline })
      try {
        socket.write(talk.say)
        const heard = await withDeadline(deadline, late, async () => {
          for await (const chunk of socket) return (chunk as Buffer).toString('latin1')
          throw coded('ECONNRESET', 'closed without a word')
        })
        const server = (heard.split(/\r?\n/, 1)[0] ?? '').slice(0, longestWord)
        return server === '' ? { ...blank, error: 'EPROTO' } : { ...blank, server }
      } finally {
        socket.destroy()
      }
    } catch (error) {
      return { ...blank, error: codeOf(error) || 'EPROTO' }
    }
  })
}
