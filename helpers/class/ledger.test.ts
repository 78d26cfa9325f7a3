import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { said } from '../language/message.ts'
import { openLedger } from './ledger.ts'
import type { LedgerRecord } from './ledger-records.ts'

const out = mkdtempSync(join(tmpdir(), 'ledger-'))
afterEach(() => rmSync(out, { recursive: true, force: true }))

const at = 1
const handIn = (digest: string): LedgerRecord => ({
  ...{ what: 'hand-in', at, student: 'anna', kind: 'folder', digest, late: false, notes: [] },
})
const began = (dir: string): LedgerRecord => ({
  ...{ what: 'began', at, student: 'anna', dir, where: said('the lab') },
})
const graded: LedgerRecord = { what: 'ended', at, student: 'anna', how: 'graded' }

test('what was written is there again, but for the line that a crash cut off', async () => {
  const first = await openLedger(out)
  for (const one of [handIn('a'), began('anna/1'), graded, began('anna/2')]) first.add(one)
  first.close()
  appendFileSync(join(out, 'class.ndjson'), '{"what":"ended","at":1,"stud')
  const again = await openLedger(out)
  expect(again.of('anna')).toMatchObject({ runs: ['anna/1', 'anna/2'], ended: undefined })
  expect(again.of('nobody').runs).toEqual([])
  again.add(graded)
  again.close()
  // The torn line went before anything was written behind it.
  const whole = await openLedger(out)
  expect(whole.of('anna').ended?.how).toBe('graded')
  whole.close()
})

test('another hand-in begins anew: runs of the one before no longer count', async () => {
  const ledger = await openLedger(out)
  for (const one of [handIn('a'), began('anna/1'), graded, handIn('b')]) ledger.add(one)
  expect(ledger.of('anna')).toMatchObject({ runs: [], ended: undefined })
  ledger.close()
})

test('a second terminal is told who grades, and a line that is none is a fault with its number', async () => {
  const ledger = await openLedger(out)
  await expect(openLedger(out)).rejects.toThrow(
    `This class is being graded by another process (${process.pid}).`,
  )
  ledger.add(graded)
  ledger.close()
  const path = join(out, 'class.ndjson')
  writeFileSync(path, `nothing\n${readFileSync(path, 'utf8')}`)
  await expect(openLedger(out)).rejects.toThrow(
    "class.ndjson:1: this line of the class's ledger cannot be read.",
  )
})
