import type { Fault } from '../faults/fault.ts'
import { faults } from '../faults/tables.ts'
import type { Entry } from '../gallery/entry.ts'
import { gallery } from '../gallery/tables.ts'

/** One run of the soak: a submission on a lab with a fault. */
export interface Draw {
  /** A name of `entries`. */
  entry: string
  /** A name of `faults`, or `none`. */
  fault: string
  /** Clients of the lab. */
  size: number
  /** The lab's seed; an odd one stops VMs orderly, an even one cuts them. */
  seed: number
}

export const none = 'none'
const sizes = [3, 4, 5]

/** Name → submission, as the gallery's tests call it. */
export const entries: ReadonlyMap<string, Entry> = new Map(
  gallery.map((entry) => [`${Object.keys(entry.files ?? {}).join()} ${entry.name}`.trim(), entry]),
)

export const faultNamed = (name: string): Fault | undefined => faults.find((f) => f.name === name)

export const howOf = ({ seed }: Draw): 'orderly' | 'cut' => (seed % 2 ? 'orderly' : 'cut')

/** `ENTRY|FAULT|SIZE|SEED`: what `--replay` takes. */
export const nameOf = ({ entry, fault, size, seed }: Draw): string =>
  [entry, fault, size, seed].join('|')

/** The draw that `nameOf` named; a sentence where there is none. */
export function drawNamed(name: string): Draw | string {
  const [entry = '', fault = '', size, seed, ...more] = name.split('|')
  if (more.length > 0 || !seed) return `A draw is ENTRY|FAULT|SIZE|SEED, not ${name}.`
  if (!entries.has(entry)) return `The gallery has no submission called "${entry}".`
  if (fault !== none && !faultNamed(fault)) return `There is no fault called "${fault}".`
  const draw = { entry, fault, size: Number(size), seed: Number(seed) }
  if (!Number.isInteger(draw.size) || !Number.isInteger(draw.seed))
    return `Size and seed are whole numbers, not ${size} and ${seed}.`
  return draw
}

/**
 * Draws without end, the same for the same seed: each round visits every submission once, in a
 * shuffled order, with a fault (every sixth has none), a size and a seed of its own. An entry or a
 * fault whose table is stated for some sizes only is drawn at one of these.
 */
export function* draws(seed: number): Generator<Draw> {
  const below = randomInts(seed)
  for (;;) {
    for (const [name, entry] of shuffled([...entries], below)) {
      const fault = faults.length > 0 && below(6) > 0 ? faults[below(faults.length)] : undefined
      const fits = sizesOf(entry, fault)
      const size = fits[below(Math.max(1, fits.length))]
      const own = below(1_000_000)
      // The table of this fault says nothing at the size of this entry: without it, then.
      if (size === undefined)
        yield { entry: name, fault: none, size: entry.lab?.clients ?? 3, seed: own }
      else yield { entry: name, fault: fault?.name ?? none, size, seed: own }
    }
  }
}

/** Every submission with every fault once, shuffled, each at a size and a seed of its own. */
export function* everyPair(seed: number): Generator<Draw> {
  const below = randomInts(seed)
  const pairs = [...entries].flatMap(([name, entry]) =>
    faults.flatMap((fault) => {
      const fits = sizesOf(entry, fault)
      return fits.length > 0 ? [{ entry: name, fault: fault.name, fits }] : []
    }),
  )
  for (const { fits, ...pair } of shuffled(pairs, below))
    yield { ...pair, size: fits[below(fits.length)] as number, seed: below(1_000_000) }
}

/** The sizes at which the submission may meet the fault: its own, if it has one, and the table's. */
const sizesOf = ({ lab }: Entry, fault?: Fault) =>
  (fault ? Object.keys(fault.rows).map(Number) : sizes).filter((s) => s === (lab?.clients ?? s))

function shuffled<T>(list: T[], below: (n: number) => number): T[] {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = below(i + 1)
    const [a, b] = [list[i] as T, list[j] as T]
    list[i] = b
    list[j] = a
  }
  return list
}

/** Whole numbers in [0, n), from a seed: mulberry32. */
function randomInts(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n)
  }
}
