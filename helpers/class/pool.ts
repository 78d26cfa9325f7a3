import type { Message } from '../language/message.ts'

/** A cluster that grades one student after another, or the place where labs are made. */
export interface Slot {
  /** `lab`, `local`, or the path of a cluster file. */
  cluster: string
  /** As a person is told. */
  where: Message
  /** What is really there: of two files that name one server, one is used at a time. */
  machine: string
  /** Students' own: it grades nobody else. */
  own: boolean
  /** Which worker process grades on it. */
  worker: number
}

export interface Pool {
  /** A free cluster for the student, in the order of asking; or why there is none any more. */
  take(own: string | undefined, signal: AbortSignal): Promise<Slot | { parked: Message }>
  /** Gives it back; `why`: it is unfit, and grades nobody until `again`. */
  give(slot: Slot, why?: Message): void
  /** Parked clusters may be tried again; those that never were come first. */
  again(): void
}

interface Standing {
  busy: boolean
  strikes: number
  parked?: Message | undefined
}

type Asking = { own: string | undefined; answer(slot: Slot | { parked: Message }): void }

/** Clusters and who waits for them. Nobody waits for one that is parked. */
export function createPool(slots: readonly Slot[]): Pool {
  const machines = new Map<string, Standing>(
    slots.map(({ machine }) => [machine, { busy: false, strikes: 0 }]),
  )
  const standing = new Map(
    slots.flatMap((slot) => {
      const one = machines.get(slot.machine)
      return one ? [[slot, one] as const] : []
    }),
  )
  const asking: Asking[] = []

  /** A slot, why there is none, or undefined: to be waited for. */
  function answerFor(own: string | undefined): Slot | { parked: Message } | undefined {
    const meant = [...standing].filter(([slot]) =>
      own === undefined ? !slot.own : slot.own && slot.cluster === own,
    )
    const usable = meant
      .filter(([, { parked }]) => !parked)
      .toSorted(([, a], [, b]) => a.strikes - b.strikes)
    const free = usable.find(([, { busy }]) => !busy)
    if (free) {
      free[1].busy = true
      return free[0]
    }
    const why = meant.find(([, { parked }]) => parked)?.[1].parked
    return usable.length === 0 && why ? { parked: why } : undefined
  }

  function serve(): void {
    for (const one of [...asking]) {
      const answer = answerFor(one.own)
      if (!answer) continue
      asking.splice(asking.indexOf(one), 1)
      one.answer(answer)
    }
  }

  return {
    take(own, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<Slot | { parked: Message }>()
      const stop = () => {
        asking.splice(asking.indexOf(one), 1)
        reject(signal.reason)
      }
      const one: Asking = {
        own,
        answer(slot) {
          signal.removeEventListener('abort', stop)
          resolve(slot)
        },
      }
      if (signal.aborted) return Promise.reject(signal.reason)
      signal.addEventListener('abort', stop, { once: true })
      asking.push(one)
      serve()
      return promise
    },
    give(slot, why) {
      const one = standing.get(slot)
      if (!one) return
      one.busy = false
      one.parked = why
      if (why) one.strikes++
      serve()
    },
    again() {
      for (const one of standing.values()) one.parked = undefined
      serve()
    },
  }
}
