import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Knows whether anything is unanswered: a hold of the grader, a request at a door, a byte or a goodbye
 * on a wire. The order of things is seen in counters and never in wall time.
 */
export interface Quiet {
  hold(): () => void
  /** A socket of the grader; its other end must have been given to `serverSocket` before. */
  track(client: Socket): void
  serverSocket(socket: Socket): void
  /** Each request at this server is unanswered until its response ends or it is parked. */
  watch(server: Server): void
  /** Something happened that counters do not show: quiet begins anew. */
  stir(): void
  /** Changes whenever anything happens. */
  pulse(): number
  busy(): boolean
  /** What is unanswered, for an error's text. */
  unanswered(): string
  /** Resolves when nothing is unanswered over some turns of the event loop; rejects after a stall. */
  reached(goOn: () => boolean): Promise<void>
}

/** Parked: a blocking query or an event stream that waits for cluster time to pass. */
type Response = ServerResponse & { parked?: boolean }

/** What is written on loopback is readable one turn later; the rest is for what readers then do. */
const calmTurns = 4
const impatientTurns = 100
const backOffMs = 2
/**
 * So many pauses without one byte moving, at least a minute: the grader has forgotten a hold or a
 * socket. Turns are counted and not time, for a loop that was blocked has seen nothing.
 */
const stallTurns = 30_000

export function makeQuiet(): Quiet {
  let holds = 0
  let stirred = 0
  const open = new Set<Response>()
  const servers = new Map<number, Socket>()
  const pairs = new Map<Socket, Socket>()
  const stir = () => void stirred++
  const busy = () => {
    if (holds > 0) return true
    for (const response of open) if (!response.parked) return true
    for (const [client, server] of pairs) if (inFlight(client, server)) return true
    return false
  }
  const pulse = () => {
    let sum = stirred
    for (const [client, server] of pairs) sum += client.bytesRead + server.bytesRead
    return sum
  }
  const unanswered = () =>
    [
      `${holds} holds`,
      ...[...open].filter((one) => !one.parked).map((one) => `${one.req.method} ${one.req.url}`),
      ...[...pairs].filter(([client, server]) => inFlight(client, server)).map(describe),
    ].join(', ')
  return {
    hold() {
      holds++
      stir()
      let held = true
      return () => {
        if (!held) return
        held = false
        holds--
        stir()
      }
    },
    serverSocket(socket) {
      const port = socket.remotePort
      if (port === undefined) return
      servers.set(port, socket)
      stir()
      socket.once('close', () => {
        if (servers.get(port) === socket) servers.delete(port)
        stir()
      })
    },
    track(client) {
      // A channel within a connection has no port.
      const server = client.localPort === undefined ? undefined : servers.get(client.localPort)
      if (!server || client.destroyed) return
      pairs.set(client, server)
      stir()
      client.once('close', () => {
        pairs.delete(client)
        stirred += client.bytesRead + server.bytesRead + 1
      })
    },
    watch(server) {
      watchRequests(server, open, stir)
      // Node closes idle connections after 5 s of wall time, which is no part of this world.
      server.keepAliveTimeout = 0
    },
    stir,
    pulse,
    busy,
    unanswered,
    reached: (goOn) => reachQuiet({ pulse, busy, unanswered }, goOn),
  }
}

function watchRequests(server: Server, open: Set<Response>, stir: () => void): void {
  server.prependListener('request', (_, response) => {
    stir()
    open.add(response)
    response.once('close', () => {
      open.delete(response)
      stir()
    })
  })
}

function inFlight(client: Socket, server: Socket): boolean {
  if (client.destroyed) return false
  // The far end has said goodbye or was cut: the grader must have noticed.
  if (server.destroyed || server.writableFinished) return !client.readableEnded
  return server.bytesWritten !== client.bytesRead || client.bytesWritten !== server.bytesRead
}

function describe([client, server]: [Socket, Socket]): string {
  return `a socket (${server.bytesWritten} bytes sent to the grader, ${client.bytesRead} read)`
}

async function reachQuiet(
  state: Pick<Quiet, 'pulse' | 'busy' | 'unanswered'>,
  goOn: () => boolean,
): Promise<void> {
  let calm = 0
  let still = 0
  let last = state.pulse()
  while (calm < calmTurns && goOn()) {
    await (still < impatientTurns ? turn() : pause())
    const pulse = state.pulse()
    const moved = pulse !== last
    last = pulse
    still = moved ? 0 : still + 1
    calm = moved || state.busy() ? 0 : calm + 1
    if (still > stallTurns) {
      throw new Error(
        `The lab's clock waited more than a minute of wall time for answers that do not come: ` +
          `${state.unanswered()}. Something holds the clock and does not let go: report this.`,
      )
    }
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, backOffMs))
}
