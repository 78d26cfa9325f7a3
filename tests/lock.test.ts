import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { clusterFileSchema } from '../helpers/cluster/file.ts'
import { journalOf, openJournal } from '../helpers/cluster/journal.ts'
import { type Connected, connect } from '../helpers/connect.ts'
import { type LockOptions, takeLock } from '../helpers/consul/lock.ts'
import { inLanguage } from '../helpers/language/message.ts'
import { lockCluster } from '../helpers/lock.ts'
import { type Clock, wallClock } from '../helpers/time/clock.ts'
import { startLab } from '../lab/lab.ts'
import { grade, notPassed, reference, tempFolder } from './harness.ts'

/** Two graders on one cluster, and what becomes of the lock in Consul's keys when one of them dies. */
const key = 'nomad-consul-grader/lock'
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act()
})

/** A lab as in a process of its own: many may connect, and its time is the wall's, `speed` times as fast. */
async function sharedLab(speed = 20) {
  const lab = await startLab({ seed: 3, clients: 3, time: { kind: 'wall', speed } })
  undo.push(() => lab.close())
  const file = clusterFileSchema.parse(lab.file)
  const cluster = connect(file, wallClock(speed), 'file')
  undo.push(() => cluster.close())
  await cluster.clock.sleep(5000)
  const folder = tempFolder()
  undo.push(() => folder[Symbol.dispose]())
  const path = join(folder.path, 'cluster.yaml')
  writeFileSync(path, stringify(lab.file))
  return { lab, file, cluster, path, folder: folder.path }
}

const anna = { who: 'anna', host: 'desk', student: 'núria', pid: 7, since: '2026-11-25T09:00:00Z' }
const berta = { ...anna, who: 'berta', student: 'pau' }

async function lockOf({ consul, clock }: Connected, more: Partial<LockOptions> = {}) {
  const said: string[] = []
  const lock = await takeLock({
    ...{ consul, clock, holder: anna, embedded: false, isAlive: () => true },
    say: (sentence) => void said.push(inLanguage(sentence, 'en')),
    signal: new AbortController().signal,
    ...more,
  })
  undo.push(() => lock.release())
  return { lock, said }
}

test('who comes second is told who grades, whom and since when; the key is gone with its holder', async () => {
  const { cluster } = await sharedLab(10)
  const { consul, clock } = cluster
  const first = await lockOf(cluster)
  expect(first.lock).toMatchObject({ lost: undefined, warning: '' })
  // Longer than a session lives without being renewed.
  await clock.sleep(32_000)
  const second = await lockOf(cluster, { holder: berta })
  expect(second.lock.lost).toMatchObject({
    message:
      'Another grader holds this cluster since 2026-11-25T09:00:00Z: anna on desk grades núria (process 7).',
    code: 'cluster-held',
    cure: expect.stringMatching(/^Wait until it has ended\./),
  })
  await second.lock.release()
  expect(JSON.parse((await consul.key(key))?.value ?? '')).toEqual(anna)
  await first.lock.release()
  expect(await consul.key(key)).toBeNull()
  const third = await lockOf(cluster, { holder: berta })
  expect(third.lock.lost).toBeUndefined()
})

test('the lock of a holder that died: waited for on its own machine, told on any other', async () => {
  const { cluster } = await sharedLab()
  const { consul } = cluster
  const session = await consul.createSession('of a run that was killed', 15)
  const dead = { ...anna, host: hostname(), pid: spawnSync('true').pid }
  expect(await consul.acquireKey(key, dead, session)).toBe(true)
  const elsewhere = await lockOf(cluster, { holder: { ...berta, host: 'elsewhere' } })
  expect(elsewhere.lock.lost).toMatchObject({ code: 'cluster-held' })
  const said: string[] = []
  const lock = await lockCluster(cluster, {
    student: 'pau',
    say: (sentence) => void said.push(inLanguage(sentence, 'en')),
    signal: new AbortController().signal,
  })
  undo.push(() => lock.release())
  expect(lock).toMatchObject({ lost: undefined, warning: '' })
  expect(said).toEqual([expect.stringMatching(/^A run on this machine ended early; its lock/)])
  expect(await consul.renewSession(session)).toBe(false)
  expect(JSON.parse((await consul.key(key))?.value ?? '')).toMatchObject({ student: 'pau' })
})

/** Ends the session of whoever has the lock, as Consul does with one that it did not hear of. */
async function endSession({ consul }: Connected): Promise<void> {
  await consul.destroySession((await consul.key(key))?.session ?? '')
}

