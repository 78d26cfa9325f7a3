import { expect, test } from 'vitest'
import { rubric } from '../../suites/rubric.ts'
import type { Evidence, ItemRecord, RegisteredRecord, StopRecord } from './evidence.ts'
import { judge } from './judge.ts'
import type { CriterionId } from './rubric.ts'
import { inEnglish, instanceOn, now, scene } from './testing.ts'
import {
  check,
  deploy,
  deployed,
  fault,
  fit,
  of,
  passed,
  problem,
  refused,
  run,
  settled,
  told,
  verdictOf,
} from './testing-records.ts'

const stop = (effective = true): StopRecord => ({
  kind: 'stop',
  how: 'cut',
  vms: [{ name: 'box-1', nomad: 'down', consul: 'alive', effective }],
})
const moving: CriterionId[] = ['moved', 'replicas', 'consul', 'answers', 'dns', 'stays']
const item2 = (...records: ItemRecord[]) => of('01.2', [...records, { kind: 'end' }])

test.each<[string, Evidence[], string]>([
  ['it moved', [...passed, ...item2(stop(), check(moving))], 'passed at all: nothing'],
  [
    'there was no stop',
    [...passed, ...item2(check(moving))],
    'inconclusive at stopped: lab evidence-ends',
  ],
  [
    'the stop was not effective',
    [...passed, ...item2(stop(false), check(moving))],
    'inconclusive at stopped: lab not-stopped',
  ],
  [
    'what only the cluster can refute is refuted',
    [...passed, ...item2(stop(), refused({ criteria: moving, control: fit }))],
    'inconclusive at answers: student wire-refused',
  ],
  [
    '01.1 failed',
    [...deployed(deploy({ problem })), ...item2(stop(), check(moving))],
    'blocked by 01.1 at stopped: student parse',
  ],
  [
    '01.1 is not known',
    [...deployed(deploy(), fault(true)), ...item2(stop(), check(moving))],
    'inconclusive by 01.1 at stopped: lab threw',
  ],
  [
    'nobody asked for 01.1',
    item2(stop(), check(moving)),
    'inconclusive by 01.1 at stopped: lab evidence-ends',
  ],
])('01.2, when %s', (_, records, wanted) => {
  expect(told(records, '01.2')).toBe(wanted)
})

test('what 01.1 proved and only the cluster can undo is not refuted; a stop is told in full', () => {
  const undone = verdictOf(
    [...passed, ...item2(stop(), refused({ criteria: moving, control: fit }))],
    '01.2',
  )
  expect(undone.criteria.find(({ criterion }) => criterion.id === 'answers')?.met).toBeNull()
  const { reason } = verdictOf([...passed, ...item2(stop(false))], '01.2')
  expect(reason?.values).toEqual({ vm: 'box-1', nomad: 'down', consul: 'alive' })
})

test('what 01.2 builds on decides, whatever faults it met itself; nobody’s own error is repeated', () => {
  const broken = [...deployed(deploy({ problem }), fault(true)), ...item2(fault(false))]
  expect(told(broken, '01.2')).toBe('blocked by 01.1 at stopped: student parse')
  expect(verdictOf(broken, '01.1').own).toBe(true)
  expect(verdictOf(broken, '01.2').own).toBe(false)
})

test('an item is judged when it has evidence though nobody asked; then what it needs is not known', () => {
  const asked = judge([{ ...run, asked: [] }, ...item2(stop(), check(moving))], rubric)
  expect([...asked.keys()]).toEqual(['01.2'])
  expect(asked.get('01.2')).toMatchObject({
    verdict: 'inconclusive',
    because: '01.1',
    reason: { code: 'evidence-ends', values: { item: '01.1' } },
  })
  expect(judge([unfit, run], rubric).has('01.1')).toBe(true)
})

test('that nothing is registered though 03.1 passed names 03.1, whatever was looked at since', () => {
  const records = [...apachePassed, ...item32(registered(false), check(['agents']))]
  expect(verdictOf(records, '03.2')).toMatchObject({
    verdict: 'inconclusive',
    reason: { code: 'evidence-ends', values: { item: '03.1' } },
  })
})

test('a deployed stage’s file is named, else the file of the wait', () => {
  const other = scene(1)
  other.view.nomad.allocations[0]!.nodeName = 'box-2'
  other.want.avoiding = ['box-2']
  const own = check(moving, { ended: 'time', control: fit }, other)
  expect(verdictOf([...passed, ...item2(stop(), own)], '01.2')).toMatchObject({
    verdict: 'failed',
    file: 'checked.nomad',
  })
  expect(verdictOf(deployed(deploy(), refused({ control: fit })))).toMatchObject({
    file: 'nginx.nomad',
    line: 3,
  })
})

