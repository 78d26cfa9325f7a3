import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clock, wallClock } from '../time/clock.ts'
import { Fault } from '../time/fault.ts'
import { isOpen, type JournalOf, openJournal, openOutages } from './journal.ts'
import { watchAndRestore } from './reaper.ts'
import { restore } from './restore.ts'
import type { Hands } from './return.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'restore-test-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const of = (): JournalOf => ({ dir, cluster: '192.168.56.101', embedded: false })

/** Time that passes only when somebody sleeps. */
function jumpingClock(): Clock {
  let now = 0
  const sleep = async (ms: number) => {
    now += ms
  }
  return { now: () => now, sleep, hold: () => () => {}, track: () => {} }
}

interface Box {
  power: 'running' | 'off'
  /** Cluster time from which on its agents answer. */
  upAt: number
}

/** A small cluster of the kind that restoring speaks to: VMs boot in 10 s. */
function cluster(boxes: Record<string, Box>, clock: Clock) {
  const did: string[] = []
  const up = (name: string) => {
    const box = boxes[name]
    return box?.power === 'running' && box.upAt <= clock.now()
  }
  const names = Object.keys(boxes)
  const address = (name: string) => `192.168.56.10${name.slice(4)}`
  const refuse = () => {
    throw new Fault('It refuses.', { code: 'ECONNREFUSED' })
  }
  const hands: Hands = {
    clock,
    ssh: {
      exec: async (vm) =>
        up(vm.name) ? { code: 0, stdout: '', stderr: '', lost: false } : refuse(),
    },
    power: {
      how: 'cut',
      describe: 'a test',
      untried: '',
      can: { start: true, cut: true, stop: false },
      cut: async () => {},
      stop: async () => {},
      list: async () => undefined,
      state: async (name) => boxes[name]?.power ?? 'unknown',
      async start(name) {
        did.push(`start ${name}`)
        const box = boxes[name]
        if (!box) throw new Fault(`There is no ${name}.`, { code: 'POWER_REFUSED' })
        if (box.power === 'off')
          Object.assign(box, { power: 'running', upAt: clock.now() + 10_000 })
      },
    },
    nomad: {
      nodes: async () =>
        names.map((name) => ({ id: name, name, status: up(name) ? 'ready' : 'down' })),
      clientSelf: async (host) => up(`box-${host.at(-1)}`) || refuse(),
      purge: async (job) => void did.push(`purge ${job}`),
      eligibility: async (id, to) => void did.push(`${to} ${id}`),
    },
    consul: {
      members: async () =>
        names.map((name) => {
          return { name, address: address(name), status: up(name) ? 'alive' : 'failed' }
        }),
    },
  }
  return { hands, did, address }
}
const off = (): Box => ({ power: 'off', upAt: 0 })
const running = (): Box => ({ power: 'running', upAt: 0 })

test('VMs are started and proved back, jobs purged, nodes made eligible; then nothing is left', async () => {
  const clock = jumpingClock()
  const { hands, did, address } = cluster({ 'box-5': off(), 'box-7': off() }, clock)
  const journal = await openJournal(of(), { clock, say: () => {} })
  for (const name of ['box-5', 'box-7']) journal.stopping({ name, host: address(name) })
  journal.registering('nginx')
  journal.ineligible({ id: 'n9', name: 'box-9' })
  const said: string[] = []
  const say = (sentence: string) => said.push(sentence)
  expect(await restore(journal, hands, { say })).toBe(true)
  expect(did.toSorted()).toEqual(['eligible n9', 'purge nginx', 'start box-5', 'start box-7'])
  expect(said).toEqual([
    'The job nginx of a run that ended early was purged.',
    'box-9 may be given work again.',
    'box-5 was off and is back.',
    'box-7 was off and is back.',
  ])
  expect(await restore(journal, hands, { say })).toBe(true)
  expect(said).toHaveLength(4)
  journal.close()
})

test('a VM that was never stopped is watched for a while, and not started', async () => {
  const clock = jumpingClock()
  const { hands, did } = cluster({ 'box-7': running() }, clock)
  const journal = await openJournal(of(), { clock, say: () => {} })
  journal.stopping({ name: 'box-7', host: '192.168.56.107' })
  expect(await restore(journal, hands, { say: () => {} })).toBe(true)
  expect(did).toEqual([])
  expect(clock.now()).toBeGreaterThanOrEqual(15_000)
  journal.close()
})

