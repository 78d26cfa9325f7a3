import { afterAll, describe, expect, test } from 'vitest'
import { grade, notPassed, reference } from '../harness.ts'
import { type Arm, labArm, lackingForReal, realArm } from './arms.ts'
import { callEverything } from './calls.ts'
import { compare, none } from './compare.ts'
import { type Heard, listen } from './listen.ts'
import { askAll, threeReplicas } from './questions.ts'
import { recordedOf } from './recorded.ts'

/** What is heard of a cluster while the grader does all it can with it. */
async function heardOf(arm: Arm, before?: () => Promise<unknown>): Promise<Heard> {
  const heard = listen()
  try {
    await before?.()
    await callEverything(arm)
  } finally {
    heard.stop()
  }
  return heard
}

describe.each(['1.4.4', '2.0.5'] as const)('the lab as Nomad %s', (nomad) => {
  const versions = { nomad, consul: '1.14.4' } as const
  const recorded = recordedOf(versions)

  test('each field that the grader reads is as recorded', async () => {
    const arm = await labArm(versions)
    try {
      let lost: string[] = []
      const heard = await heardOf(arm, async () => {
        lost = notPassed(await grade(reference, { lab: { versions } }))
      })
      expect(heard.reads.size).toBeGreaterThan(15)
      expect(compare(heard, recorded.exchanges)).toEqual(none)
      // So that everything was read which a whole run reads.
      expect(lost).toEqual([])
    } finally {
      await arm.close()
    }
  })

  test('errors, blocking queries, the event stream and DNS are as recorded', async () => {
    const arm = await labArm(versions)
    try {
      expect(await askAll(arm)).toEqual(recorded.answers)
    } finally {
      await arm.close()
    }
  })
})

/** As in the recordings of watches: apache's index stays while nginx comes and goes. */
test('who waits for a service that never was is not woken by another', async () => {
  const arm = await labArm({ nomad: '1.4.4', consul: '1.14.4' })
  const { consul, clock } = arm.cluster
  const wait = { seconds: 8, deadline: 20_000, signal: new AbortController().signal }
  try {
    const { index } = await consul.healthBlocking('apache', 0, wait)
    const began = clock.now()
    const waiting = consul
      .healthBlocking('apache', index, wait)
      .then((got) => ({ index: got.index, waited: clock.now() - began >= 8000 }))
    await threeReplicas(arm)
    await clock.sleep(9000)
    expect(await waiting).toEqual({ index, waited: true })
    const other = await consul.healthBlocking('nginx', 0, wait)
    expect(other.index).toBeGreaterThan(index)
  } finally {
    await arm.close()
  }
})

/** Real agents, where nomad, consul, dockerd and sshd are on PATH and we are root. */
const lacking = await lackingForReal()
const why = lacking.length > 0 ? ` (skipped: ${lacking.join('; ')})` : ''

describe.skipIf(lacking.length > 0)('real agents', () => {
  const opened = lacking.length > 0 ? undefined : realArm()
  afterAll(async () => (await opened)?.close())

  test(`they answer as recorded${why}`, { timeout: 600_000 }, async () => {
    const arm = (await opened) as Arm
    const nomad = (await arm.cluster.nomad.self()).version
    const consul = (await arm.cluster.consul.self()).version
    const recorded = recordedOf({ nomad, consul })
    const heard = await heardOf(arm)
    const { unproved, untrue } = compare(heard, recorded.exchanges)
    expect({ unproved, untrue }).toEqual({ unproved: [], untrue: [] })
    expect(await askAll(arm)).toEqual(recorded.answers)
  })
})
