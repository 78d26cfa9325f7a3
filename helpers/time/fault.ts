/**
 * Something other than the student's work went wrong: the cluster, the host, the network or the
 * grader. `message` is one sentence that names the machine, what was asked and what was seen;
 * `cure` is the next step, '' when there is none.
 */
export class Fault extends Error {
  readonly code: string
  readonly cure: string

  constructor(sentence: string, about: { code: string; cure?: string; cause?: unknown }) {
    super(sentence, about.cause === undefined ? undefined : { cause: about.cause })
    this.name = 'Fault'
    this.code = about.code
    this.cure = about.cure ?? ''
  }
}

/** The `code` of any error, '' when it has none. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' ? code : ''
}

/** What a person is told of any error: its sentence and, for a Fault, what to do. */
export function tell(error: unknown): string {
  if (error instanceof Fault) return error.cure ? `${error.message} ${error.cure}` : error.message
  return error instanceof Error ? error.message : String(error)
}