test('a stop that takes effect only after the restore began is noticed', async () => {
  const clock = jumpingClock()
  const boxes = { 'box-7': running() }
  const { hands, did } = cluster(boxes, clock)
  const journal = await openJournal(of(), { clock, say: () => {} })
  journal.stopping({ name: 'box-7', host: '192.168.56.107' })
  const { sleep } = clock
  clock.sleep = async (ms) => {
    await sleep(ms)
    if (clock.now() === 3000) boxes['box-7'].power = 'off'
  }
  expect(await restore(journal, hands, { say: () => {} })).toBe(true)
  expect(did).toEqual(['start box-7'])
  journal.close()
})

test('what does not come back is said with the next step, stays open, and hinders no other', async () => {
  const clock = jumpingClock()
  const { hands } = cluster({ 'box-5': off() }, clock)
  const journal = await openJournal(of(), { clock, say: () => {} })
  journal.stopping({ name: 'box-9', host: '192.168.56.109' })
  journal.stopping({ name: 'box-5', host: '192.168.56.105' })
  const said: string[] = []
  const say = (sentence: string) => said.push(sentence)
  expect(await restore(journal, hands, { say, budgetMs: 60_000 })).toBe(false)
  expect(said).toEqual([
    'box-5 was off and is back.',
    'box-9 (192.168.56.109) is not back after 60 s: Nomad says it knows no such node. ' +
      'There is no box-9. Start box-9 by hand, then run: grade restore',
  ])
  expect(journal.open().vms.map((vm) => vm.name)).toEqual(['box-9'])
  journal.close()
})

const grader = (alsoClose: boolean) => `
  import { openJournal } from ${JSON.stringify(new URL('./journal.ts', import.meta.url).href)}
  const journal = await openJournal(${JSON.stringify(of())}, { clock: { now: () => 1 }, say() {} })
  journal.stopping({ name: 'box-7', host: '192.168.56.107' })
  ${alsoClose ? "journal.back('box-7'); journal.close()" : ''}
  console.log('written')
  setInterval(() => {}, 1000)`

async function killedGrader(alsoClose: boolean) {
  const args = ['--input-type=module-typescript', '-e', grader(alsoClose)]
  const child = spawn(process.execPath, args)
  await once(child.stdout, 'data')
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { pid: child.pid!, kill }
}

test('the reaper waits for its grader to die, restores, and leaves word for the next run', async () => {
  const { pid, kill } = await killedGrader(false)
  const clock = jumpingClock()
  const { hands, did } = cluster({ 'box-7': off() }, clock)
  let ended = false
  const reaping = watchAndRestore(pid, of(), async () => ({ hands, close: async () => {} }))
  reaping.finally(() => {
    ended = true
  })
  await wallClock().sleep(1200)
  expect([ended, did]).toEqual([false, []])
  await kill()
  expect(await reaping).toBe(true)
  expect(did).toEqual(['start box-7'])
  expect(isOpen(openOutages(of()))).toBe(false)

  const said: string[] = []
  const next = await openJournal(of(), { clock, say: () => {} })
  await restore(next, hands, { say: (sentence) => said.push(sentence) })
  expect(said).toEqual(['box-7 was off and is back.'])
  await restore(next, hands, { say: (sentence) => said.push(sentence) })
  expect(said).toHaveLength(1)
  next.close()
})

test('the reaper does nothing when the journal is closed, or the next run is restoring', async () => {
  const never = async () => {
    throw new Error('there was nothing to connect for')
  }
  const closed = await killedGrader(true)
  await closed.kill()
  expect(await watchAndRestore(closed.pid, of(), never)).toBe(true)

  const killed = await killedGrader(false)
  await killed.kill()
  const clock = jumpingClock()
  const { hands, did } = cluster({ 'box-7': off() }, clock)
  const next = await openJournal(of(), { clock, say: () => {} })
  const connect = async () => ({ hands, close: async () => {} })
  expect(await watchAndRestore(killed.pid, of(), connect)).toBe(true)
  expect(did).toEqual([])
  next.close()
})
