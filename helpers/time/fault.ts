import { inLanguage, type Message, said, sentences } from '../language/message.ts'

/**
 * Something other than the student's work went wrong: the cluster, the host, the network or the
 * grader. `said` is one sentence that names the machine, what was asked and what was seen; `remedy`
 * is the next step, where there is one. `message` and `cure` are the same in English, for logs.
 */
export class Fault extends Error {
  readonly code: string
  readonly said: Message
  readonly remedy: Message | undefined
  readonly cure: string

  constructor(
    sentence: Message,
    about: { code: string; cure?: Message | undefined; cause?: unknown },
  ) {
    const cause = about.cause === undefined ? undefined : { cause: about.cause }
    super(inLanguage(sentence, 'en'), cause)
    this.name = 'Fault'
    this.code = about.code
    this.said = sentence
    this.remedy = about.cure
    this.cure = this.remedy ? inLanguage(this.remedy, 'en') : ''
  }
}

/** The `code` of any error, '' when it has none. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' ? code : ''
}

/** The sentence of any error; what is no Fault of ours speaks for itself. */
export function sentenceOf(error: unknown): Message {
  if (error instanceof Fault) return error.said
  return said(error instanceof Error ? error.message : String(error))
}

/** What to do about it, where that is known. */
export const remedyOf = (error: unknown): Message | undefined =>
  error instanceof Fault ? error.remedy : undefined

/** What a person is told of any error: its sentence and, for a Fault, what to do. */
export const told = (error: unknown): Message => sentences(sentenceOf(error), remedyOf(error))

/** The same as text. */
export const tell = (error: unknown, language = 'en'): string => inLanguage(told(error), language)
