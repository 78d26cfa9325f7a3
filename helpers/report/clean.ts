import type { ItemResult, Result } from '../grade/result.ts'
import { plain, withoutCommands } from '../grade/text.ts'

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
  cleaned.student ||= 'a student without a name'
  cleaned.items = result.items.map(cleanItem)
  return cleaned
}

/** One item as in `clean`; what was left out of a long list is said in the notes. */
export function cleanItem(item: ItemResult): ItemResult {
  const cleaned = cleanValue(item) as ItemResult
  const left = item.changes.length - cleaned.changes.length
  if (left > 0) cleaned.notes.push(`${left} later changes are only in result.json.`)
  return cleaned
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutCommands(plain(value, textLimit))
  if (Array.isArray(value)) return value.slice(0, listLimit).map(cleanValue)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cleanValue(part)]))
}
