/**
 * Loaded into the grader's processes (`node --import`) by a bench: writes each request that undici
 * sends, with its host, to the file that BENCH_REQUESTS names. undici tells of them on a channel of
 * its own, so that nothing in the grader has to count.
 */
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'

const file = process.env.BENCH_REQUESTS ?? ''
if (file !== '')
  subscribe('undici:client:sendHeaders', (message) => {
    const { headers } = message as { headers: string }
    const [, host = ''] = /^host: (\S+)/im.exec(headers) ?? []
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), host })}\n`)
  })
