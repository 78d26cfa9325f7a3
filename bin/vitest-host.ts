import { afterAll, expect, inject, test } from 'vitest'
import type { ItemResult } from '../helpers/grade/result.ts'
import { onItem } from '../helpers/item.ts'
import { Fault, tell as tellAbout } from '../helpers/time/fault.ts'
import { type Message, type Order, openChannel } from './channel.ts'
import type { RunConfig } from './config.ts'
import { openSession, type Session } from './session.ts'

/**
 * The setup file of vitest where it grades: each item becomes a test, all of one student's run share
 * one session in this thread. Verdicts are the engine's; a test only shows them.
 */
declare module 'vitest' {
  interface ProvidedContext {
    grade: { config: RunConfig; runDir: string }
  }
}

interface Host {
  session?: Promise<Session>
  stopped: AbortController
}
const key = Symbol.for('grade.vitest-host')
const shared = globalThis as { [key]?: Host }
const host: Host = shared[key] ?? listen()
shared[key] = host

function listen(): Host {
  const stopped = new AbortController()
  const channel = openChannel<Order>('orders')
  channel.onmessage = ({ data }) => {
    if (data === 'stop') stopped.abort(new Error('interrupted'))
  }
  return { stopped }
}

const given = inject('grade')
const screen = openChannel<Message>('screen')
screen.unref()

function session(): Promise<Session> {
  const tell = (message: Message) => screen.postMessage(message)
  host.session ??= openSession({
    config: given.config,
    runDir: given.runDir,
    signal: host.stopped.signal,
    progress: {
      say: (sentence) => tell({ kind: 'say', sentence }),
      waiting: (wait) => tell({ kind: 'waiting', wait }),
      settled: (result) => tell({ kind: 'settled', result }),
    },
  }).catch(broken)
  return host.session
}

/** Nothing could be graded at all: said once, by the screen, and not by each item. */
function broken(error: unknown): never {
  const own = !(error instanceof Fault)
  const sentence = own && error instanceof Error ? (error.stack ?? error.message) : tellAbout(error)
  screen.postMessage({ kind: 'broken', sentence, own })
  throw error
}

const last = given.config.asked.at(-1) ?? ''
const begun = new Set<string>()

onItem((item) => {
  const suite = item.id.slice(0, 2)
  // Not at the top: with one thread for all suites, vitest loads this file for the first one only.
  if (!begun.has(suite)) afterAll(() => endAfter(suite))
  begun.add(suite)
  const asked = given.config.asked.includes(item.id)
  test.skipIf(!asked)(asked ? item.title : `${item.title} (not asked for)`, async ({ skip }) => {
    if (host.stopped.signal.aborted) skip('interrupted')
    const result = await (await session()).grade(item)
    if (result.verdict === 'blocked' || result.verdict === 'missing') skip(result.sentence)
    // Broken, not failed, in the words of every reporter: an error of its own kind.
    if (result.verdict === 'inconclusive')
      throw new Fault(result.sentence, { code: result.cause, cure: result.hint })
    expect(result).toHavePassed()
  })
})

expect.extend({
  toHavePassed: (result: ItemResult) => ({
    pass: result.verdict === 'passed',
    message: () =>
      [result.sentence, result.file && `${result.file}:${result.line ?? 1}`, result.hint]
        .filter(Boolean)
        .join('\n'),
  }),
})

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toHavePassed(): R
  }
}

/** The suites run in the order of the exercise: that of the last item asked for ends the run. */
async function endAfter(suite: string): Promise<void> {
  const open = host.session
  if (!open || (!last.startsWith(suite) && !host.stopped.signal.aborted)) return
  host.session = undefined
  await (await open).close()
}
