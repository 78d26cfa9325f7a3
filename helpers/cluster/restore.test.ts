import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { asMessage, inLanguage, type Message, tellIn } from '../language/message.ts'
import { type Clock, wallClock } from '../time/clock.ts'
import { Fault } from '../time/fault.ts'
import { isOpen, type JournalOf, openJournal, openOutages } from './journal.ts'
import { watchAndRestore } from './reaper.ts'
import { restore, tellKept } from './restore.ts'
import type { Hands } from './return.ts'
import { consulInMemory } from './testing.ts'

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
  bootId: string
  going?: boolean
}

/** A small cluster of the kind that restoring speaks to: VMs boot in 10 s. */
function cluster(boxes: Record<string, Box>, clock: Clock) {
  const did: string[] = []
  const network = { away: false }
  /** Of any job. */
  const containers: { client: string; nodeName: string }[] = []
  const up = (name: string) => {
    const box = boxes[name]
    return box?.power === 'running' && box.upAt <= clock.now()
  }
  const names = Object.keys(boxes)
  const address = (name: string) => `192.168.56.10${name.slice(4)}`
  const refuse = () => {
    throw new Fault(asMessage('It refuses.'), { code: 'ECONNREFUSED' })
  }
  const hands: Hands = {
    clock,
    ssh: {
      async exec(vm, command) {
        if (!up(vm.name)) return refuse()
        const box = boxes[vm.name]
        const stdout = command.startsWith('cat ')
          ? box?.bootId
          : box?.going
            ? 'stopping'
            : 'running'
        return { code: 0, stdout: `${stdout}\n`, stderr: '', lost: false }
      },
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
        if (!box) throw new Fault(asMessage(`There is no ${name}.`), { code: 'POWER_REFUSED' })
        if (box.power === 'off')
          Object.assign(box, { power: 'running', upAt: clock.now() + 10_000, bootId: 'second' })
      },
    },
    nomad: {
      nodes: async () =>
        network.away
          ? refuse()
          : names.map((name) => {
              const status = up(name) ? 'ready' : 'down'
              return { id: name, name, status, dockerHealthy: status === 'ready' }
            }),
      clientSelf: async (host) => up(`box-${host.at(-1)}`) || refuse(),
      allocations: async () => containers,
      purge: async (job) => (network.away ? refuse() : void did.push(`purge ${job}`)),
      eligibility: async (id, to) => void did.push(`${to} ${id}`),
    },
    consul: {
      members: async () =>
        names.map((name) => {
          return { name, address: address(name), status: up(name) ? 'alive' : 'failed' }
        }),
      ...consulInMemory().hands,
    },
  }
  return { hands, did, address, network, containers }
}
const off = (): Box => ({ power: 'off', upAt: 0, bootId: 'first' })
const running = (): Box => ({ power: 'running', upAt: 0, bootId: 'first' })

