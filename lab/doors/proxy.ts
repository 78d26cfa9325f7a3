import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Hands on a request as an HTTP proxy gets it (`GET http://192.168.56.105:8500/v1/…`), so that with
 * `http_proxy` set the addresses of the exercise sheet work on the machine that runs the lab. 502 when
 * nobody answers there, 501 when it is no such request.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  dial: (host: string, port: number) => Promise<Socket>,
): Promise<void> {
  response.on('error', () => {})
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined
  if (url?.protocol !== 'http:') {
    response
      .writeHead(501)
      .end('lab: this door is an HTTP proxy: http://address:port/ or CONNECT\n')
    return
  }
  const failed = (error: Error) => {
    if (response.headersSent) return void response.destroy()
    response.writeHead(502, { 'Content-Type': 'text/plain' }).end(`${error.message}\n`)
  }
  const socket = await dial(url.hostname, Number(url.port || 80)).catch(failed)
  if (!socket) return
  const { 'proxy-connection': _, ...headers } = request.headers
  const onward = httpRequest({
    createConnection: () => socket,
    method: request.method ?? 'GET',
    path: url.pathname + url.search,
    headers: { ...headers, connection: 'close' },
  })
  onward.on('error', failed)
  onward.on('response', (answer) => {
    // As they were written; the connection is ours.
    const raw = answer.rawHeaders
    const own = raw.flatMap((name, at) =>
      at % 2 === 0 && name.toLowerCase() !== 'connection' ? [name, raw[at + 1] ?? ''] : [],
    )
    response.writeHead(answer.statusCode ?? 502, own)
    answer.on('error', () => response.destroy())
    answer.pipe(response)
  })
  response.on('close', () => socket.destroy())
  // It comes paused, and HTTP does not wake it.
  socket.resume()
  request.pipe(onward)
}
