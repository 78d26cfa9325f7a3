import type { Socket } from 'node:net'
import type { Undo, Vm, VmEvent } from './contract.ts'

/** What a VM needs of the world; the world itself is made of VMs. */
export interface VmSurroundings {
  now(): number
  after(ms: number, act: () => void): Undo
  log(who: string, what: string): void
  /** Of this VM alone, in [0, 1). */
  random(): number
  uuid(): string
  neverReturns(name: string): boolean
  doesNotStop(name: string): boolean
  /** How long it takes to shut down, where that is not the usual. */
  stopSeconds(name: string): number | undefined
}

/** A VM as the lab's own doors and hypervisor see it. */
export interface VmInside extends Vm {
  /** Changes at each boot, like /proc/sys/kernel/random/boot_id. */
  readonly bootId: string
  /** Hands a TCP connection to what listens; false when nothing does or the VM is off. */
  accept(port: number, socket: Socket): boolean
}

export interface VmSize {
  cpuMhz: number
  memoryMb: number
}

/** The images that the exercise uses, as if each VM had already run them once. */
const imagesAtStart = ['nginx:1.22.1', 'httpd:2.4.55']

interface Listener {
  accept: (socket: Socket) => void
  sockets: Set<Socket>
}

/** A VM that is up and has its images; `n` gives its name and address. */
export function makeVm(n: number, size: VmSize, around: VmSurroundings): VmInside {
  const ports = makePorts(`box-${n}`)
  const handlers: Record<VmEvent, (() => void)[]> = { boot: [], shutdown: [], cut: [] }
  const emit = (event: VmEvent) => {
    for (const act of handlers[event]) act()
  }
  let undoPending: Undo = () => {}
  const later = (seconds: readonly [number, number], act: () => void) => {
    undoPending()
    const [min, max] = seconds
    undoPending = around.after((min + around.random() * (max - min)) * 1000, act)
  }
  const vm = {
    name: `box-${n}`,
    n,
    ip: `192.168.56.${100 + n}`,
    isServer: n === 1,
    ...size,
    power: 'running' as Vm['power'],
    bootId: around.uuid(),
    upSince: around.now(),
    images: new Set(imagesAtStart),
    on: (event: VmEvent, act: () => void) => void handlers[event].push(act),
    listen: ports.listen,
    isListening: ports.isListening,
    accept: (port: number, socket: Socket) => vm.power !== 'off' && ports.accept(port, socket),
    start() {
      if (vm.power !== 'off') return
      vm.power = 'booting'
      around.log(vm.name, 'powered on')
      if (around.neverReturns(vm.name)) return
      later(bootSeconds, boot)
    },
    stop(how: 'orderly' | 'cut') {
      if (vm.power === 'off') return
      if (how === 'cut') return cut(true)
      if (vm.power === 'stopping' || around.doesNotStop(vm.name)) return
      const wasUp = vm.power === 'running'
      vm.power = 'stopping'
      around.log(vm.name, 'shuts down')
      const slow = around.stopSeconds(vm.name)
      later(slow === undefined ? shutdownSeconds : [slow, slow], () => cut(false))
      if (wasUp) emit('shutdown')
    },
  }
  function boot() {
    vm.power = 'running'
    vm.bootId = around.uuid()
    vm.upSince = around.now()
    around.log(vm.name, 'booted')
    emit('boot')
  }
  function cut(hard: boolean) {
    undoPending()
    const wasUp = vm.power === 'running' || vm.power === 'stopping'
    vm.power = 'off'
    around.log(vm.name, hard ? 'lost its power' : 'is off')
    ports.closeAll(hard)
    if (wasUp) emit('cut')
  }
  return vm
}

/** Our assumption: no fact says how long the course's VMs take from power to agents. */
const bootSeconds = [8, 20] as const
/** From the signal to the agents until the network is gone. Our assumption, within the 5.5 s of §0.1. */
const shutdownSeconds = [1, 3] as const

function makePorts(name: string) {
  const listeners = new Map<number, Listener>()
  const close = (listener: Listener, reset: boolean) => {
    for (const socket of listener.sockets) {
      if (reset && 'resetAndDestroy' in socket) socket.resetAndDestroy()
      else socket.destroy()
    }
  }
  return {
    isListening: (port: number) => listeners.has(port),
    listen(port: number, accept: Listener['accept']): Undo {
      if (listeners.has(port)) throw new Error(`lab: ${name} already listens on port ${port}`)
      const listener: Listener = { accept, sockets: new Set() }
      listeners.set(port, listener)
      return () => {
        if (listeners.get(port) !== listener) return
        listeners.delete(port)
        close(listener, false)
      }
    },
    accept(port: number, socket: Socket): boolean {
      const listener = listeners.get(port)
      if (!listener) return false
      listener.sockets.add(socket)
      socket.once('close', () => listener.sockets.delete(socket))
      listener.accept(socket)
      return true
    },
    /** A power cut resets what is open; after an orderly shutdown the kernel has said goodbye. */
    closeAll(reset: boolean) {
      const all = [...listeners.values()]
      listeners.clear()
      for (const listener of all) close(listener, reset)
    },
  }
}
