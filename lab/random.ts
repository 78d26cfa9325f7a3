import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/**
 * A stream of numbers in [0, 1) of its own for each name. What is drawn in answer to requests (the
 * order of DNS answers, say) has its own stream: how often somebody looks must not change history.
 */
export function randomStream(seed: number, name: string): () => number {
  let mixed = seed | 0
  for (const char of name) mixed = Math.imul(mixed ^ char.charCodeAt(0), 0x01000193)
  const generator = xoroshiro128plus(mixed)
  // The first numbers of neighbouring seeds resemble each other.
  for (let skip = 0; skip < 16; skip++) generator.next()
  return () => uniformFloat64(generator)
}

export function uuidFrom(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A new array in random order (Fisher and Yates). */
export function shuffled<T>(random: () => number, list: readonly T[]): T[] {
  const copy = [...list]
  for (let last = copy.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1))
    const kept = copy[last]!
    copy[last] = copy[pick]!
    copy[pick] = kept
  }
  return copy
}
