import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tellIn } from '../../language/message.ts'
import { examples } from '../../submission/submission-folder.ts'
import type { Ended, Hears } from '../types.ts'
import { gradeWithoutCluster } from '../without-cluster.ts'
import { openNomadEngine } from './nomad-engine.ts'
import { type StandInChild, startNomad } from './testing-nomad.ts'

async function scene() {
  const dir = mkdtempSync(join(tmpdir(), 'nomad-engine-test-'))
  const server = await startNomad()
  const said: string[] = []
  const submission = join(dir, 'submission')
  cpSync(join(examples, 'last-state'), submission, { recursive: true })
  const out = join(dir, 'out')
  const open = (more: { stopJobs?: boolean } = {}) =>
    openNomadEngine({
      ...{
        env: server.env,
        name: 'Curs 1r.csv',
        out,
        options: ['--cluster', 'lab', '--seed', '1'],
      },
      ...{
        keep: false,
        stopJobs: false,
        say: (text) => void said.push(tellIn(text, 'en')),
        ...more,
      },
    })
  const hears: Hears = {
    began: (run) => void said.push(`began ${existsSync(run)} ${readdirSync(run).length}`),
    say: (text) => void said.push(tellIn(text, 'en')),
    waiting: () => {},
    settled: ({ id, verdict }) => void said.push(`${id} ${verdict}`),
  }
  /** What the job leaves in its allocation. */
  const completes = async ({ meta, allocations }: StandInChild, on = 'client-1') => {
    const alloc = mkdtempSync(join(dir, 'alloc-'))
    const runDir = join(alloc, 'data', 'reports', 'who', '2026-11-25T14-00-00Z')
    mkdirSync(runDir, { recursive: true })
    writeFileSync(join(alloc, 'data', 'exit'), '1\n')
    await gradeWithoutCluster({
      ...{ student: meta.student ?? '', language: 'en', asked: ['01.1'], dir: '.', runDir },
      reason: { kind: 'missing' },
    })
    allocations.push({
      ID: `of-${alloc}`.replaceAll('/', '-'),
      NodeName: on,
      ClientStatus: 'complete',
      dir: alloc,
    })
    server.nomad.changed()
  }
  return {
    ...{ dir, out, server, said, open, hears, completes },
    task: (student: string) => ({ student, dir: submission, asked: ['01.1'] }),
    runsOf: (student: string) => readdirSync(join(out, student)),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
const never = new AbortController().signal
const whyOf = (ended: Ended) => ('why' in ended ? tellIn(ended.why, 'en') : ended.kind)

test('a terminal that goes away loses nothing: the next one finds the dispatches and collects each once', async () => {
  await using of = await scene()
  const { server, said, hears, task } = of
  const away = new AbortController()
  const first = await of.open()
  server.nomad.onDispatch = () => {
    if (server.children.length === 2) away.abort(new Error('interrupted'))
  }
  // A server in the middle of an election, and one that is asked too much.
  server.nomad.troubles.push([500, 'No cluster leader'], [429, 'too many'])
  const ended = await Promise.all(
    ['anna', 'Òscar O’Neil'].map((who) => first.grade(task(who), hears, away.signal)),
  )
  await first.close()
  expect(ended.map(({ kind }) => kind)).toEqual(['interrupted', 'interrupted'])
  expect(said.join()).toContain('Nomad goes on with 2 students of grade-Curs-1r-')
  expect(server.children.map(({ meta }) => meta.student).sort()).toEqual(['anna', 'Òscar O’Neil'])
  expect(server.children[0]?.meta.options).toBe('--cluster lab --seed 1 --items 01.1')
  for (const child of server.children) await of.completes(child)

  const second = await of.open()
  const graded = await Promise.all(
    ['anna', 'Òscar O’Neil'].map((who) => second.grade(task(who), hears, never)),
  )
  expect(graded.map(({ kind }) => kind)).toEqual(['graded', 'graded'])
  expect(server.children).toHaveLength(2)
  expect(said).toContain('began true 0')
  expect(said).toContain('01.1 missing')
  const [run = ''] = of.runsOf('anna')
  expect(readdirSync(join(of.out, 'anna', run))).toEqual(
    expect.arrayContaining(['evidence.ndjson', 'report.html', 'result.json']),
  )
  // Nothing of it stays in Nomad.
  await second.close()
  expect([server.children.length, server.jobs.size]).toEqual([0, 0])
})

test('results that went with their client are made once more; a grader that never starts is told', async () => {
  await using of = await scene()
  const { server, said, hears, task } = of
  server.nomad.onDispatch = (child) => {
    if (child.meta.student === 'bad') {
      const Events = [{ DisplayMessage: 'Exit Code: 127' }]
      for (const ID of ['x', 'y']) {
        const dir = mkdtempSync(join(of.dir, 'alloc-'))
        mkdirSync(join(dir, 'logs'))
        writeFileSync(join(dir, 'logs', 'grade.stderr.0'), 'a\n/bin/sh: grade: not found\n')
        const TaskStates = { grade: { Events } }
        child.allocations.push({
          ID,
          NodeName: 'client-2',
          ClientStatus: 'failed',
          TaskStates,
          dir,
        })
      }
    } else if (server.children.length === 1)
      child.allocations.push({ ID: 'gone', NodeName: 'client-2', ClientStatus: 'complete' })
    else void of.completes(child, 'client-3')
  }
  const engine = await of.open()
  const anna = await engine.grade(task('anna'), hears, never)
  expect(anna.kind).toBe('graded')
  expect(said.join()).toContain('Its results on client-2 are out of reach. It is graded once more.')
  expect(server.children).toHaveLength(2)
  expect(of.runsOf('anna')).toHaveLength(1)

  const bad = await engine.grade(task('bad'), hears, never)
  expect(whyOf(bad)).toBe(
    'The grader did not start on client-2: Exit Code: 127 · /bin/sh: grade: not found',
  )
  expect(server.children.at(-1)?.stopped).toBe(true)
  await engine.close()
})

test('what does not fit, and what Nomad may not be asked, is said', async () => {
  await using of = await scene()
  const { server, hears, task } = of
  const engine = await of.open()
  const noise = Array.from({ length: 9000 }, (_, i) => ((i * i * 7919) % 65521).toString(36))
  writeFileSync(join(of.dir, 'submission', 'more.nomad'), `# ${noise.join('')}`)
  expect(whyOf(await engine.grade(task('anna'), hears, never))).toMatch(
    /^What is graded of it takes \d+ bytes packed, and Nomad takes 16384\. Grade it on this machine: --engine here --only anna\.$/,
  )
  await engine.close()
  server.nomad.parsed = { ...server.nomad.parsed, Type: 'service' }
  await expect(of.open()).rejects.toThrow(/is no job for a class: its type is not batch\.$/)
  const env = { NOMAD_ADDR: '' }
  const asked = {
    env,
    name: 'a',
    out: of.out,
    options: [],
    keep: false,
    stopJobs: false,
    say: () => {},
  }
  await expect(openNomadEngine(asked)).rejects.toThrow('NOMAD_ADDR is not set.')
})
