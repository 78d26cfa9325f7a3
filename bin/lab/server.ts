import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { inLanguage, type Language, languages } from '../../helpers/language/message.ts'
import { type FaultSwitch, faultNames, namedFaults } from '../../lab/named-faults.ts'
import { policy, renderLabPage } from './page.ts'
import { partsOf } from './parts.ts'
import type { LabRecord } from './record.ts'
import { stateOf } from './state.ts'

export interface Front {
  record: LabRecord
  faults: FaultSwitch
  speed: number
  lines: string
  /** Given by `--lang`; else each reader's own. */
  language: Language | undefined
  /** The lab is to end. */
  end(): void
}

/** What a page of somebody else cannot send without asking us first; we never allow it. */
const ownHeader = 'x-grade-lab'

/**
 * The lab's page and what `grade lab …` asks: GET / · /events (parts of the page as they change) · /state ·
 * POST /fault/NAME?vm= · /end. The power door has looked at who asks.
 */
export function labFront(front: Front): RequestListener {
  return (request, response) => {
    answer(front, request, response).catch((error: unknown) => {
      sendText(response, 500, `lab: ${error instanceof Error ? error.message : error}`)
    })
  }
}

async function answer(
  front: Front,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://lab')
  const language = front.language ?? readerLanguage(request.headers['accept-language'])
  const [, fault] = /^\/fault\/([\w-]+)$/.exec(url.pathname) ?? []
  if (request.method === 'POST') {
    if (request.headers[ownHeader] === undefined) {
      return void sendText(
        response,
        403,
        `lab: a request with no header ${ownHeader} changes nothing`,
      )
    }
    if (fault !== undefined) {
      return void switchFault(front, fault, url.searchParams.get('vm') ?? '', response)
    }
    if (url.pathname !== '/end') return void sendText(response, 404, 'lab: there is nothing here')
    response.once('close', front.end)
    return void response.writeHead(204, { Connection: 'close' }).end()
  }
  if (request.method !== 'GET') return void sendText(response, 405, 'lab: GET or POST')
  if (url.pathname === '/') return void sendPage(front, language, response)
  if (url.pathname === '/events')
    return void sendEvents(front, language, url.searchParams, response)
  if (url.pathname !== '/state') return void sendText(response, 404, 'lab: there is nothing here')
  await front.record.look()
  const body = JSON.stringify(stateOf(front.record, front.faults, front.speed))
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(body)
}

function sendPage(front: Front, language: Language, response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Vary: 'Accept-Language',
  })
  response.end(renderLabPage(front, language))
}

function switchFault(front: Front, name: string, vm: string, response: ServerResponse): void {
  const { faults } = front
  if (name === 'none') faults.set(undefined)
  else {
    const known = faultNames.find((one) => one === name)
    if (!known) return void sendText(response, 404, `lab: there is no fault called ${name}`)
    const isHere = front.record.view.vms.some((one) => one.name === vm && !one.isServer)
    if (namedFaults[known].ofVm && !isHere) {
      return void sendText(response, 404, `lab: there is no client called ${vm}`)
    }
    try {
      faults.set({ name: known, vm })
    } catch (error) {
      return void sendText(response, 409, (error as Error).message)
    }
  }
  response.writeHead(204).end()
}

/** How often the picture's edge moves, and how soon a change is shown; wall ms. */
const lookEvery = 1000
const soonMs = 100
const minutesLimit = 60

/** Server-sent events: each has the parts that are new. */
function sendEvents(
  { record, faults }: Front,
  language: Language,
  params: URLSearchParams,
  response: ServerResponse,
): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  const minutes = Math.min(minutesLimit, Math.max(1, Number(params.get('minutes')) || 1))
  const shown = {
    record,
    faults,
    minutes,
    tell: (m: Parameters<typeof inLanguage>[0]) => inLanguage(m, language),
  }
  let sent: Record<string, string> = {}
  let soon: NodeJS.Timeout | undefined
  const send = () => {
    soon = undefined
    // Whoever does not read gets the newest when they do.
    if (response.writableNeedDrain) return
    const parts = partsOf(shown)
    const fresh = Object.entries(parts).filter(([id, markup]) => sent[id] !== markup)
    sent = parts
    response.write(`data: ${JSON.stringify(Object.fromEntries(fresh))}\n\n`)
  }
  const undo = record.onChange(() => {
    soon ??= setTimeout(send, soonMs)
  })
  const timer = setInterval(() => {
    void record.look()
    send()
  }, lookEvery)
  response.once('close', () => {
    undo()
    clearInterval(timer)
    clearTimeout(soon)
  })
  send()
}

/** The first of the reader's languages that we have. */
export function readerLanguage(header = ''): Language {
  const wanted = header
    .split(',')
    .map((one) => {
      const [name = '', ...more] = one.trim().toLowerCase().split(';')
      const weight = more.map((part) => /^\s*q=([\d.]+)$/.exec(part)?.[1]).find(Boolean)
      return { name: name.split('-')[0] ?? '', weight: Number(weight ?? 1) }
    })
    .toSorted((a, b) => b.weight - a.weight)
  return wanted.map(({ name }) => languages.find((one) => one === name)).find(Boolean) ?? 'en'
}

function sendText(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
