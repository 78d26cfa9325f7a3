import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inLanguage, type Message, msg, tellIn } from '../language/message.ts'
import { wallClock } from '../time/clock.ts'
import {
  isOpen,
  type JournalOf,
  openJournal,
  openOutages,
  unfinishedIn,
  voidDeadLabs,
} from './journal.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'journal-test-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const real = (): JournalOf => ({ dir, cluster: '192.168.56.101', embedded: false })
const open = (of: JournalOf, said: string[] = []) =>
  openJournal(of, {
    clock: wallClock(),
    say: (sentence: Message) => said.push(inLanguage(sentence, 'en')),
  })
const journalFile = () => join(dir, readdirSync(dir).find((name) => name.endsWith('.ndjson'))!)
const box7 = { name: 'box-7', host: '192.168.56.107' }

/** The number of a process that has just ended. */
const deadPid = () => Number(execFileSync(process.execPath, ['-e', 'console.log(process.pid)']))

test('what was begun is open until it is proved undone', async () => {
  const journal = await open(real())
  journal.stopping(box7)
  journal.registering('nginx')
  journal.ineligible({ id: 'n9', name: 'box-9' })
  expect(journal.open()).toMatchObject({
    vms: [{ name: 'box-7', address: '192.168.56.107' }],
    jobs: ['nginx'],
    ineligible: [{ id: 'n9', name: 'box-9' }],
  })
  journal.back('box-7')
  journal.purged('nginx')
  expect(isOpen(journal.open())).toBe(true)
  journal.eligible('n9')
  expect(isOpen(journal.open())).toBe(false)
  journal.close()
})

test('a line is in the file when the call returns', async () => {
  const journal = await open(real())
  journal.stopping(box7)
  const lines = readFileSync(journalFile(), 'utf8').split('\n')
  expect(JSON.parse(lines[1]!)).toMatchObject({ what: 'vm-stopping', name: 'box-7' })
  expect(lines[2]).toBe('')
  journal.close()
})

test('a torn last line is dropped, and what follows it is whole', async () => {
  const first = await open(real())
  first.stopping(box7)
  first.close()
  appendFileSync(journalFile(), '{"what":"vm-stopping","at":1,"name":"bo')
  expect(openOutages(real()).vms.map((vm) => vm.name)).toEqual(['box-7'])
  const second = await open(real())
  second.stopping({ name: 'box-8', host: '192.168.56.108' })
  expect(second.open().vms.map((vm) => vm.name)).toEqual(['box-7', 'box-8'])
  second.close()
})

test('a whole line that cannot be read is a Fault with its number, and the lock is free again', async () => {
  const journal = await open(real())
  journal.stopping(box7)
  journal.close()
  appendFileSync(journalFile(), 'hello\n')
  const unreadable = { code: 'JOURNAL_GARBAGE', message: expect.stringContaining('.ndjson:3: ') }
  await expect(open(real())).rejects.toMatchObject(unreadable)
  await expect(open(real())).rejects.toMatchObject(unreadable)
})

test('when nothing is open only allocations are kept, for the leftovers of later runs', async () => {
  const journal = await open(real())
  for (let i = 0; i < 20; i++) {
    journal.registering('nginx')
    journal.purged('nginx')
  }
  journal.allocations('nginx', ['a1', 'a2'])
  journal.allocations('nginx', ['a2', 'a3'])
  journal.close()
  expect(readFileSync(journalFile(), 'utf8').trim().split('\n')).toHaveLength(2)
  const later = await open(real())
  expect([...later.open().allocations]).toEqual([
    ['a1', 'nginx'],
    ['a2', 'nginx'],
    ['a3', 'nginx'],
  ])
  later.close()
})

test('a second run on the same cluster is refused, on another cluster it is not', async () => {
  const first = await open(real())
  await expect(open(real())).rejects.toMatchObject({
    code: 'JOURNAL_LOCKED',
    message: `This cluster is being graded by another run (process ${process.pid}).`,
  })
  const other = await open({ ...real(), cluster: '192.168.57.101' })
  other.close()
  first.close()
  const again = await open(real())
  again.close()
})

test('the lock of a process that was killed is taken over', async () => {
  const journal = await open(real())
  journal.stopping(box7)
  journal.close()
  const lock = `${journalFile()}.lock`
  writeFileSync(lock, JSON.stringify({ pid: deadPid(), started: '', role: 'grader' }))
  const next = await open(real())
  expect(next.open().vms).toHaveLength(1)
  next.close()
  writeFileSync(lock, 'torn')
  const last = await open(real())
  last.close()
})

