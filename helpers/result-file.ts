import { readFileSync, statSync } from 'node:fs'
import { type Result, resultSchema } from './grade/result.ts'
import { type Message, msg } from './language/message.ts'
import { codeOf, Fault } from './time/fault.ts'

/** A run on a hundred VMs leaves two; what is larger is not parsed. */
const most = 32 * 1024 * 1024

/** Reads result.json. Throws a Fault that names the file where it is not there, not one, or not ours. */
export function readResult(path: string): Result {
  const wrong = (sentence: Message, cause?: unknown) =>
    new Fault(sentence, {
      code: 'RESULT_GARBAGE',
      cure: msg('Take both as the run wrote them.'),
      cause,
    })
  let text: string
  try {
    if (statSync(path).size > most)
      throw wrong(msg('{path} is no result of this grader.', { path }))
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw wrong(msg('{path} cannot be read ({code}).', { path, code: codeOf(cause) }), cause)
  }
  try {
    return resultSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw wrong(msg('{path} is no result of this grader.', { path }), cause)
  }
}
