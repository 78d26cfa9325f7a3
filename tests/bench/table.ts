/** Rows with a heading, as the pages of docs/ have them. */
export function table(heading: string[], rows: string[][]): string {
  const all = [heading, ...rows]
  const widths = heading.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)))
  const line = (row: string[]) =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(heading), rule, ...rows.map(line)].join('\n')
}

export const seconds = (ms: number): string => (ms / 1000).toFixed(1)

/** The middle one; of an even number the mean of the middle two. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = (sorted.length - 1) / 2
  const at = (i: number) => sorted[i] ?? Number.NaN
  return (at(Math.floor(half)) + at(Math.ceil(half))) / 2
}
