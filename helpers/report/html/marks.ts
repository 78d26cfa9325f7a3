/** Where a picture's seconds are on its page, and labels that do not cover each other. */
export const sheet = { width: 960, left: 96, right: 944 }

export type Scale = (seconds: number) => number

export function scaleOf({ from, to }: { from: number; to: number }): Scale {
  const wide = sheet.right - sheet.left
  return (at) =>
    round(sheet.left + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * wide)
}

export const round = (n: number) => Math.round(n * 10) / 10

/** Between four and nine round seconds. */
export function ticksOf({ from, to }: { from: number; to: number }): number[] {
  const rough = (to - from) / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough
  const ticks: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(round2(at))
  return ticks
}

const round2 = (n: number) => Math.round(n * 100) / 100

export interface Label {
  x: number
  /** Where its text begins or ends. */
  at: number
  anchor: 'start' | 'end'
  row: number
  text: string
  kind: string
}

/** About the width of a character of 11 px. */
const letter = 5.9

/** Text at a place, in the first row where it covers no other; what fits nowhere is only a line. */
export function placed(marks: { x: number; text: string; kind: string }[], rows: number): Label[] {
  const taken: { from: number; to: number }[][] = Array.from({ length: rows }, () => [])
  return marks.map(({ x, text, kind }) => {
    const wide = [...text].length * letter + 6
    for (const anchor of ['start', 'end'] as const) {
      const [from, to] = anchor === 'start' ? [x + 4, x + wide] : [x - wide, x - 4]
      if (from < sheet.left - 2 || to > sheet.right + 6) continue
      const row = taken.findIndex((all) => all.every((one) => to < one.from || from > one.to))
      if (row === -1) continue
      taken[row]?.push({ from, to })
      return { x, at: anchor === 'start' ? from : to, anchor, row, text, kind }
    }
    return { x, at: x, anchor: 'start', row: 0, text: '', kind }
  })
}
