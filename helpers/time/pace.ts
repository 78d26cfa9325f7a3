import type { Clock } from './clock.ts'

/** Questions to one agent in a second: a server of a small cluster is somebody's laptop. */
const perSecond = 20
const second = 1000

/** Keeps what an agent is asked within a second small, without a rule for each question. */
export interface Pace {
  asked(agent: string): void
  /**
   * Resolves when so many questions may be asked at once. It delays the looks that decide and nothing
   * else, and by a second at most: all of a look is asked together, as what it shows belongs together.
   */
  room(agent: string, questions: number): Promise<void>
}

/** Counts in cluster time. */
export function createPace(clock: Pick<Clock, 'now' | 'sleep'>): Pace {
  const times = new Map<string, number[]>()
  const recent = (agent: string) => {
    const since = clock.now() - second
    const kept = (times.get(agent) ?? []).filter((at) => at > since)
    times.set(agent, kept)
    return kept
  }
  return {
    asked(agent) {
      recent(agent).push(clock.now())
    },
    async room(agent, questions) {
      const before = recent(agent)
      const oldest = before[before.length + questions - perSecond - 1]
      if (oldest !== undefined) await clock.sleep(oldest + second - clock.now())
    },
  }
}
