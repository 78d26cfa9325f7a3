import type { Dispatcher } from 'undici'
import type { Ask } from './http.ts'
import { bodyTooLong } from './http-faults.ts'

export interface Exchanged {
  status: number
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/**
 * Sends one request and takes in the whole answer, at most `limit` bytes of it. `arrives` is called
 * when its head is there, and gives what is called when all is over. undici's own `request` makes a
 * stream of each answer: for bodies that are wanted whole it is twice the CPU.
 */
export function exchange(
  client: Dispatcher,
  { ask, limit, signal }: { ask: Ask; limit: number; signal: AbortSignal },
  sent: Pick<Dispatcher.DispatchOptions, 'path' | 'method' | 'headers' | 'body'>,
  arrives: () => () => void,
): Promise<Exchanged> {
  const { promise, resolve, reject } = Promise.withResolvers<Exchanged>()
  const chunks: Buffer[] = []
  let size = 0
  let head: Omit<Exchanged, 'body'> = { status: 0, headers: {} }
  let over = (): void => {}
  const whole = () => resolve({ ...head, body: Buffer.concat(chunks).subarray(0, limit) })
  let controller: Dispatcher.DispatchController | undefined
  // Before there is a connection there is nothing to abort yet.
  const abort = () => controller?.abort(signal.reason)
  const end = () => {
    over()
    over = () => {}
    signal.removeEventListener('abort', abort)
  }
  signal.addEventListener('abort', abort, { once: true })
  client.dispatch(sent, {
    onRequestStart(own) {
      controller = own
      if (signal.aborted) abort()
    },
    onResponseStart(_, status, headers) {
      // `100 Continue` and its like come before the answer.
      if (status < 200) return
      head = { status, headers }
      over = arrives()
    },
    onResponseData(own, chunk) {
      size += chunk.length
      chunks.push(chunk)
      if (size <= limit) return
      if (ask.cut) whole()
      const tooLong = bodyTooLong(ask, limit)
      reject(tooLong)
      own.abort(tooLong)
    },
    onResponseEnd() {
      end()
      whole()
    },
    onResponseError(_, error) {
      end()
      reject(error)
    },
  })
  return promise
}
