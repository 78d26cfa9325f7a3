import type { GitHttpRequest, GitHttpResponse } from 'isomorphic-git/http/node'
import { msg } from '../../language/message.ts'
import { wallSleep } from '../../time/deadline.ts'
import { mib } from './archive-sink.ts'
import { refusal } from './hand-in-refused.ts'

/** As many bytes as a repository may send; what findSubmission reads of a history is no more. */
const mostBytes = 32 * mib
const mostRedirects = 3
const mostTries = 3
/** Wall milliseconds that a server may ask us to wait, each time. */
const longestWait = 30_000

/** A token for the repositories of one host; sent nowhere else, and never without TLS. */
export interface GitToken {
  host: string
  token: string
}

/** `GRADE_GIT_TOKEN`, for github.com or what `GRADE_GIT_HOST` says. */
export function gitTokenOf(
  env: Readonly<Record<string, string | undefined>>,
): GitToken | undefined {
  const token = env.GRADE_GIT_TOKEN?.trim()
  return token ? { token, host: env.GRADE_GIT_HOST?.trim() || 'github.com' } : undefined
}

/**
 * The HTTP that isomorphic-git is given: bounded in bytes, ended by the signal, to the host of `url`
 * and to no other, whatever the server answers. A server that is busy (429, 503) is asked again when
 * it says so.
 */
export function gitHttp(url: URL, signal: AbortSignal) {
  let received = 0
  async function* counted(body: ReadableStream<Uint8Array> | null) {
    if (!body) return
    for await (const chunk of body) {
      received += chunk.length
      if (received > mostBytes)
        throw refusal(
          msg('the repository is larger than {limit} MiB; clone it, and name the folder instead.', {
            limit: mostBytes / mib,
          }),
        )
      yield chunk
    }
  }
  async function ask(request: GitHttpRequest, to: URL, redirects: number): Promise<Response> {
    if (to.host !== url.host || to.protocol !== url.protocol)
      throw refusal(
        msg('{from} leads to {to}, another host: nothing was asked there.', {
          ...{ from: url.host, to: to.host },
        }),
      )
    const answer = await fetch(to, {
      method: request.method ?? 'GET',
      headers: request.headers ?? {},
      body: request.body ? await whole(request.body) : null,
      ...{ signal, redirect: 'manual' },
    })
    const location = answer.headers.get('location')
    if (answer.status < 300 || answer.status > 399 || !location) return answer
    await answer.body?.cancel()
    if (redirects >= mostRedirects)
      throw refusal(
        msg('{host} leads from one address to another without end.', { host: url.host }),
      )
    return await ask(request, new URL(location, to), redirects + 1)
  }
  return {
    async request(request: GitHttpRequest): Promise<GitHttpResponse> {
      for (let tries = 1; ; tries++) {
        const answer = await ask(request, new URL(request.url), 0)
        const wait = tries < mostTries ? askedToWait(answer) : undefined
        if (wait === undefined)
          return {
            ...{ url: request.url, method: request.method ?? 'GET' },
            headers: Object.fromEntries(answer.headers),
            ...{ statusCode: answer.status, statusMessage: answer.statusText },
            body: counted(answer.body),
          }
        await answer.body?.cancel()
        await wallSleep(wait)
        signal.throwIfAborted()
      }
    },
  }
}

/** Wall milliseconds; undefined where the server does not ask for it, or for too long. */
function askedToWait(answer: Response): number | undefined {
  if (answer.status !== 429 && answer.status !== 503) return undefined
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 && seconds * 1000 <= longestWait ? Math.max(seconds * 1000, 500) : undefined
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}
