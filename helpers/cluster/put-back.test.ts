import { expect, test } from 'vitest'
import type { Written } from './journal-records.ts'
import { deniedBy, putBack } from './put-back.ts'
import { consulInMemory } from './testing.ts'

const key = 'consul/configuration/db_port'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const ours = base64('5432')
const pair = { source: 'count-dashboard', destination: 'count-api' }

/** What stands after the grader wrote over `before`, somebody did `meanwhile`, and it was put back twice. */
async function after(
  written: Written,
  meanwhile: (consul: ReturnType<typeof consulInMemory>) => unknown = () => {},
) {
  const consul = consulInMemory()
  if (written.kind === 'key') await consul.hands.putEntry(key, { value: ours, flags: 0 }, 0)
  else await consul.hands.putIntention(pair, { Action: 'deny', Description: deniedBy })
  await meanwhile(consul)
  const told: string[] = []
  const journal = { putBack: (one: Written) => void told.push(one.kind) }
  const undone = await putBack(written, consul.hands, journal)
  await putBack(written, consul.hands, journal)
  expect(told).toEqual([written.kind, written.kind])
  return { undone, value: consul.keys.get(key)?.value, rule: consul.rules.values().next().value }
}

test("the student's own value comes back, with its flags; a key that was not there goes", async () => {
  const before = { value: base64('own value'), flags: 7 }
  expect(await after({ kind: 'key', key, ours, before })).toMatchObject({
    undone: true,
    value: before.value,
  })
  expect((await after({ kind: 'key', key, ours, before: null })).value).toBeUndefined()
})

test('what somebody else wrote meanwhile stays', async () => {
  const theirs = { value: base64('3306'), flags: 0 }
  const seen = await after({ kind: 'key', key, ours, before: null }, ({ hands, keys }) =>
    hands.putEntry(key, theirs, keys.get(key)?.index ?? 0),
  )
  expect(seen).toMatchObject({ undone: false, value: theirs.value })
})

test('a run that died before it wrote has nothing to undo', async () => {
  const before = { value: base64('own value'), flags: 0 }
  const seen = await after({ kind: 'key', key, ours, before }, ({ keys }) =>
    keys.set(key, { ...before, index: 1 }),
  )
  expect(seen).toMatchObject({ undone: true, value: before.value })
})

test("an intention of the student's comes back; one that was not there goes; another's stays", async () => {
  const before = { Action: 'allow', Description: 'mine', Meta: { by: 'anna' } }
  expect(await after({ kind: 'intention', ...pair, before })).toMatchObject({ rule: before })
  expect((await after({ kind: 'intention', ...pair, before: null })).rule).toBeUndefined()
  const other = { Action: 'deny', Description: 'theirs' }
  const seen = await after({ kind: 'intention', ...pair, before: null }, ({ hands }) =>
    hands.putIntention(pair, other),
  )
  expect(seen).toMatchObject({ undone: false, rule: other })
})
