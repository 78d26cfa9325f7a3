import { expect, test } from 'vitest'
import { clusterFileSchema } from '../helpers/cluster/file.ts'
import { connect } from '../helpers/connect.ts'
import type { Consul } from '../helpers/consul/client.ts'
import { stateOf } from '../helpers/grade/standing.ts'
import { renderAllure } from '../helpers/report/allure.ts'
import { renderHtml } from '../helpers/report/html.ts'
import { renderJunit } from '../helpers/report/junit.ts'
import { renderScreen } from '../helpers/report/screen.ts'
import { startLab } from '../lab/lab.ts'
import { grade, reference } from './harness.ts'

const key = 'consul/configuration/db_port'
const own = { value: Buffer.from('3306').toString('base64'), flags: 42 }

test("what is beside the ten takes nothing from them, and leaves the student's own key as it was", async () => {
  const lab = await startLab({ seed: 1, clients: 3, time: { kind: 'virtual' } })
  const given = { file: clusterFileSchema.parse(lab.file), clock: lab.clock }
  const asked = async <T>(ask: (consul: Consul) => Promise<T>) => {
    const { consul, close } = connect(given.file, given.clock, 'lab')
    return await ask(consul).finally(close)
  }
  await asked((consul) => consul.putEntry(key, own, 0))
  const result = await grade(reference, { asked: ['01.1'], beside: { items: ['00', '04'] }, given })
  const after = await asked((consul) => consul.entry(key))
  await lab.close()

  expect(after).toMatchObject(own)
  const verdicts = result.bonus?.map(({ id, verdict, cause }) => `${id} ${verdict} ${cause}`.trim())
  expect(verdicts).toEqual([
    ...['00.1 passed', '00.2 passed', '00.3 passed', '00.4 passed'],
    ...['04.1', '04.2', '04.3'].map((id) => `${id} inconclusive not-here`),
  ])
  expect(result.bonus?.[4]?.sentence).toBe(
    'Not available here: the embedded lab simulates no sidecars.',
  )
  expect(result.score).toEqual({ points: 1, low: 1, high: 1, max: 1, asked: ['01.1'] })
  expect([result.exitCode, stateOf(result)]).toEqual([0, 'graded'])

  const { bonus, ...without } = result
  expect(renderJunit(result)).toBe(renderJunit(without))
  expect(renderAllure(result).length).toBe(renderAllure(without).length)
  expect(renderHtml(without)).not.toContain('Beside the mark')
  for (const shown of [renderHtml(result), renderScreen(result, 'r', look)]) {
    expect(shown).toContain('These items are in no mark.')
    expect(shown).toContain('1 of 1')
  }
  // Alone they make no mark, and no program may take them for one.
  const alone = { ...without, bonus, items: [], score: { ...result.score, max: 0, asked: [] } }
  expect(stateOf({ ...alone, score: { ...alone.score, points: 0, low: 0, high: 0 } })).toBe(
    'inconclusive',
  )
})

const look = { color: false, columns: 100, rewrites: false }
