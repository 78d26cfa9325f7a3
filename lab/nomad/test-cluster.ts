import { readFileSync } from 'node:fs'
import { startConsul } from '../consul/consul.ts'
import type { Faults, World } from '../contract.ts'
import { makeContainers } from '../doors/web.ts'
import { faultsWith } from '../faults.ts'
import { makeWorld } from '../world.ts'
import { refuseGaps } from './gaps.ts'
import { parseJobFile } from './hcl/parse.ts'
import { serverJob } from './job/structs.ts'
import { startNomad } from './nomad.ts'
import type { Allocation } from './types.ts'

const recordings = new URL('../../tests/conformance/recordings/', import.meta.url)

/** A job file of the recordings. */
export function recorded(name: string): string {
  return readFileSync(new URL(`mistakes/${name}.nomad`, recordings), 'utf8')
}

interface Options {
  seed?: number
  clients?: number
  version?: '1.4.4' | '2.0.5'
  faults?: Partial<Faults>
}

/** Nomad and Consul in a world whose time passes only when a test says so; no sockets. */
export function testCluster({ seed = 1, clients = 3, version = '1.4.4', faults }: Options = {}) {
  const time = makeHandTime()
  const versions = { nomad: version, consul: '1.14.4' } as const
  const world = makeWorld({ seed, clients, versions, faults: faultsWith(faults) }, time)
  const consul = startConsul(world)
  const nomad = startNomad(
    world,
    consul.agent,
    makeContainers(() => {}),
  )
  const { store } = nomad
  const running = (jobId: string) =>
    store
      .allocsOf(jobId)
      .filter((alloc) => alloc.DesiredStatus === 'run' && alloc.ClientStatus === 'running')
  return {
    world: world as World,
    consul,
    nomad,
    store,
    running,
    pass: time.pass,
    /** Lets time pass until `met`; returns the milliseconds it took, or throws after `limitMs`. */
    until(met: () => boolean, limitMs = 120_000): number {
      const start = time.now()
      while (!met()) {
        if (time.now() - start > limitMs) throw new Error(`not met within ${limitMs} ms`)
        time.step()
      }
      return time.now() - start
    },
    async register(text: string) {
      const job = serverJob(await parseJobFile(text, version), version)
      refuseGaps(job, nomad.containers)
      return nomad.jobs.register(job)
    },
    vmsOf: (allocs: Allocation[]) => allocs.map((alloc) => alloc.NodeName).sort(),
    instances: (name: string) => consulInstances(consul, world, name),
  }
}

/** Services of a name by the agents that list them. */
function consulInstances(consul: ReturnType<typeof startConsul>, world: World, name: string) {
  return [...world.vms.keys()].flatMap((vm) =>
    consul
      .agent(vm)
      .services()
      .filter((service) => service.name === name)
      .map((service) => ({ vm, ...service })),
  )
}

function makeHandTime() {
  let now = Date.parse('2026-11-23T17:00:00Z')
  let turn = 0
  const events: { at: number; turn: number; act: () => void }[] = []
  const step = () => {
    events.sort((a, b) => a.at - b.at || a.turn - b.turn)
    const next = events.shift()
    if (!next) throw new Error('nothing will ever happen')
    now = Math.max(now, next.at)
    next.act()
  }
  return {
    now: () => now,
    after(ms: number, act: () => void) {
      const event = { at: now + ms, turn: turn++, act }
      events.push(event)
      return () => {
        const index = events.indexOf(event)
        if (index >= 0) events.splice(index, 1)
      }
    },
    step,
    pass(ms: number) {
      const end = now + ms
      while (events.some((event) => event.at <= end)) step()
      now = end
    },
  }
}
