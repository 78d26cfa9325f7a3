import { afterAll, expect, inject, test } from 'vitest'
import type { ItemResult } from '../helpers/grade/result.ts'
import { onItem } from '../helpers/item.ts'
import { said } from '../helpers/language/message.ts'
import { Fault } from '../helpers/time/fault.ts'
import type { RunConfig } from './config.ts'
import { openSession, type Session } from './session.ts'

/**
 * The setup file of vitest where it grades, in an IDE: each item becomes a test, all of a run share
 * one session in this thread. Verdicts are the engine's; a test only shows them.
 */
declare module 'vitest' {
  interface ProvidedContext {
    grade: { config: RunConfig; runDir: string }
  }
}

const key = Symbol.for('grade.vitest-host')
const host = globalThis as { [key]?: Promise<Session> }
const given = inject('grade')
const last = given.config.asked.at(-1) ?? ''
const begun = new Set<string>()

function session(): Promise<Session> {
  host[key] ??= openSession({
    config: given.config,
    runDir: given.runDir,
    signal: new AbortController().signal,
    progress: { say: () => {}, waiting: () => {}, settled: () => {} },
  })
  return host[key]
}

onItem((item) => {
  const suite = item.id.slice(0, 2)
  // Not at the top: with one thread for all suites, vitest loads this file for the first one only.
  if (!begun.has(suite)) afterAll(() => endAfter(suite))
  begun.add(suite)
  const asked = given.config.asked.includes(item.id)
  test.skipIf(!asked)(asked ? item.title : `${item.title} (not asked for)`, async ({ skip }) => {
    const result = await (await session()).grade(item)
    if (result.verdict === 'blocked' || result.verdict === 'missing') skip(result.sentence)
    // Broken, not failed, in the words of every reporter: an error of its own kind.
    if (result.verdict === 'inconclusive')
      throw new Fault(said(result.sentence), { code: result.cause, cure: said(result.hint) })
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
  const open = host[key]
  if (!open || !last.startsWith(suite)) return
  host[key] = undefined
  await (await open).close()
}
