import { expect, test } from 'vitest'
import { rubric } from '../../suites/rubric.ts'
import { msg } from '../language/message.ts'
import type { DeployRecord, ItemRecord } from './evidence.ts'
import { judge } from './judge.ts'
import { inEnglish, now, scene } from './testing.ts'
import {
  check,
  deploy,
  deployed,
  dnsLate,
  fault,
  fit,
  passed,
  problem,
  refused,
  run,
  settled,
  told,
  verdictOf,
} from './testing-records.ts'

test.each<[string, ItemRecord[], string]>([
  ['every criterion is proved', [deploy(), check(settled)], 'passed at all: nothing'],
  [
    'it was proved in two waits',
    [deploy(), check(['replicas', 'consul']), check(['answers', 'dns', 'stays'])],
    'passed at all: nothing',
  ],
  [
    'it was proved and then something broke',
    [deploy(), check(settled), fault(false)],
    'inconclusive at all: lab fault',
  ],
  ['a check threw', [deploy(), fault(true)], 'inconclusive at replicas: lab threw'],
  ['nothing was deployed', [], 'inconclusive at parses: lab evidence-ends'],
  ['the wait is not in the evidence', [deploy()], 'inconclusive at replicas: lab evidence-ends'],
  ['it does not parse', [deploy({ problem })], 'failed at parses: student parse'],
  [
    'it was not read',
    [(({ job: _, ...rest }) => rest)(deploy())],
    'inconclusive at parses: lab evidence-ends',
  ],
  [
    'policy refuses it',
    [deploy({ refusals: [{ code: 'x', sentence: 'No.', place: 'task' }], registered: false })],
    'failed at allowed: student refused',
  ],
  [
    'Nomad refuses it',
    [deploy({ registered: false, rejected: { status: 500, text: 'no' } })],
    'failed at registers: student rejected',
  ],
  [
    'it was never registered',
    [deploy({ registered: false })],
    'inconclusive at registers: lab evidence-ends',
  ],
  [
    'its image is another',
    [deploy({ images: ['httpd', 'caddy'] })],
    'failed at image: student image-other',
  ],
  [
    'one image is nginx',
    [deploy({ images: ['x', 'nginx'] }), check(settled)],
    'passed at all: nothing',
  ],
  [
    'nothing answers',
    [deploy(), refused({ control: fit })],
    'failed at answers: student wire-refused',
  ],
  [
    'nothing answers, nobody looked at the cluster',
    [deploy(), refused({})],
    'inconclusive at answers: lab evidence-ends',
  ],
  [
    'nothing answers and there is no leader',
    [deploy(), refused({ control: { ...fit, leader: false } })],
    'inconclusive at answers: lab control',
  ],
  [
    'nothing answers and two clients are fit',
    [deploy(), refused({ control: { ...fit, fit: 2 } })],
    'inconclusive at answers: lab control',
  ],
  [
    'nothing answers and the cluster has trouble',
    [deploy(), refused({ control: { ...fit, trouble: 'x' } })],
    'inconclusive at answers: lab control',
  ],
  [
    'nothing answers and the probe job was not placed',
    [deploy(), refused({ control: { ...fit, probe: false } })],
    'inconclusive at answers: lab control',
  ],
  [
    'nothing answers, the probe job was placed',
    [deploy(), refused({ control: { ...fit, probe: true } })],
    'failed at answers: student wire-refused',
  ],
  [
    'the wait was met and the look says otherwise',
    [deploy(), refused({ control: fit, ended: 'met' })],
    'inconclusive at answers: lab evidence-ends',
  ],
  [
    'DNS was late',
    [deploy(), check(settled, { ended: 'time', control: fit }, dnsLate())],
    'inconclusive at dns: lab dns-differs',
  ],
])('01.1, when %s', (_, records, wanted) => {
  expect(told(deployed(...records))).toBe(wanted)
})

test('without its end a try is not known, nor an item of which there is nothing', () => {
  expect(told(passed.slice(0, -1))).toBe('inconclusive at all: lab evidence-ends')
  expect(told([])).toBe('inconclusive at parses: lab evidence-ends')
  expect(verdictOf([])).toMatchObject({
    attempts: 0,
    startedAt: 0,
    endedAt: 0,
    own: false,
    changes: [],
    notes: [],
  })
  expect(judge([run], rubric).has('01.3')).toBe(false)
  expect(judge([], rubric).size).toBe(0)
})

test('when, how often and what changed are told', () => {
  const change: ItemRecord = { kind: 'change', who: 'nomad', saw: 'it runs' }
  const records = deployed(deploy(), change, { kind: 'item-note', text: 'hm' }, check(settled))
  expect(verdictOf(records)).toMatchObject({
    attempts: 1,
    startedAt: now + 1000,
    endedAt: now + 6000,
    own: false,
    notes: ['hm'],
    changes: [{ at: now + 3000, who: 'nomad', saw: 'it runs' }],
  })
})

