import { rubric } from '../../suites/rubric.ts'
import type { CheckRecord, DeployRecord, Evidence, ItemRecord, RunRecord } from './evidence.ts'
import { judge } from './judge.ts'
import type { CriterionId } from './rubric.ts'
import { factsOf, now, type Scene, scene } from './testing.ts'

/** For the tests of the judge: the records of a run in which all is as it should be, to spoil one of. */
export const fit = { leader: true, fit: 3, needed: 3, trouble: '' }
export const run: RunRecord = {
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

export const deploy = (more: Partial<DeployRecord> = {}, seen = scene(1)): DeployRecord => ({
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

export const check = (
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

export const settled: CriterionId[] = ['replicas', 'consul', 'answers', 'dns', 'stays']

/** Records of one try of one item, a second apart. */
export const of = (item: string, records: ItemRecord[], attempt = 1): Evidence[] =>
  records.map((record, i) => ({ at: now + 1000 * (i + 1), item, attempt, ...record }))

export const deployed = (...more: ItemRecord[]) =>
  of('01.1', [{ kind: 'begin' }, ...more, { kind: 'end' }])

export const passed = deployed(deploy(), check(settled))

export const verdictOf = (records: Evidence[], item = '01.1') =>
  judge([run, ...records], rubric).get(item)!

/** The verdict, the first criterion that is not proved, and why. */
export function told(records: Evidence[], item = '01.1'): string {
  const { verdict, criteria, reason, because } = verdictOf(records, item)
  const open = criteria.find((c) => c.met !== true)?.criterion.id ?? 'all'
  const on = because ? ` by ${because}` : ''
  return `${verdict}${on} at ${open}: ${reason ? `${reason.blame} ${reason.code}` : 'nothing'}`
}

export const gone = () => {
  const seen = scene(1)
  seen.view.web[0]!.error = 'ECONNREFUSED'
  return seen
}

export const refused = (more: Partial<CheckRecord>) =>
  check(settled, { ended: 'time', ...more }, gone())

export const dnsLate = () => {
  const seen = scene(1)
  seen.view.dns.addresses = []
  return seen
}

export const problem = { code: 'syntax', sentence: 'No.', line: 7 }

export const fault = (own: boolean): ItemRecord => ({
  kind: 'fault',
  code: 'EPIPE',
  sentence: 'It broke.',
  cure: 'Look.',
  own,
})
