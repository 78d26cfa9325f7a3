import { expect, test } from 'vitest'
import { tempFolder } from '../harness.ts'
import { killOnce } from './kill.ts'
import { startLabProcess } from './lab.ts'
import { openTarget } from './target.ts'

/** Three of the many that tests/kill/run.ts does: on a lab in a process of its own. */
test('kill -9 of the whole process group: everything is back without any command typed', async () => {
  using folder = tempFolder()
  const lab = await startLabProcess(folder.path, { seed: 11, stop: 'orderly' })
  try {
    const target = await openTarget(folder.path, lab.clusterFile)
    const moments = [
      { kind: 'at', item: '01.2', delayMs: 0 },
      { kind: 'after', item: '01.2', delayMs: 4000 },
      { kind: 'return', item: '01.2', delayMs: 2000, againMs: 2000 },
    ] as const
    for (const moment of moments) {
      const { killed, trouble, open } = await killOnce(target, moment)
      expect([killed, trouble]).toEqual([true, ''])
      expect(open).toMatch(/^box-\d.* nginx$/)
    }
  } finally {
    await lab.end()
  }
}, 120_000)
