import type { FitNow } from './clients.ts'
import { type Aside, setAside, takeBack } from './cluster/aside.ts'
import type { Journal } from './cluster/journal.ts'
import type { Connected } from './connect.ts'
import { msg, type Text } from './language/message.ts'
import { told } from './time/fault.ts'

/** A client that this run made ineligible: `lasting` until its end, otherwise until it is fit. */
export interface SetAside extends Aside {
  lasting: boolean
}

/** The clients that a run has made ineligible. */
export interface Asides {
  /** By node id. */
  readonly all: ReadonlyMap<string, SetAside>
  /**
   * Sets the unfit aside, but for those that are `off`, and takes back what is fit again. Those that
   * are fit, without what Nomad refused to take back; and what changed, in sentences.
   */
  follow(now: FitNow, off: ReadonlySet<string>): Promise<{ fit: string[]; changed: Text[] }>
}

/** `atFirst`: what was set aside when the run began, for good. */
export function createAsides(
  { nomad }: Connected,
  journal: Journal,
  atFirst: readonly Aside[],
): Asides {
  const all = new Map(atFirst.map((one) => [one.id, { ...one, lasting: true }]))
  return {
    all,
    async follow({ fit, unfit }, off) {
      const changed: Text[] = []
      // A VM that boots is ready before it is fit; whoever started it waits for it.
      for (const one of unfit.filter(({ name }) => !off.has(name))) {
        await setAside(one, nomad, journal)
        all.set(one.id, { ...one, lasting: false })
        const { name, why } = one
        changed.push(msg('{name} takes no replica until it is fit again: {why}.', { name, why }))
      }
      const again = [...all.values()].filter((one) => !one.lasting && fit.includes(one.name))
      const refused = new Set<string>()
      for (const one of again) {
        try {
          await takeBack(one, nomad, journal)
          all.delete(one.id)
        } catch (error) {
          // While somebody drains it, Nomad refuses.
          refused.add(one.name)
          const why = told(error)
          changed.push(
            msg('{name} could not be made eligible again: {why}', { name: one.name, why }),
          )
        }
      }
      return { fit: fit.filter((name) => !refused.has(name)), changed }
    },
  }
}