test('blocked says file and line of its basis; not known repeats whose fault it was', () => {
  const blocked = verdictOf([...deployed(deploy({ problem })), ...item2()], '01.2')
  expect(blocked).toMatchObject({ file: 'nginx.nomad', line: 7, own: false })
  const unknown = verdictOf([...deployed(deploy(), fault(true)), ...item2()], '01.2')
  expect(unknown).toMatchObject({ because: '01.1', own: true })
})

const unfit: Evidence = {
  at: now,
  kind: 'unfit',
  code: 'X',
  sentence: 'No leader.',
  cure: 'Start it.',
}

test('an unfit cluster leaves open what was not begun, and nothing else', () => {
  expect(told([unfit])).toBe('inconclusive at parses: lab unfit')
  expect(verdictOf([unfit]).reason?.values).toEqual({ sentence: 'No leader.', cure: 'Start it.' })
  const blocked = [...deployed(deploy({ problem })), unfit]
  expect(told(blocked)).toBe('failed at parses: student parse')
  expect(told(blocked, '01.2')).toBe('inconclusive at stopped: lab unfit')
})

const registered = (found: boolean, more = {}): RegisteredRecord => ({
  kind: 'registered',
  service: 'apache',
  found,
  control: { ...fit, ...more },
})
const apacheFailed = of('03.1', [deploy({ problem })])
const apacheOther = of('03.1', [deploy({ images: ['nginx'], service: 'apache' }), { kind: 'end' }])
const rejected = { status: 500, text: 'no' }
const apacheRefused = of('03.1', [deploy({ registered: false, rejected })])
const apachePassed = of('03.1', [
  deploy({ images: ['httpd'], service: 'apache' }),
  check(settled),
  { kind: 'end' },
])
const item32 = (...records: ItemRecord[]) => of('03.2', [...records, { kind: 'end' }])
const unwatched = scene(1)
unwatched.agents[0]!.via = 'ssh'

test.each<[string, Evidence[], string]>([
  [
    'it is registered though 03.1 failed',
    [...apacheFailed, ...item32(registered(true), check(['agents']))],
    'passed at all: nothing',
  ],
  [
    'nothing is registered',
    [...apacheFailed, ...item32(registered(false))],
    'blocked by 03.1 at agents: student parse',
  ],
  [
    'nothing was registered in time though 03.1 was, and failed by what does not hinder it',
    [...apacheOther, ...item32(registered(false, { trouble: 'It was still pulling.' }))],
    'inconclusive at agents: lab control',
  ],
  [
    '03.1 was registered and failed, and nobody looked',
    [...apacheOther, ...item32()],
    'inconclusive at agents: lab evidence-ends',
  ],
  [
    'Nomad refused it, and nobody looked',
    [...apacheRefused, ...item32()],
    'blocked by 03.1 at agents: student rejected',
  ],
  ['nobody looked', [...apacheFailed, ...item32()], 'blocked by 03.1 at agents: student parse'],
  [
    'nothing is registered though 03.1 passed',
    [...apachePassed, ...item32(registered(false))],
    'inconclusive at agents: lab evidence-ends',
  ],
  [
    'nothing is registered and there was no leader',
    [...apacheFailed, ...item32(registered(false, { leader: false }))],
    'inconclusive at agents: lab control',
  ],
  [
    'a fault hid it',
    [...apacheFailed, ...item32(fault(false))],
    'inconclusive at agents: lab fault',
  ],
  [
    '03.1 passed',
    [...apachePassed, ...item32(registered(true), check(['agents'], {}, unwatched))],
    'passed at all: nothing',
  ],
])('03.2, when %s', (_, records, wanted) => {
  expect(told(records, '03.2')).toBe(wanted)
})

test.each([
  [{ leader: false }, 'There was no leader.'],
  [{ fit: 2 }, 'Only 2 of 3 clients were fit.'],
  [{ probe: false }, "Nomad did not place the grader's own tiny probe job either."],
  [{ trouble: 'The disk is full.', leader: false }, 'The disk is full.'],
])('a control of %o is told', (more, sentence) => {
  const verdict = verdictOf([...apacheFailed, ...item32(registered(false, more))], '03.2')
  expect(inEnglish(verdict.reason?.values.sentence ?? '')).toBe(sentence)
})

test('an agent that was asked through SSH and what was set aside are notes, each once', () => {
  const seen = scene(1)
  seen.agents[0]!.via = 'ssh'
  seen.view.consul.instances.push(
    instanceOn(2, { owner: { ...instanceOn(2).owner!, client: 'lost', nodeStatus: 'down' } }),
  )
  const { notes } = verdictOf(
    [
      ...apachePassed,
      ...item32(registered(true), check(['agents'], {}, seen), check(['agents'], {}, seen)),
    ],
    '03.2',
  )
  expect(notes.map(inEnglish)).toEqual([
    "Set aside: Consul's entry of allocation 22222222 on box-2 at 192.168.56.102:20002 is a leftover (stale).",
    'The Consul agent of box-1 listens on 127.0.0.1 only: it was asked through SSH.',
  ])
})
