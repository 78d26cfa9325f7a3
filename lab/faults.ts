import type { Faults, Undo, World } from './contract.ts'

/** Everything works, but for what is given. Tests and demonstrations may also switch faults later. */
export function faultsWith(given: Partial<Faults> = {}): Faults {
  return {
    lies: new Set(),
    schedulerDead: false,
    consulDown: false,
    keysDenied: false,
    vmsThatNeverReturn: new Set(),
    vmsThatDoNotStop: new Set(),
    agentsOnLoopback: new Set(),
    registryDown: false,
    sudoRefused: new Set(),
    dockerDead: new Set(),
    disksFull: new Set(),
    clocksAhead: new Map(),
    squatters: new Map(),
    natted: new Set(),
    vmsThatStopLate: new Map(),
    ...given,
  }
}

/**
 * A program outside Nomad answers at port 80 of a VM, and begins with it again when it boots. Throws when
 * another listens there already.
 */
export function takePort80(world: World, vm: string, program: string): Undo {
  const machine = world.vms.get(vm)
  const listen = () =>
    machine?.listen(80, (socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\nServer: Apache/2.4.52 (Ubuntu)\r\nContent-Length: 0\r\n\r\n')
      })
      socket.resume()
    })
  let close = listen()
  let over = false
  world.faults.squatters.set(vm, program)
  machine?.on('boot', () => {
    if (over) return
    // It may have begun while the VM was off.
    close?.()
    close = listen()
  })
  return () => {
    over = true
    close?.()
    world.faults.squatters.delete(vm)
  }
}