test.each<[string, Partial<DeployRecord>, number | undefined]>([
  ['the line that the problem has', { problem }, 7],
  [
    'the place that policy names',
    { refusals: [{ code: 'x', sentence: '', place: 'service.name' }] },
    13,
  ],
  [
    'the block that would hold it',
    { refusals: [{ code: 'x', sentence: '', place: 'service.port' }] },
    12,
  ],
  ['the block around that', { refusals: [{ code: 'x', sentence: '', place: 'image' }] }, 9],
  [
    'no line where nothing holds it',
    { refusals: [{ code: 'x', sentence: '', place: 'elsewhere' }] },
    undefined,
  ],
  ['no line where no place is named', { refusals: [{ code: 'x', sentence: '' }] }, undefined],
  [
    'the service whose port label Nomad names',
    { registered: false, rejected: { status: 500, text: 'port label "x" referenced' } },
    12,
  ],
  [
    'the job, for its datacenters',
    { registered: false, rejected: { status: 500, text: 'missing datacenters' } },
    1,
  ],
  ['the job', { registered: false, rejected: { status: 500, text: 'no' } }, 1],
])('a refusal names the file and %s', (_, more, line) => {
  const verdict = verdictOf(deployed(deploy(more)))
  expect(verdict).toMatchObject({ verdict: 'failed', file: 'nginx.nomad' })
  expect(verdict.line).toBe(line)
})

test.each([
  ['to', 'port'],
  ['static', 'port'],
  ['port', 'network'],
  ['network', 'group'],
  ['ports', 'config'],
  ['driver', 'task'],
  ['image', 'config'],
  ['command', 'config'],
  ['config', 'task'],
  ['service.name', 'service'],
  ['service.port', 'service'],
  ['service.provider', 'service'],
  ['check', 'service'],
  ['service', 'task'],
  ['memory', 'resources'],
  ['cpu', 'resources'],
  ['resources', 'task'],
  ['canary', 'update'],
  ['update', 'group'],
  ['task', 'group'],
  ['count', 'group'],
  ['constraint', 'job'],
  ['datacenters', 'job'],
  ['group', 'job'],
])('what a file has no %s for is shown at its %s', (place, around) => {
  const more = { places: { [around]: 42 }, refusals: [{ code: 'x', sentence: '', place }] }
  expect(verdictOf(deployed(deploy(more))).line).toBe(42)
})

test.each<[string, Partial<DeployRecord>, object]>([
  ['parse', { problem }, { values: { sentence: 'No.', line: 7 } }],
  [
    'parse, no line',
    { problem: { code: 'x', sentence: 'No.' } },
    { values: { sentence: 'No.', line: 0 } },
  ],
  [
    'refused',
    { refusals: [{ code: 'x', sentence: 'No.', place: 'task' }] },
    { values: { sentence: 'No.' }, place: 'task' },
  ],
  [
    'rejected',
    { registered: false, rejected: { status: 500, text: 'no' } },
    { values: { text: 'no' }, place: 'job' },
  ],
  [
    'image-other',
    { images: ['httpd', 'caddy'] },
    { values: { have: 'httpd, caddy', want: 'nginx' }, place: 'image' },
  ],
])('a failed deploy tells what was seen: %s', (code, more, reason) => {
  const { reason: seen } = verdictOf(deployed(deploy(more)))
  expect(seen).toEqual({ code: code.split(',')[0], blame: 'student', ...reason })
})

const starting = () => {
  const seen = scene(1)
  seen.view.nomad.allocations[0]!.client = 'pending'
  return seen
}
test.each<[string, ItemRecord, string, string, object]>([
  ['nobody looked at the cluster', refused({}), 'answers', 'evidence-ends', {}],
  ['the wait was met', refused({ control: fit, ended: 'met' }), 'answers', 'evidence-ends', {}],
  [
    'the cluster was unfit',
    refused({ control: { ...fit, leader: false } }),
    'answers',
    'control',
    { sentence: msg('There was no leader.') },
  ],
  [
    'the cluster is to blame, fit or not',
    check(settled, { ended: 'time', control: fit }, starting()),
    'replicas',
    'starting',
    { vm: 'box-1' },
  ],
])(
  'a criterion is not known, neither proved nor refuted, when %s',
  (_, record, id, code, values) => {
    const { verdict, criteria } = verdictOf(deployed(deploy(), record))
    expect(verdict).toBe('inconclusive')
    expect(criteria.find(({ criterion }) => criterion.id === id)).toMatchObject({
      met: null,
      reason: { code, blame: 'lab', values },
    })
  },
)

test('what the cluster is to blame for names no file', () => {
  const verdict = verdictOf(deployed(deploy(), check(settled, { ended: 'time' }, dnsLate())))
  expect(verdict.file).toBeUndefined()
})

test('an item that was not handed in, or which one?', () => {
  const missing = verdictOf(
    deployed(deploy({ missing: 'not handed in', candidates: ['a is not read', 'b'] })),
  )
  expect(missing).toMatchObject({
    verdict: 'missing',
    reason: { code: 'not-handed-in', blame: 'student' },
  })
  expect(inEnglish(missing.reason?.values.unread ?? '')).toBe('a is not read; b')
  const which = verdictOf(deployed(deploy({ missing: 'ambiguous', candidates: ['a', 'b'] })))
  expect(which).toMatchObject({
    verdict: 'inconclusive',
    reason: { code: 'ambiguous', blame: 'lab' },
  })
  expect(inEnglish(which.reason?.values.files ?? '')).toBe('a or b')
  expect(verdictOf(deployed(deploy({ missing: 'ambiguous' }))).reason?.values).toEqual({
    files: '',
  })
  expect(verdictOf(deployed(deploy({ missing: 'not handed in' }))).reason?.values).toEqual({
    unread: '',
  })
})
