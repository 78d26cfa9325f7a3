import Big from 'big.js'
import type { Result } from './result.ts'
import { roundings, type Scale } from './scale-schema.ts'

const university = [
  { from: 0, label: 'SS' },
  { from: 5, label: 'AP' },
  { from: 7, label: 'NT' },
  { from: 9, label: 'SB' },
]

/** Scales by name. Sources: the universities' 0–10 with one decimal; vocational 1–10, whole. */
export const scales: Record<string, Scale> = {
  '0-10': {
    name: '0-10',
    min: 0,
    max: 10,
    decimals: 2,
    rounding: 'half-up',
    pass: 5,
    labels: [],
  },
  'university-es': {
    name: 'university-es',
    min: 0,
    max: 10,
    decimals: 1,
    rounding: 'half-up',
    pass: 5,
    labels: university,
  },
  'fp-es': {
    name: 'fp-es',
    min: 1,
    max: 10,
    decimals: 0,
    rounding: 'half-up',
    pass: 5,
    labels: [],
  },
  percent: {
    name: 'percent',
    min: 0,
    max: 100,
    decimals: 0,
    rounding: 'half-up',
    pass: 50,
    labels: [],
  },
}

/** Decimals of the unrounded value that are shown; more are only of thirds and the like. */
const shown = 4

/** The result with its mark on a scale. The marks, and the verdicts, stay as they are. */
export function onScale(result: Result, scale: Scale): Result {
  const { low, high, max } = result.score
  // Every item is waived: there is nothing to give a mark for.
  if (max === 0) return result
  const ends = [low, high].map((points) => place(points, max, scale))
  const [from, to] = ends
  if (!from || !to) return result
  const open = low !== high
  const scaled = {
    value: open ? null : from.value,
    low: from.value,
    high: to.value,
    unrounded: open ? `${from.unrounded}–${to.unrounded}` : from.unrounded,
    label: from.label === to.label ? from.label : '',
    passed: from.passed === to.passed ? from.passed : null,
  }
  return { ...result, scale, score: { ...result.score, scaled } }
}

function place(points: number, of: number, scale: Scale) {
  const exact = new Big(points).times(scale.max).div(of)
  const mode = ([1, 2, 0, 3] as const)[roundings.indexOf(scale.rounding)] ?? 1
  const rounded = exact.round(scale.decimals, mode)
  const value = rounded.cmp(scale.min) < 0 ? scale.min : rounded.toNumber()
  const label = scale.labels
    .filter(({ from }) => from <= value)
    .sort((a, b) => b.from - a.from)[0]?.label
  return {
    value,
    unrounded: exact.round(shown, 1).toString(),
    label: label ?? '',
    passed: value >= scale.pass,
  }
}

/** Sum without the noise of binary fractions: 0.1 + 0.2 is 0.3. */
export const sum = (numbers: number[]): number =>
  numbers.reduce((total, one) => total.plus(one), new Big(0)).toNumber()

/** `points` of `of`, as the same share of `max`, with at most so many decimals. */
export const shareOf = (points: number, of: number, max: number, decimals: number): number =>
  new Big(points).times(max).div(of).round(decimals, 1).toNumber()
