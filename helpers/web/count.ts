import { Agent, WebSocket } from 'undici'
import { openSocket, type Route } from '../socket.ts'
import { type Clock, held } from '../time/clock.ts'
import { coded, withDeadline } from '../time/deadline.ts'
import { codeOf } from '../time/fault.ts'

export interface Counted {
  /** One for each question: what the API counted, -1 where the dashboard could not reach it. */
  counts: number[]
  /** What the dashboard said where it could not, or why it was not heard; '' when all went well. */
  text: string
}

/** Wall milliseconds for one question: the dashboard itself gives its API 2 s. */
const eachMs = 4000
const longestFrame = 16 * 1024

/**
 * Asks HashiCorp's demo dashboard for its count, as its page does: socket.io 2 over a websocket
 * (Engine.IO 3: `0` opens, `40` connects, `42["event",…]` both ways; demo-consul-101,
 * services/dashboard-service). Each question makes the dashboard ask its API on a connection of its
 * own. Never rejects for what the network or the dashboard does.
 */
export function askCounts(to: {
  route: Route
  clock: Clock
  address: string
  port: number
  times: number
}): Promise<Counted> {
  const { address, port, times } = to
  const heard: Counted = { counts: [], text: '' }
  return held(to.clock, async () => {
    const agent = agentOf(to, (error) => {
      heard.text = codeOf(error)
    })
    const url = `ws://${address}:${port}/socket.io/?EIO=3&transport=websocket`
    const socket = new WebSocket(url, { dispatcher: agent })
    const late = () => coded('ETIMEDOUT', 'no count')
    try {
      await withDeadline(eachMs * (times + 1), late, () => converse(socket, times, heard))
    } catch (error) {
      heard.text ||= codeOf(error) || 'EPROTO'
    } finally {
      socket.close()
      await agent.destroy()
    }
    return heard
  })
}

function agentOf(
  { route, clock }: { route: Route; clock: Clock },
  onFailed: (error: unknown) => void,
): Agent {
  return new Agent({
    connect: ({ hostname, port }, done) => {
      openSocket(route, clock, { host: hostname, port: Number(port), deadline: eachMs }).then(
        (socket) => done(null, socket),
        (error) => {
          onFailed(error)
          done(error, null)
        },
      )
    },
    webSocket: { maxPayloadSize: longestFrame },
  })
}

/** The first count comes when it connects; each further one is asked for. */
function converse(socket: WebSocket, times: number, heard: Counted): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.onerror = ({ error }) => reject(error?.cause ?? error)
  socket.onclose = () => reject(coded('ECONNRESET', 'closed'))
  socket.onmessage = ({ data }) => {
    const count = countIn(String(data))
    if (!count) return
    heard.counts.push(count.count)
    if (count.count < 0) heard.text = count.message
    if (heard.counts.length >= times) resolve()
    else socket.send('42["send",{"count":0,"message":"","hostname":""}]')
  }
  return promise
}

/** `42["message",{"count":7,…}]`, or with the number of an acknowledgement after the 42. */
function countIn(frame: string): { count: number; message: string } | undefined {
  try {
    const [event, body] = JSON.parse(/^42\d*(\[.*)$/s.exec(frame)?.[1] ?? '[]')
    if (event !== 'message' || !Number.isSafeInteger(body?.count)) return undefined
    return { count: body.count, message: String(body.message ?? '').slice(0, 200) }
  } catch {
    return undefined
  }
}
