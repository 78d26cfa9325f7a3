import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { readJournalFile } from '../../helpers/cluster/journal-file.ts'
import { parseClusterFile } from '../../helpers/cluster/load.ts'
import { evidenceIn } from '../../helpers/evidence-file.ts'
import { jobSchema } from '../../helpers/grade/job-schema.ts'
import { tellIn } from '../../helpers/language/message.ts'
import { fromCanonical } from '../../helpers/submission/canonical.ts'
import { findSubmission } from '../../helpers/submission/find.ts'
import type { Job } from '../../helpers/submission/job.ts'
import { parseJob } from '../../helpers/submission/parse.ts'
import { placesOf } from '../../helpers/submission/places.ts'
import { policy } from '../../helpers/submission/policy.ts'
import { candidateFrom } from '../../helpers/submission/recognise.ts'
import { Fault } from '../../helpers/time/fault.ts'
import { reference } from '../harness.ts'
import { kept } from './kept.ts'
import { oddBytes, oddJson, oddText } from './odd.ts'
import { runs } from './runs.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const textsIn = (folder: string, end: RegExp) =>
  readdirSync(folder)
    .filter((name) => end.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))

const mistakes = here('../conformance/recordings/mistakes')
const jobs = [...textsIn(reference, /\.nomad$/), ...textsIn(mistakes, /\.nomad$/).slice(0, 20)]
const apiJobs = ['parse-nginx-2.0.5.json'].map((name) =>
  readFileSync(here(`../conformance/recordings/${name}`), 'utf8'),
)

const folder = mkdtempSync(join(tmpdir(), 'properties-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Gives its answer, or a Fault whose first line is a sentence; anything else fails the property. */
function answerOrFault<T>(read: () => T): T | Fault {
  try {
    return read()
  } catch (error) {
    expect(error, String((error as Error).stack)).toBeInstanceOf(Fault)
    expect((error as Fault).message).toMatch(/^\S.*[.?]$/s)
    return error as Fault
  }
}

/** What evidence holds of a job is a job again: no NaN, nothing of another type. */
function expectReadBack(job: Job) {
  const read = jobSchema.safeParse(JSON.parse(JSON.stringify(job)))
  expect(read.success, read.error?.message).toBe(true)
}

/** Each byte string is read as HCL and as JSON, placed, guessed at and judged by policy. */
async function readsAsJob(text: string, format: 'hcl' | 'json') {
  const parsed = await parseJob(text, format)
  if ('problem' in parsed) expect(tellIn(parsed.problem.sentence, 'en')).toMatch(/^[A-Z].*\.$/s)
  else {
    for (const { sentence } of policy(parsed.job))
      expect(tellIn(sentence, 'en')).toMatch(/^\S.*\.$/s)
    expectReadBack(parsed.job)
  }
  for (const line of Object.values(placesOf(text, format))) expect(line).toBeGreaterThan(0)
  const { count } = await candidateFrom({ file: `x.${format}`, format, text })
  expect(typeof count).toBe('number')
}

test('a job file of any bytes is a job or a problem in one sentence', async () => {
  await fc.assert(
    fc.asyncProperty(oddText(jobs), (text) => readsAsJob(text, 'hcl')),
    runs(100),
  )
  await fc.assert(
    fc.asyncProperty(oddText([...apiJobs, ...jobs]), (text) => readsAsJob(text, 'json')),
    runs(100),
  )
})

test('JSON of any shape is a job that policy can judge', async () => {
  const shapes = apiJobs.map((text) => JSON.parse(text) as unknown)
  await fc.assert(
    fc.asyncProperty(oddJson(shapes), async (json) => {
      const job = fromCanonical(json)
      policy(job)
      expectReadBack(job)
      await readsAsJob(JSON.stringify({ Job: json }) ?? '', 'json')
    }),
    runs(200),
  )
})

test('a folder of any files is a submission, and every problem is a sentence', async () => {
  const yaml = ['"01.1": a.nomad\n"02.1": b.nomad\n', '{ "03.1": "a.nomad" }', 'a: &a [*a, *a]\n']
  await fc.assert(
    fc.asyncProperty(oddBytes(jobs), oddBytes(jobs), oddBytes(yaml), async (a, b, stages) => {
      writeFileSync(join(folder, 'a.nomad'), a)
      writeFileSync(join(folder, 'b.nomad.json'), b)
      writeFileSync(join(folder, 'stages.yaml'), stages)
      const found = await findSubmission(folder)
      for (const { sentence } of found.problems) expect(tellIn(sentence, 'en')).toMatch(/^\S.*\.$/s)
      expect(Object.keys(found.stages)).toEqual(['01.1', '01.3', '02.1', '03.1'])
    }),
    runs(60),
  )
})

test('a cluster file of any text is a cluster or a Fault', () => {
  const files = [
    'server: 192.168.56.100\nclients: [box-1]\nssh:\n  hosts:\n    box-1: { user: box, port: 22 }\npower: { driver: virtualbox }\n',
    'server: a\nnomad: &t { token: x, tls: { ca: ca.pem } }\nconsul: *t\nimages: [x.tar]\n',
    '{"server": "a", "lab": {"id": "x", "seed": 1, "connect": "127.0.0.1:1"}}',
    'a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nserver: *c\n',
  ]
  fc.assert(
    fc.property(oddText(files), (text) => {
      answerOrFault(() => parseClusterFile(text, '/x/cluster.yaml'))
    }),
    runs(400),
  )
})

const journal = [
  {
    what: 'begin',
    at: 1,
    pid: 2,
    started: 'x',
    boot: 'y',
    cluster: '192.168.56.100',
    embedded: false,
    file: '',
  },
  { what: 'job-registering', at: 2, job: 'nginx' },
  { what: 'allocations', at: 3, job: 'nginx', ids: ['a', 'b'] },
  { what: 'vm-stopping', at: 4, name: 'box-1', address: '192.168.56.101', bootId: '' },
  { what: 'vm-accepted', at: 5, name: 'box-1' },
  { what: 'ineligible', at: 6, id: 'n', name: 'box-2' },
  { what: 'vm-back', at: 7, name: 'box-1' },
]
  .map((record) => `${JSON.stringify(record)}\n`)
  .join('')

test('a journal of any bytes is read or a Fault; cut, it never forgets a VM that is open', () => {
  const path = join(folder, 'journal.ndjson')
  fc.assert(
    fc.property(oddBytes([journal]), (bytes) => {
      writeFileSync(path, bytes)
      answerOrFault(() => readJournalFile(path))
    }),
    runs(300),
  )
  for (let length = 0; length <= journal.length; length++) {
    writeFileSync(path, journal.slice(0, length))
    const whole = journal.slice(0, length).split('\n').slice(0, -1)
    const open = whole.length >= 4 && whole.length < 7
    expect(readJournalFile(path).vms.length, String(length)).toBe(open ? 1 : 0)
  }
})

test('evidence of any bytes is read or a Fault', () => {
  const texts = kept.slice(0, 3).map(({ records }) =>
    records
      .slice(0, 12)
      .map((r) => JSON.stringify(r))
      .join('\n'),
  )
  fc.assert(
    fc.property(oddText(texts), (text) => {
      answerOrFault(() => evidenceIn(text, 'evidence.ndjson'))
    }),
    runs(150),
  )
})
