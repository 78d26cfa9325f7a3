import type { ConsulHands } from './put-back.ts'

/** For tests: Consul's keys and intentions in memory, with its rule for `cas`. */
export function consulInMemory() {
  const keys = new Map<string, { value: string; flags: number; index: number }>()
  const rules = new Map<string, Record<string, unknown>>()
  let index = 0
  const stands = (key: string, cas: number) => (keys.get(key)?.index ?? 0) === cas
  const name = (pair: { source: string; destination: string }) =>
    `${pair.source} → ${pair.destination}`
  const hands: ConsulHands = {
    entry: async (key) => keys.get(key) ?? null,
    async putEntry(key, entry, cas) {
      if (stands(key, cas)) keys.set(key, { ...entry, index: ++index })
      return keys.get(key)?.index === index
    },
    async deleteEntry(key, cas) {
      return stands(key, cas) && keys.delete(key)
    },
    intention: async (pair) => rules.get(name(pair)) ?? null,
    async putIntention(pair, rule) {
      rules.set(name(pair), rule)
      return true
    },
    deleteIntention: async (pair) => void rules.delete(name(pair)),
  }
  return { hands, keys, rules }
}
