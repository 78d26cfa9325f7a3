import { readFileSync } from 'node:fs'
import { makeTime } from '../clock.ts'
import type { AgentService, LabOptions } from '../contract.ts'
import { faultsWith } from '../faults.ts'
import { makeWorld } from '../world.ts'
import { startConsul } from './consul.ts'

/** For tests: a datacenter without Nomad; VMs and agents live, nothing is open on loopback. */
export function datacenter(clients = 3, seed = 1, kind: LabOptions['time'] = { kind: 'virtual' }) {
  const time = makeTime(kind, Date.parse('2026-11-24T12:00:00Z'))
  const versions = { nomad: '1.4.4', consul: '1.14.4' } as const
  const world = makeWorld({ seed, clients, versions, faults: faultsWith() }, time)
  return { time, world, consul: startConsul(world) }
}

/** For tests: a service as Nomad registers a task's. */
export function taskService(
  alloc: string,
  name: string,
  address: string,
  port: number,
): AgentService {
  const id = `_nomad-task-${alloc}-${name}-${name}-http`
  return { id, name, tags: [], address, port, meta: { 'external-source': 'nomad' }, checks: [] }
}

export interface Recording {
  status: number
  headers: Record<string, string>
  body: unknown
}

/** For tests: what a real Consul answered. */
export function recording(name: string): Recording {
  return JSON.parse(recordedText(`${name}.json`)) as Recording
}

export function recordedText(file: string): string {
  return readFileSync(
    new URL(`../../tests/conformance/recordings/consul/${file}`, import.meta.url),
    'utf8',
  )
}

/**
 * Every JSON path below `value` with its type. Keys that are names (of services, checks, VMs) are
 * written `*`.
 */
export function shapeOf(value: unknown, at = '$'): string[] {
  if (Array.isArray(value)) {
    return distinct([`${at}: array`, ...value.flatMap((one) => shapeOf(one, `${at}[]`))])
  }
  if (typeof value !== 'object' || value === null) {
    return [`${at}: ${value === null ? 'null' : typeof value}`]
  }
  const entries = Object.entries(value).flatMap(([key, one]) =>
    shapeOf(one, `${at}.${/^(_nomad-.*|nginx|consul|nomad|nomad-client)$/.test(key) ? '*' : key}`),
  )
  return distinct([`${at}: object`, ...entries])
}

function distinct(list: string[]): string[] {
  return [...new Set(list)].sort()
}
