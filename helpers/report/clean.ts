import type { ItemResult, Result } from '../grade/result.ts'
import { plain, withoutCommands } from '../grade/text.ts'
import { inLanguage, type Language, msg } from '../language/message.ts'

/** Longest text and list that a report shows; result.json always has all of it. */
const textLimit = 800
const listLimit = 300

/**
 * The result with every text harmless and bounded (`plain`), in the same shape: what each report
 * shows. A report escapes for its own format, and nothing else. Nor is any text a command to a runner
 * into whose log somebody prints a report.
 */
export function clean(result: Result): Result {
  const cleaned = cleanValue(result) as Result
  const language = result.language ?? 'en'
  cleaned.student ||= nameless(language)
  cleaned.items = result.items.map((item) => cleanItem(item, language))
  if (result.bonus) cleaned.bonus = result.bonus.map((item) => cleanItem(item, language))
  return cleaned
}

export const nameless = (language: Language) =>
  inLanguage(msg('a student without a name'), language)

/** One item as in `clean`; what was left out of a long list is said in the notes. */
export function cleanItem(item: ItemResult, language: Language): ItemResult {
  const cleaned = cleanValue(item) as ItemResult
  const left = item.changes.length - cleaned.changes.length
  if (left > 0) {
    const note = msg('{left} later changes are only in {file}.', { left, file: 'result.json' })
    cleaned.notes.push(inLanguage(note, language))
  }
  return cleaned
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutCommands(plain(value, textLimit))
  if (Array.isArray(value)) return value.slice(0, listLimit).map(cleanValue)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cleanValue(part)]))
}