test('VMs are started and proved back, jobs purged, nodes made eligible; then nothing is left', async () => {
  const clock = jumpingClock()
  const { hands, did, address } = cluster({ 'box-5': off(), 'box-7': off() }, clock)
  const journal = await openJournal(of(), { clock, say: () => {} })
  for (const name of ['box-5', 'box-7']) journal.stopping({ name, host: address(name) })
  journal.registering('nginx')
  journal.ineligible({ id: 'n9', name: 'box-9' })
  const said: string[] = []
  const say = (sentence: Message) => said.push(inLanguage(sentence, 'en'))
  expect(await restore(journal, hands, { say })).toBe(true)
  expect(did.toSorted()).toEqual(['eligible n9', 'purge nginx', 'start box-5', 'start box-7'])
  expect(said).toEqual([
    'box-9 may be given work again.',
    'box-5 was off and is back.',
    'box-7 was off and is back.',
    'The job nginx of a run that ended early was purged.',
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
  const said: string[] = []
  expect(
    await restore(journal, hands, {
      say: (sentence: Message) => said.push(inLanguage(sentence, 'en')),
    }),
  ).toBe(true)
  expect(did).toEqual([])
  expect(said).toEqual(['box-7 was to be stopped and is up.'])
  expect(clock.now()).toBe(15_000)
  journal.close()
})

/** A cluster with box-7 in its journal, and what `restore` says of it. */
async function restoring(
  box: Partial<Box>,
  known: { bootId?: string; accepted?: boolean },
  during: (it: ReturnType<typeof cluster> & { box: Box; clock: Clock }) => void = () => {},
) {
  const clock = jumpingClock()
  const box7 = { ...running(), ...box }
  const it = cluster({ 'box-7': box7 }, clock)
  const journal = await openJournal(of(), { clock, say: () => {} })
  const { bootId = 'first' } = known
  journal.stopping({ name: 'box-7', host: '192.168.56.107', bootId })
  if (known.accepted) journal.accepted('box-7')
  const { sleep } = clock
  clock.sleep = async (ms) => {
    await sleep(ms)
    during({ ...it, box: box7, clock })
  }
  const said: string[] = []
  const whole = await restore(journal, it.hands, {
    say: (sentence: Message) => said.push(inLanguage(sentence, 'en')),
  })
  journal.close()
  return { whole, said, did: it.did, took: clock.now() }
}

test('a VM that has booted again since it was to be stopped is back at once', async () => {
  const { said, took } = await restoring({ bootId: 'second' }, { accepted: true })
  expect(said).toEqual(['box-7 was off and is back.'])
  expect(took).toBe(0)
})

test('a VM that took the wish to stop and lingers for 40 s is not called back before it went', async () => {
  const { said, did } = await restoring({}, { accepted: true }, ({ box, clock }) => {
    if (clock.now() === 40_000) Object.assign(box, { power: 'off' })
  })
  expect(did).toEqual(['start box-7'])
  expect(said).toEqual(['box-7 was off and is back.'])
})

test('a VM that says it is shutting down is waited for, though all its agents answer', async () => {
  const { said, did } = await restoring({ going: true }, {}, ({ box, clock }) => {
    if (clock.now() === 50_000) Object.assign(box, { power: 'off', going: false })
  })
  expect(did).toEqual(['start box-7'])
  expect(said).toEqual(['box-7 was off and is back.'])
})

test('a VM that is said to run and does not come is started again after a minute', async () => {
  const { said, did, took } = await restoring({ upAt: 200_000 }, {}, ({ box, did, clock }) => {
    if (did.length > 0) box.upAt = Math.min(box.upAt, clock.now())
  })
  expect(did).toEqual(['start box-7'])
  expect(said).toEqual(['box-7 was off and is back.'])
  expect(took).toBeLessThan(65_000)
})

test('a network that was away says nothing about the VM', async () => {
  const { said, did, took } = await restoring({}, {}, ({ network, clock }) => {
    network.away = clock.now() >= 5000 && clock.now() < 20_000
  })
  expect(did).toEqual([])
  expect(said).toEqual(['box-7 was to be stopped and is up.'])
  expect(took).toBe(35_000)
})

test('a job is purged when its containers have ended, and not before', async () => {
  const clock = jumpingClock()
  const { hands, containers } = cluster({}, clock)
  const container = { client: 'running', nodeName: 'box-7' }
  containers.push(container)
  const journal = await openJournal(of(), { clock, say: () => {} })
  journal.registering('nginx')
  const said: string[] = []
  const say = (sentence: Message) => said.push(inLanguage(sentence, 'en'))
  expect(await restore(journal, hands, { say })).toBe(false)
  expect(said).toEqual([
    'The job nginx was purged, yet its container on box-7 runs on. ' +
      'End it there (docker ps), then run: grade restore',
  ])
  container.client = 'complete'
  expect(await restore(journal, hands, { say })).toBe(true)
  expect(said[1]).toBe('The job nginx of a run that ended early was purged.')
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
  const say = (sentence: Message) => said.push(inLanguage(sentence, 'en'))
  expect(await restore(journal, hands, { say, budgetMs: 60_000 })).toBe(false)
  expect(said).toEqual([
    'box-5 was off and is back.',
    'box-9 (192.168.56.109) is not back after 60 s: Nomad knows no such node. ' +
      'There is no box-9. Start box-9 by hand, then run: grade restore',
  ])
  expect(journal.open().vms.map((vm) => vm.name)).toEqual(['box-9'])
  journal.close()
})

const quick = { patienceMs: 3000, pauseMs: 50, budgetMs: 20_000 }

const grader = (alsoClose: boolean) => `
  import { openJournal } from ${JSON.stringify(new URL('./journal.ts', import.meta.url).href)}
  const journal = await openJournal(${JSON.stringify(of())}, { clock: { now: () => 1 }, say() {} })
  journal.stopping({ name: 'box-7', host: '192.168.56.107', bootId: 'first' })
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
  tellKept(next, (sentence: Message) => said.push(inLanguage(sentence, 'en')))
  expect(said).toEqual(['box-7 was off and is back.'])
  tellKept(next, (sentence: Message) => said.push(inLanguage(sentence, 'en')))
  expect(said).toHaveLength(1)
  next.close()
})

test('the reaper does nothing when the journal is closed', async () => {
  const closed = await killedGrader(true)
  await closed.kill()
  const never = async () => {
    throw new Error('there was nothing to connect for')
  }
  expect(await watchAndRestore(closed.pid, of(), never)).toBe(true)
})

test('the reaper keeps away while another run has the journal, and is there if that one leaves it open', async () => {
  const { pid, kill } = await killedGrader(false)
  const clock = jumpingClock()
  const { hands, did } = cluster({ 'box-7': off() }, clock)
  let rounds = 0
  const connect = async () => {
    rounds++
    return { hands, close: async () => {} }
  }
  const reaping = watchAndRestore(pid, of(), connect, { ...quick, patienceMs: 20_000 })
  await kill()
  const next = await openJournal(of(), { clock, say: () => {} })
  await expect.poll(() => rounds, { timeout: 5000 }).toBeGreaterThan(2)
  expect(did).toEqual([])
  next.close()
  expect(await reaping).toBe(true)
  expect(did).toEqual(['start box-7'])
})

test('without a network the reaper tries again, lets go of the journal in between, and says nothing', async () => {
  const { pid, kill } = await killedGrader(false)
  await kill()
  const clock = jumpingClock()
  const { hands, did, network } = cluster({ 'box-7': off() }, clock)
  network.away = true
  let rounds = 0
  const connect = async () => {
    rounds++
    return { hands, close: async () => {} }
  }
  const reaping = watchAndRestore(pid, of(), connect, quick)
  await expect.poll(() => rounds).toBeGreaterThan(2)
  network.away = false
  expect(await reaping).toBe(true)
  expect(new Set(did)).toEqual(new Set(['start box-7']))
  expect(openOutages(of()).toTell.map((one) => tellIn(one, 'en'))).toEqual([
    'box-7 was off and is back.',
  ])
})

test('a reaper whose patience is over leaves the journal open, with a sentence for the next run', async () => {
  const { pid, kill } = await killedGrader(false)
  await kill()
  const { hands, network } = cluster({ 'box-7': off() }, jumpingClock())
  network.away = true
  const connect = async () => ({ hands, close: async () => {} })
  expect(await watchAndRestore(pid, of(), connect, { ...quick, patienceMs: 200 })).toBe(false)
  const left = openOutages(of())
  expect(left.vms.map((vm) => vm.name)).toEqual(['box-7'])
  expect(left.toTell.map((one) => tellIn(one, 'en'))).toEqual([
    'box-7 (192.168.56.107) is not back after 20 s: It refuses. ' +
      'Start box-7 by hand, then run: grade restore',
  ])
})

test('a lab that has ended with its grader is forgotten', async () => {
  const { pid, kill } = await killedGrader(false)
  await kill()
  expect(await watchAndRestore(pid, of(), async () => undefined)).toBe(true)
  expect(isOpen(openOutages(of()))).toBe(false)
})

test("a run that died with somebody's key written over: it is put back, and only once", async () => {
  const clock = jumpingClock()
  const { hands } = cluster({}, clock)
  const consul = consulInMemory()
  const [key, ours, theirs] = ['db_port', 'NTQzMg==', 'MzMwNg==']
  await consul.hands.putEntry(key, { value: ours, flags: 0 }, 0)
  const journal = await openJournal(of(), { clock, say: () => {} })
  journal.writing({ kind: 'key', key, ours, before: { value: theirs, flags: 7 } })
  journal.close()
  expect(openOutages(of()).written).toHaveLength(1)

  const again = await openJournal(of(), { clock, role: 'restore', say: () => {} })
  const said: string[] = []
  const say = (sentence: Message) => said.push(inLanguage(sentence, 'en'))
  const withKeys = { ...hands, consul: { ...hands.consul, ...consul.hands } }
  expect(await restore(again, withKeys, { say })).toBe(true)
  expect(await restore(again, withKeys, { say })).toBe(true)
  again.close()
  expect(consul.keys.get(key)).toMatchObject({ value: theirs, flags: 7 })
  expect(said).toEqual(['db_port in Consul is as it was before.'])
  expect(isOpen(openOutages(of()))).toBe(false)
})
