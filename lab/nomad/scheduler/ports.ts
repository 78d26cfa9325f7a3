import type { World } from '../../contract.ts'
import type { TaskGroup } from '../job/spec.ts'
import type { Allocation, Node } from '../types.ts'

/** Nomad's default range of dynamic ports (cluster-facts §1.7). */
const lowest = 20_000
const highest = 32_000
/** So many random tries, then Nomad looks through the range in order. */
const tries = 20

/** The ports of a new allocation, or why the node has none, in the words of `DimensionExhausted`. */
export function assignPorts(
  world: World,
  group: TaskGroup,
  node: Node,
  allocs: Allocation[],
): Allocation['Ports'] | string {
  const taken = new Set(allocs.flatMap((alloc) => alloc.Ports.map((port) => port.Value)))
  const ports: Allocation['Ports'] = []
  const HostIP = world.faults.natted.has(node.Name) ? '10.0.2.15' : node.ip
  for (const network of group.Networks ?? []) {
    for (const { Label, Value, To = 0 } of network.ReservedPorts ?? []) {
      if (taken.has(Value)) return `network: reserved port collision ${Label}=${Value}`
      taken.add(Value)
      ports.push({ Label, Value, To, HostIP, reserved: true })
    }
    for (const { Label, To = 0 } of network.DynamicPorts ?? []) {
      const Value = freePort(world, taken)
      if (Value === undefined) return 'network: dynamic port selection failed'
      taken.add(Value)
      ports.push({ Label, Value, To: To === -1 ? Value : To, HostIP, reserved: false })
    }
  }
  return ports
}

function freePort(world: World, taken: Set<number>): number | undefined {
  for (let i = 0; i < tries; i++) {
    const port = Math.floor(world.between(lowest, highest + 1))
    if (!taken.has(port)) return port
  }
  for (let port = lowest; port <= highest; port++) if (!taken.has(port)) return port
  return undefined
}
