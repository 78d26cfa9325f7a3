import type { Result } from '../grade/result.ts'

/** result.json as text, for the file and for --json. */
export const renderJson = (result: Result): string => safeJson(result)

/**
 * Any JSON as text. Characters that a terminal obeys, that turn a line round, or that a runner reads
 * as a command are written as `\uXXXX`: the data is the same.
 */
export function safeJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
    .replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
    .replaceAll('##[', '\\u0023#[')
  return `${text}\n`
}