test('a session that Consul ended is made anew; a lock that another took meanwhile is lost', async () => {
  const { cluster } = await sharedLab()
  const { consul, clock } = cluster
  const { lock, said } = await lockOf(cluster)
  await endSession(cluster)
  await until(clock, async () => (await consul.key(key)) !== null)
  expect(JSON.parse((await consul.key(key))?.value ?? '')).toEqual(anna)
  expect(lock.lost).toBeUndefined()

  const session = await consul.createSession('another', 60)
  await endSession(cluster)
  expect(await consul.acquireKey(key, berta, session)).toBe(true)
  await until(clock, async () => lock.lost !== undefined)
  expect(lock.lost).toMatchObject({ message: expect.stringMatching(/berta on desk grades pau/) })
  expect(said).toEqual([expect.stringMatching(/berta on desk grades pau/)])
  await lock.release()
  expect(JSON.parse((await consul.key(key))?.value ?? '')).toEqual(berta)
})

async function until(clock: Clock, seen: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await seen()) return
    await clock.sleep(1000)
  }
  throw new Error('never seen')
}

test('anything may be written in the key: it is told as words, and bounded', async () => {
  const { cluster } = await sharedLab()
  const { consul } = cluster
  const session = await consul.createSession('somebody', 60)
  for (const value of [null, 5, [], 'x'.repeat(20_000), { who: 'y'.repeat(9000), pid: 'z' }]) {
    expect(await consul.acquireKey(key, value, session)).toBe(true)
    const { lock } = await lockOf(cluster, { holder: berta })
    expect(lock.lost?.message).toMatch(
      /^Another grader holds this cluster since unknown: (unknown|y{80}) on unknown grades unknown/,
    )
  }
})

test('a whole run beside another: no item lost, nothing of the other touched, exit 2', async () => {
  const { cluster, file, path, folder } = await sharedLab()
  const { nomad, consul, clock } = cluster
  // Not renewed: this process, which is the other's too, may be busy for longer than a session lives.
  const { lock } = await lockOf(cluster, { embedded: true })
  const stateDir = join(folder, 'state')
  // An earlier run of ours died and left this; now it is the other's.
  const of = journalOf(file, { dir: stateDir, path, embedded: false })
  const journal = await openJournal(of, { clock, say: () => {} })
  journal.registering('nginx')
  journal.close()
  const job = {
    ID: 'nginx',
    Name: 'nginx',
    Type: 'service',
    Datacenters: ['dc1'],
    TaskGroups: [group],
  }
  expect(await nomad.register(job)).toHaveProperty('evalId')
  const before = await nomad.nodes()

  const result = await grade(reference, { cluster: path, stateDir, asked: ['01.1', '02.1'] })
  expect(result.exitCode).toBe(2)
  expect(result.score).toMatchObject({ low: 0, high: 2, max: 2 })
  for (const item of result.items) {
    expect(item.verdict).toBe('inconclusive')
    expect(item.sentence).toMatch(/Another grader holds this cluster since .*: anna on desk/)
    expect(item.hint).toMatch(/Wait until it has ended/)
  }
  expect(await nomad.jobs()).toMatchObject([{ id: 'nginx', stop: false }])
  expect(await nomad.nodes()).toMatchObject(
    before.map(({ name, eligibility }) => ({ name, eligibility })),
  )
  expect(lock.lost).toBeUndefined()
  expect(JSON.parse((await consul.key(key))?.value ?? '')).toEqual(anna)
})

const group = {
  Name: 'g',
  Tasks: [{ Name: 't', Driver: 'docker', Config: { image: 'nginx:1.22.1' } }],
}

test('a run holds the key with its student and no secret, and leaves keys as they were', async () => {
  const { cluster, path, folder } = await sharedLab()
  const { consul } = cluster
  const grading = grade(reference, {
    cluster: path,
    stateDir: join(folder, 'state'),
    asked: ['01.1'],
  })
  await until(cluster.clock, async () => (await consul.key(key)) !== null)
  const value = JSON.parse((await consul.key(key))?.value ?? '')
  expect(notPassed(await grading)).toEqual([])
  expect(Object.keys(value).sort()).toEqual(['host', 'pid', 'since', 'student', 'who'])
  expect(value).toMatchObject({ student: 'test', pid: process.pid, host: hostname() })
  expect(await consul.key(key)).toBeNull()
})

const without = [
  { name: 'no right to keys', faults: { keysDenied: true }, why: /CONSUL_HTTP_TOKEN|403/ },
  {
    name: 'keys that fail',
    faults: {
      http: ({ path }: { path: string }) => (/^(kv|session)\//.test(path) ? '500' : undefined),
    },
    why: /HTTP 500/,
  },
] as const

for (const { name, faults, why } of without)
  test(`${name}: a warning, and the run goes on`, async () => {
    const result = await grade(reference, { asked: ['01.1'], lab: { faults } })
    expect(notPassed(result)).toEqual([])
    expect(result.notes).toEqual([expect.stringMatching(/^No lock could be taken in Consul/)])
    expect(result.notes[0]).toMatch(why)
  })
