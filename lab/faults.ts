import type { Faults, World } from './contract.ts'

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

/** A program outside Nomad answers at port 80 of a VM. */
export function takePort80(world: World, vm: string, program: string): void {
  world.faults.squatters.set(vm, program)
  world.vms.get(vm)?.listen(80, (socket) => {
    socket.once('data', () => {
      socket.end('HTTP/1.1 200 OK\r\nServer: Apache/2.4.52 (Ubuntu)\r\nContent-Length: 0\r\n\r\n')
    })
    socket.resume()
  })
}