test('a reaper that is bringing VMs back is waited for, and that is said', async () => {
  const reaper = await openJournal(real(), { clock: wallClock(), role: 'reaper', say: () => {} })
  reaper.toTell(msg('{name} was off and is back.', { name: 'box-7' }))
  const said: string[] = []
  const waiting = open(real(), said)
  await expect.poll(() => said.length).toBe(1)
  reaper.close()
  const next = await waiting
  expect(next.open().toTell.map((one) => tellIn(one, 'en'))).toEqual(['box-7 was off and is back.'])
  next.told()
  expect(next.open().toTell.map((one) => tellIn(one, 'en'))).toEqual([])
  next.close()
})

test('after a reboot of this machine a lock is dead, though its number and ticks live again', async () => {
  const journal = await open(real())
  const lock = `${journalFile()}.lock`
  const mine = JSON.parse(readFileSync(lock, 'utf8'))
  journal.close()
  writeFileSync(lock, JSON.stringify(mine))
  await expect(open(real())).rejects.toMatchObject({ code: 'JOURNAL_LOCKED' })
  writeFileSync(lock, JSON.stringify({ ...mine, boot: 'another' }))
  const next = await open(real())
  next.close()
})

test('of many that want the lock at once, one gets it', async () => {
  const script = `
    import { takeLock } from ${JSON.stringify(new URL('./journal-lock.ts', import.meta.url).href)}
    const dead = ${JSON.stringify(JSON.stringify({ pid: deadPid(), started: '', role: 'grader' }))}
    const path = ${JSON.stringify(join(dir, 'x.lock'))}
    await takeLock(path, 'reaper', () => {}).then(() => console.log('mine'), (e) => console.log(e.code))
    setTimeout(() => {}, 3000)`
  writeFileSync(join(dir, 'x.lock'), 'of a dead one')
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module-typescript', '-e', script]),
  )
  const said = await Promise.all(children.map(async (c) => `${(await once(c.stdout, 'data'))[0]}`))
  for (const child of children) child.kill('SIGKILL')
  expect(said.toSorted()).toEqual([
    'JOURNAL_LOCKED\n',
    'JOURNAL_LOCKED\n',
    'JOURNAL_LOCKED\n',
    'mine\n',
  ])
})

test('on a full disk a line is a Fault before the act, and what was written stays readable', async () => {
  const script = `
    import { openJournal } from ${JSON.stringify(new URL('./journal.ts', import.meta.url).href)}
    const journal = await openJournal(${JSON.stringify(real())}, { clock: { now: () => 1 }, say() {} })
    journal.stopping(${JSON.stringify(box7)})
    try {
      journal.toTell('x'.repeat(20_000))
    } catch (error) {
      console.log(error.code, error.message.replace(${JSON.stringify(dir)}, 'DIR'))
    }
    journal.accepted('box-7')`
  const run = `trap '' XFSZ; ulimit -f 8; exec "$0" --input-type=module-typescript -e "$1"`
  const said = execFileSync('bash', ['-c', run, process.execPath, script], { encoding: 'utf8' })
  expect(said).toMatch(
    /^JOURNAL_UNWRITABLE The outage journal DIR\S+ cannot be written \(EFBIG\): nothing is stopped without it\.$/m,
  )
  expect(openOutages(real()).vms).toMatchObject([{ name: 'box-7', accepted: true }])
})

test('a folder that cannot be made is a Fault too', async () => {
  writeFileSync(join(dir, 'file'), '')
  const of = { ...real(), dir: join(dir, 'file', 'below') }
  await expect(open(of)).rejects.toMatchObject({ code: 'JOURNAL_UNWRITABLE' })
})

test('a lab that died with its grader is void, with one sentence; one that lives is not', async () => {
  const lab = (id: string): JournalOf => ({ dir, cluster: id, embedded: true })
  const living = await open(lab('lab-b'))
  living.stopping(box7)
  const script = `
    import { openJournal } from ${JSON.stringify(new URL('./journal.ts', import.meta.url).href)}
    const of = ${JSON.stringify(lab('lab-a'))}
    const clock = { now: () => 1 }
    const journal = await openJournal(of, { clock, say: () => {} })
    journal.stopping(${JSON.stringify(box7)})
    console.log('written')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script])
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const said: string[] = []
  voidDeadLabs(dir, (sentence: Message) => said.push(inLanguage(sentence, 'en')))
  expect(said).toEqual([
    'An earlier run died with its embedded lab while box-7 was off: nothing of it is left, ' +
      'so its journal is closed as void.',
  ])
  voidDeadLabs(dir, (sentence: Message) => said.push(inLanguage(sentence, 'en')))
  expect(said).toHaveLength(1)
  expect(isOpen(living.open())).toBe(true)
  living.close()
  expect(readdirSync(dir)).toEqual([])
})

test('a folder of journals that cannot be read is said, never taken for an empty one', () => {
  const file = join(dir, 'a-file')
  writeFileSync(file, '')
  const said = () => {}
  expect(unfinishedIn(join(dir, 'none'), said)).toEqual([])
  expect(() => unfinishedIn(file, said)).toThrow(/a-file cannot be read \(ENOTDIR\)/)
})
