import type { HttpAsked, HttpFault, Vm, World } from '../../lab/contract.ts'
import type { Fault } from './fault.ts'

type Put = NonNullable<Fault['put']>

export const clientsOf = (world: World): Vm[] => [...world.vms.values()].filter((v) => !v.isServer)

/** Once, before the item is graded. */
export const before =
  (item: string, act: (world: World) => void): Put =>
  () =>
  (world, now) => {
    if (now === item) act(world)
  }

/** Once a VM of the item has lost its power: from then on it is another cluster. */
export const onceCut =
  (item: string, act: (world: World, vm: Vm) => void): Put =>
  () => {
    let done = false
    return (world, now) => {
      if (now !== item) return
      for (const vm of clientsOf(world))
        vm.on('cut', () => {
          if (!done) act(world, vm)
          done = true
        })
    }
  }

/**
 * Some requests of some items: `which` says which, `limit` how many of each item (all, if not given),
 * `seconds` for how long after the item's first such request.
 */
export const http =
  (
    items: RegExp,
    fault: HttpFault,
    which: (asked: HttpAsked) => boolean,
    { limit = Number.POSITIVE_INFINITY, seconds = Number.POSITIVE_INFINITY } = {},
  ): Put =>
  () =>
  (world, item) => {
    let left = limit
    let since: number | undefined
    world.faults.http = (asked) => {
      if (!items.test(item) || left <= 0 || !which(asked)) return undefined
      since ??= world.now()
      if (world.now() - since > seconds * 1000) return undefined
      left--
      return fault
    }
  }

/** For so many seconds of cluster time from now. */
export const forSeconds = (world: World, seconds: number): (() => boolean) => {
  const until = world.now() + seconds * 1000
  return () => world.now() < until
}
