import type { Undo, World } from '../../contract.ts'

/** From an agent's start to its end; what it planned ends with it. */
export interface Life {
  readonly over: boolean
  after(ms: number, act: () => void): Undo
  /** `act` each `ms`, the first time after `firstMs`. */
  each(firstMs: number, ms: number, act: () => void): Undo
  end(): void
}

export function makeLife(world: World): Life {
  const undos = new Set<Undo>()
  const life = {
    over: false,
    after(ms: number, act: () => void): Undo {
      if (life.over) return () => {}
      const undo = world.after(ms, () => {
        undos.delete(undo)
        if (!life.over) act()
      })
      undos.add(undo)
      return () => {
        undos.delete(undo)
        undo()
      }
    },
    each(firstMs: number, ms: number, act: () => void): Undo {
      let undo = life.after(firstMs, beat)
      function beat() {
        undo = life.after(ms, beat)
        act()
      }
      return () => undo()
    },
    end() {
      life.over = true
      for (const undo of undos) undo()
      undos.clear()
    },
  }
  return life
}
