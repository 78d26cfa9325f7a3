import { randomStream } from '../../lab/random.ts'

/** When a run is killed, by what its journal and its screen have said. */
export interface Moment {
  /**
   * `before` the first act on a VM: a job may be registered. `at`: a stop has just been written, and
   * is perhaps not yet asked for. `after`: so long after that. `return`: a start was asked for, and
   * the VM is not proved back.
   */
  kind: 'before' | 'at' | 'after' | 'return'
  /** The item that stops one VM, or two. */
  item: '01.2' | '02.3'
  /** Cluster milliseconds from there until the kill. */
  delayMs: number
  /** Wall ms: a second run is started at once, while VMs are brought back, and killed after that. */
  againMs?: number
}

const kinds = ['at', 'after', 'return', 'before'] as const
/** An orderly stop is noticed within 5 s, a cut within 30 s; then a container starts elsewhere. */
const longest = { before: 4000, at: 0, after: 20_000, return: 12_000 }

/** `times` moments; every kind comes as often as any other, the rest is drawn. */
export function drawMoments(times: number, seed: number): Moment[] {
  const random = randomStream(seed, 'kills')
  return Array.from({ length: times }, (_, n) => {
    const kind = kinds[n % kinds.length] ?? 'at'
    const least = kind === 'after' ? 500 : 0
    const item = random() < 0.5 ? '01.2' : '02.3'
    const delayMs = Math.round(least + random() * (longest[kind] - least))
    const again = random() < 0.25 && { againMs: Math.round(500 + random() * 4500) }
    return { kind, item, delayMs, ...again }
  })
}
