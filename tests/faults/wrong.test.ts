import { expect, test } from 'vitest'
import { count, cut, inJob, pin, put } from '../gallery/edits.ts'
import type { Entry } from '../gallery/entry.ts'
import type { Fault } from './fault.ts'
import { runFault } from './run-fault.ts'
import { faults } from './tables.ts'

/** One mistake in each part of the sheet, in one folder: each is seen by itself. */
const wrong: Entry = {
  name: 'pinned to one VM, two replicas instead of three, no static port, apache called httpd',
  files: {
    '01.1': inJob(pin('', 'box-7')),
    '01.3': count(2),
    '02.1': cut(/ *static += 80\n/),
    '03.1': put(/name( +)= "apache"/, 'name     = "httpd"'),
  },
  verdicts: '.FF FBB FBBB',
}

/** The nastiest of each kind. */
const nasty = [
  'Nomad answers 500 for 15 s in each item',
  'Nomad answers with what was true 4 s ago',
  'Consul answers with what was true 4 s ago',
  'Nomad answers five looks of each item with what is not JSON',
  'DNS answers SERVFAIL for 20 s in each item',
  'DNS gives the old address for 15 s more',
  'a stopped VM comes back alone after 8 s',
  'each VM needs 70 s to shut down',
  'Nomad elects a leader as the VM of 01.2 goes',
  'the server reboots as the VM of 01.2 goes',
  "somebody's job registers an nginx while 01.3 is graded",
  'a ghost of an unknown run is in Consul, at port 80 of a VM, from 02.1 on',
  'a program outside Nomad takes port 80 of a VM before 02.1',
]

const faultNamed = (name: string): Fault => {
  const fault = faults.find((one) => one.name === name)
  if (!fault) throw new Error(`no fault is called "${name}"`)
  return fault
}

/** A wrong item may be lost or not known; a right one may not be known. */
function gained(stated: string, seen: string): string[] {
  return [...seen].flatMap((sign, i) => {
    const allowed = stated[i] === '.' ? '.?' : stated[i] === ' ' ? ' ' : 'FB?'
    return allowed.includes(sign) ? [] : [`sign ${i}: ${sign}, allowed ${allowed} (${seen})`]
  })
}

test('without a fault each mistake costs what it costs', async () => {
  const none: Fault = { name: 'none', kind: 'cluster', rows: {} }
  const { signs } = await runFault(none, { size: 3, seed: 2, entry: wrong })
  expect(signs).toBe(wrong.verdicts)
})

for (const name of nasty)
  test(`${name}: a wrong submission gains nothing`, async () => {
    const { signs } = await runFault(faultNamed(name), { size: 3, seed: 2, entry: wrong })
    expect(gained(wrong.verdicts, signs)).toEqual([])
  })
