import { expect, test } from 'vitest'
import { rubric } from '../../suites/rubric.ts'
import type {
  CheckRecord,
  DeployRecord,
  Evidence,
  ItemRecord,
  RegisteredRecord,
  StopRecord,
} from './evidence.ts'
import { judge } from './judge.ts'
import type { CriterionId } from './rubric.ts'
import { factsOf, instanceOn, now, type Scene, scene } from './testing.ts'

const fit = { leader: true, fit: 3, needed: 3, trouble: '' }
const run: Evidence = {
  at: now,
  kind: 'run',
  schema: 'nomad-consul-evidence/1',
  student: 'anna',
  grader: '1',
  rubric: rubric.version,
  cluster: {
    kind: 'file',
    simulated: false,
    server: 's',
    clients: [],
    datacenter: 'dc1',
    nomad: '',
    consul: '',
    stop: 'cut',
  },
  submission: { dir: '', stages: [], unused: [], problems: [] },
  asked: ['01.1', '01.2', '02.1', '02.2', '03.1', '03.2'],
}

const deploy = (more: Partial<DeployRecord> = {}, seen = scene(1)): DeployRecord => ({
  kind: 'deploy',
  stage: '01.1',
  service: 'nginx',
  file: 'nginx.nomad',
  origin: 'exact',
  images: ['nginx'],
  refusals: [],
  job: seen.job,
  places: { job: 1, group: 3, count: 4, task: 9, service: 12, 'service.name': 13 },
  registered: true,
  ...more,
})
const check = (
  criteria: CriterionId[],
  more: Partial<CheckRecord> = {},
  seen: Scene = scene(1),
): CheckRecord => ({
  ...factsOf(seen),
  kind: 'check',
  criteria,
  budget: { ms: 1, because: [] },
  spent: 1,
  looks: 1,
  ended: 'met',
  places: { service: 2, network: 6 },
  file: 'checked.nomad',
  ...more,
})
const settled: CriterionId[] = ['replicas', 'consul', 'answers', 'dns', 'stays']

/** Records of one try of one item, a second apart. */
const of = (item: string, records: ItemRecord[], attempt = 1): Evidence[] =>
  records.map((record, i) => ({ at: now + 1000 * (i + 1), item, attempt, ...record }))
const deployed = (...more: ItemRecord[]) =>
  of('01.1', [{ kind: 'begin' }, ...more, { kind: 'end' }])
const passed = deployed(deploy(), check(settled))
const verdictOf = (records: Evidence[], item = '01.1') =>
  judge([run, ...records], rubric).get(item)!
/** The verdict, the first criterion that is not proved, and why. */
function told(records: Evidence[], item = '01.1'): string {
  const { verdict, criteria, reason, because } = verdictOf(records, item)
  const open = criteria.find((c) => c.met !== true)?.criterion.id ?? 'all'
  const on = because ? ` by ${because}` : ''
  return `${verdict}${on} at ${open}: ${reason ? `${reason.blame} ${reason.code}` : 'nothing'}`
}

const gone = () => {
  const seen = scene(1)
  seen.view.web[0]!.error = 'ECONNREFUSED'
  return seen
}
const refused = (more: Partial<CheckRecord>) => check(settled, { ended: 'time', ...more }, gone())
const dnsLate = () => {
  const seen = scene(1)
  seen.view.dns.addresses = []
  return seen
}
const problem = { code: 'syntax', sentence: 'No.', line: 7 }
const fault = (own: boolean): ItemRecord => ({
  kind: 'fault',
  code: 'EPIPE',
  sentence: 'It broke.',
  cure: 'Look.',
  own,
})

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

test('what the cluster is to blame for names no file', () => {
  const verdict = verdictOf(deployed(deploy(), check(settled, { ended: 'time' }, dnsLate())))
  expect(verdict.file).toBeUndefined()
})

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

test.each<[string, Evidence[], string]>([
  [
    'the first failed and a second passed',
    [
      ...of('01.1', [deploy({ problem })]),
      ...of('01.1', [deploy(), check(settled), { kind: 'end' }], 2),
    ],
    'failed 1',
  ],
  [
    'the first was not known and a second passed',
    [
      ...of('01.1', [deploy(), fault(false)]),
      ...of('01.1', [deploy(), check(settled), { kind: 'end' }], 2),
    ],
    'passed 2',
  ],
  [
    'the first was not known and a second failed',
    [...of('01.1', [deploy(), fault(false)]), ...of('01.1', [deploy({ problem })], 2)],
    'failed 2',
  ],
  [
    'the tries stand in the wrong order',
    [
      ...of('01.1', [deploy(), check(settled), { kind: 'end' }], 2),
      ...of('01.1', [deploy(), fault(false)]),
    ],
    'passed 2',
  ],
  [
    'neither is known',
    [...of('01.1', [deploy(), fault(false)]), ...of('01.1', [deploy(), fault(false)], 2)],
    'inconclusive 2',
  ],
])('of two tries, when %s', (_, records, wanted) => {
  const { verdict, attempts } = verdictOf(records)
  expect(`${verdict} ${attempts}`).toBe(wanted)
})

test('of two tries that are not known the one that got further is told', () => {
  const far = [deploy(), check(['replicas', 'consul']), fault(false)]
  expect(told([...of('01.1', far), ...of('01.1', [fault(true)], 2)])).toBe(
    'inconclusive at answers: lab fault',
  )
  expect(told([...of('01.1', [fault(true)]), ...of('01.1', far, 2)])).toBe(
    'inconclusive at answers: lab fault',
  )
  const later: ItemRecord = { kind: 'fault', code: 'X', sentence: 'Later.', cure: '', own: false }
  const again = verdictOf([...of('01.1', [fault(false)]), ...of('01.1', [later], 2)])
  expect(again.reason?.values.sentence).toBe('Later.')
})

test('an item that was not handed in, or which one?', () => {
  const missing = verdictOf(
    deployed(deploy({ missing: 'not handed in', candidates: ['a is not read', 'b'] })),
  )
  expect(missing).toMatchObject({
    verdict: 'missing',
    reason: { code: 'not-handed-in', blame: 'student', values: { unread: 'a is not read; b' } },
  })
  const which = verdictOf(deployed(deploy({ missing: 'ambiguous', candidates: ['a', 'b'] })))
  expect(which).toMatchObject({
    verdict: 'inconclusive',
    reason: { code: 'ambiguous', blame: 'lab', values: { files: 'a or b' } },
  })
  expect(verdictOf(deployed(deploy({ missing: 'ambiguous' }))).reason?.values).toEqual({
    files: '',
  })
  expect(verdictOf(deployed(deploy({ missing: 'not handed in' }))).reason?.values).toEqual({
    unread: '',
  })
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
  expect(verdict.reason?.values).toEqual({ sentence })
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
  expect(notes).toEqual([
    "Set aside: Consul's entry of allocation 22222222 on box-2 at 192.168.56.102:20002 is a leftover (stale).",
    'The Consul agent of box-1 listens on 127.0.0.1 only: it was asked through SSH.',
  ])
})
