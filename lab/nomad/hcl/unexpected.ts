import { diagnostic } from './problem.ts'
import type { Item } from './scan.ts'

/** HCL's words about an argument or a block that the schema does not know. */
export function unexpected(item: Item, argumentNames: string[], blockNames: string[]): string {
  if (item.kind === 'argument') {
    const detail = blockNames.includes(item.name)
      ? `Did you mean to define a block of type "${item.name}"?`
      : didYouMean(item.name, argumentNames)
    const text = `An argument named "${item.name}" is not expected here.`
    return diagnostic(item.place, 'Unsupported argument', join(text, detail))
  }
  const detail = argumentNames.includes(item.name)
    ? `Did you mean to define argument "${item.name}"? ` +
      'If so, use the equals sign to assign it a value.'
    : didYouMean(item.name, blockNames)
  const text = `Blocks of type "${item.name}" are not expected here.`
  return diagnostic(item.place, 'Unsupported block type', join(text, detail))
}

function join(text: string, detail: string): string {
  return detail ? `${text} ${detail}` : text
}

/** HCL suggests the first name that is less than three edits away. */
export function didYouMean(given: string, names: string[]): string {
  const name = [...names].sort().find((one) => distance(given, one) < 3)
  return name ? `Did you mean "${name}"?` : ''
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
