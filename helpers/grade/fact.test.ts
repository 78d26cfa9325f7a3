import { expect, test } from 'vitest'
import { rubric } from '../../suites/rubric.ts'
import { conclude } from './conclude.ts'
import type { Evidence } from './evidence.ts'
import { evidenceSchema } from './evidence-schema.ts'
import { type Fact, judgeFact } from './fact.ts'
import type { CriterionId } from './rubric.ts'

const box = (n: number, role: string, more = {}) => ({
  ...{ name: `box-${n}`, address: `192.168.56.10${n}`, status: 'alive', role, datacenter: 'dc1' },
  ...more,
})
const members = (more: object): Fact => ({
  about: 'members',
  datacenter: 'dc1',
  wanted: [
    { name: 'box-1', address: '192.168.56.101', role: 'server' },
    { name: 'box-5', address: '192.168.56.105', role: 'client' },
  ],
  members: [box(1, 'server'), box(5, 'client', more)],
})
const seen = (vm: string, value: string | null, error = '') => ({ vm, value, error })
const keyed = (want: string | null, ...all: ReturnType<typeof seen>[]): Fact => ({
  ...{ about: 'key', key: 'db_port', want, seen: all },
})
const dns = (addresses: string[], rcode = 'NOERROR'): Fact => ({
  about: 'dns',
  dns: { name: 'consul.service.consul', via: 'udp', rcode, addresses },
  servers: ['192.168.56.101'],
})
const page = (status: number, title: string, error = ''): Fact => ({
  ...{ about: 'page', url: 'http://box-1:8500/ui/', status, title, error },
})
const mesh = (passing: number, alone: string[] = []): Fact => ({
  about: 'mesh',
  services: [{ name: 'count-api', instances: 1, passing, output: '' }],
  alone,
})
const count = (counts: number[], intention?: 'denied' | 'other' | 'as found'): Fact => ({
  ...{ about: 'count', where: '192.168.56.105:9002', counts, text: 'EOF' },
  ...(intention && { intention }),
})

const cases: [CriterionId, Fact, string][] = [
  ['members', members({}), 'met'],
  ['members', members({ status: 'failed' }), 'member-missing'],
  ['members', members({ address: '10.0.2.15' }), 'member-missing'],
  ['members', members({ role: 'server' }), 'member-other'],
  ['members', members({ datacenter: 'toronto' }), 'member-other'],
  ['key-read', keyed('5432', seen('server', '5432'), seen('box-5', '5432')), 'met'],
  ['key-read', keyed('5432', seen('server', '5432'), seen('box-5', '3306')), 'key-other'],
  ['key-read', keyed('5432', seen('server', '5432'), seen('box-5', null, 'no')), 'consul-unseen'],
  ['key-read', keyed('5432'), 'evidence-ends'],
  ['key-back', keyed(null, seen('server', null)), 'met'],
  ['key-back', keyed(null, seen('server', '5432')), 'key-other'],
  ['consul-dns', dns(['192.168.56.101']), 'met'],
  ['consul-dns', dns(['192.168.56.101', '192.168.56.105']), 'dns-servers'],
  ['consul-dns', dns([], 'NXDOMAIN'), 'dns-servers'],
  ['consul-dns', { ...dns([]), dns: { error: 'silent' } } as Fact, 'dns-unseen'],
  ['ui', page(200, 'Consul by HashiCorp'), 'met'],
  ['ui', page(200, 'Welcome to nginx!'), 'ui-absent'],
  ['ui', page(404, ''), 'ui-absent'],
  ['ui', page(0, '', 'ECONNREFUSED'), 'ui-absent'],
  ['available', { about: 'pieces', missing: [] }, 'met'],
  ['available', { about: 'pieces', missing: [{ what: 'no CNI', cure: 'get it' }] }, 'not-here'],
  ['mesh', mesh(1), 'met'],
  ['mesh', mesh(0), 'mesh-service'],
  ['mesh', mesh(1, ['count-api']), 'mesh-no-sidecar'],
  ['counts', count([1, 2, 3]), 'met'],
  // Two APIs, each of which counts for itself.
  ['counts', count([7, 1, 8]), 'met'],
  ['counts', count([4, 4, 4]), 'count-none'],
  ['counts', count([4, -1, 5]), 'count-none'],
  ['counts', count([]), 'count-none'],
  ['cut', count([-1], 'denied'), 'met'],
  // Silence, or an intention that is not the grader's, proves nothing.
  ['cut', count([], 'denied'), 'not-cut'],
  ['cut', count([-1], 'other'), 'not-cut'],
  ['cut', count([9], 'denied'), 'not-cut'],
  ['intention-back', count([], 'as found'), 'met'],
  ['intention-back', count([], 'other'), 'intention-other'],
]

test.each(cases)('%s of %j: %s', (criterion, fact, wanted) => {
  const outcome = judgeFact(criterion, fact)
  expect(outcome.state === 'met' ? 'met' : outcome.reason.code).toBe(wanted)
  const record = { at: 1, item: '00.1', attempt: 1, kind: 'fact', criterion, fact }
  expect(evidenceSchema.safeParse({ ...record, spent: 0, looks: 1, ended: 'met' }).error).toBe(
    undefined,
  )
})

/** The verdict and the cause of the item that has this criterion, when it ended so. */
function verdictOf(criterion: CriterionId, fact: Fact, ended: 'met' | 'time'): string[] {
  const rows = { '05.1': { title: 'x', marks: 1, criteria: [row(criterion)] } }
  const run = { at: 0, kind: 'run', student: 's', rubric: 'r', asked: [], bonus: rows }
  const item = { at: 1, item: '05.1', attempt: 1 }
  const records = [
    { ...run, submission: { dir: '.', stages: [], unused: [], problems: [] } },
    { ...item, kind: 'fact', criterion, fact, spent: 0, looks: 1, ended },
    { ...item, kind: 'end' },
  ] as unknown as Evidence[]
  const result = conclude(records, rubric, { file: 'e', sha256: '' })
  expect(result.items).toEqual([])
  expect(result.score.max).toBe(0)
  const [one] = result.bonus ?? []
  return [one?.verdict ?? '', one?.cause ?? '']
}

const row = (id: CriterionId) =>
  Object.values(rubric.bonus)
    .flatMap(({ criteria }) => [...criteria])
    .find((one) => one.id === id) ?? { id, title: id, by: 'cluster' as const }

test.each(cases)('%s of %j loses a mark only where the job is at fault: %s', (id, fact, wanted) => {
  const own = wanted === 'mesh-no-sidecar'
  const verdict = own ? 'failed' : wanted === 'met' ? 'passed' : 'inconclusive'
  expect(verdictOf(id, fact, wanted === 'met' ? 'met' : 'time')).toEqual([
    verdict,
    wanted === 'met' ? '' : wanted,
  ])
})

test('a bonus row cannot replace a row of the ten', () => {
  const forged = { title: 'free', marks: 100, criteria: [] }
  const evidence = [
    {
      ...{ at: 0, kind: 'run', student: 's', rubric: 'r', asked: ['01.1'] },
      bonus: { '01.1': forged },
      submission: { dir: '.', stages: [], unused: [], problems: [] },
    },
    { at: 1, item: '01.1', attempt: 1, kind: 'end' },
  ] as unknown as Evidence[]
  const result = conclude(evidence, rubric, { file: 'e', sha256: '' })
  expect(result.score).toMatchObject({ points: 0, max: 1 })
  expect(result.items[0]).toMatchObject({ id: '01.1', verdict: 'inconclusive', max: 1 })
})
