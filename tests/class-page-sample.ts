import type { ItemResult, Result } from '../helpers/grade/result.ts'
import { msg } from '../helpers/language/message.ts'
import type { Entry } from '../helpers/report/class-page-line.ts'
import { sampleItem, sampleResult } from './golden/sample.ts'

const ids = ['01.1', '01.2', '01.3', '02.1', '02.2', '02.3', '03.1', '03.2', '03.3', '03.4']
const silent = {
  sentence: 'box-7 does not answer over SSH.',
  hint: 'Start box-7, and look whether its key is the one of the cluster file.',
}
const port = {
  cause: 'port-other',
  hint: 'Set static = 80.',
  file: 'nginx.nomad',
}

/** Ten items that passed, but for those that are given. */
export function resultWith(
  student: string,
  given: Record<string, Partial<ItemResult>> = {},
  server = '10.0.0.1',
): Result {
  const items = ids.map((id) =>
    sampleItem(id, given[id]?.verdict ?? 'passed', { seconds: Number(id) * 10, ...given[id] }),
  )
  const points = items.filter(({ verdict }) => verdict === 'passed').length
  const open = items.filter(({ verdict }) => verdict === 'inconclusive').length
  const { cluster, submission } = sampleResult()
  return sampleResult({
    student,
    items,
    notes: [],
    cluster: { ...cluster, kind: 'file', simulated: false, server },
    submission: { ...submission, dir: `submissions/${student}` },
    score: { points, low: points, high: points + open, max: 10, asked: ids },
    exitCode: open > 0 ? 2 : points < 10 ? 1 : 0,
  })
}

const blocked = (by: ItemResult['sentence'], cause: string): Partial<ItemResult> => ({
  ...{ verdict: 'blocked', cause },
  sentence: `Blocked by 02.1, on which it builds: ${by}`,
})
const lost = (vm: string, line: number): Record<string, Partial<ItemResult>> => {
  const told = `The replica on ${vm} is at port 24426, not 80 (nginx.nomad, line ${line}).`
  return {
    '02.1': { ...port, verdict: 'failed', line, sentence: told },
    '02.2': blocked(told, port.cause),
    '02.3': blocked(told, port.cause),
  }
}
const missing: Partial<ItemResult> = { cause: 'not-handed-in', sentence: 'Not handed in.' }

/** A class with everything that a teacher may meet, on two clusters. */
export function sampleClass(): Entry[] {
  const unknown: Record<string, Partial<ItemResult>> = {
    '02.1': { verdict: 'inconclusive', cause: 'fault', ...silent },
    '02.2': {
      ...{ verdict: 'inconclusive', cause: 'fault', hint: silent.hint },
      sentence: `Not known, because 02.1 is not known: ${silent.sentence}`,
    },
  }
  const none = Object.fromEntries(
    ids.map((id): [string, Partial<ItemResult>] => [
      id,
      { ...missing, verdict: /[13]\.1|01\.3/.test(id) ? 'missing' : 'blocked' },
    ]),
  )
  const nothing = resultWith('Gil Roca', none)
  nothing.submission.dir = ''
  const entry = (result: Result, more: Partial<Entry> = {}): Entry => ({
    ...{ result, path: `${result.student}/latest/report.html` },
    misses: [{ how: 'cut', missedMs: 21_400, foretoldMs: 25_000 }],
    ...more,
  })
  return [
    entry(resultWith('Anna Puig')),
    entry(resultWith('Bernat Vila', lost('box-5', 7))),
    entry(resultWith('Carla Mas', lost('box-7', 9)), {
      ways: ['late'],
      notes: [msg('Handed in late.')],
    }),
    entry(resultWith('Dídac Soler', unknown, '10.0.0.2')),
    entry(resultWith('Elna Font', unknown, '10.0.0.2')),
    entry(nothing, { ways: ['missing'] }),
    { student: 'Hug Serra', result: undefined, path: '', ways: ['interrupted'] },
  ]
}
