import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { mistake, reference, tempFolder, withStage } from '../harness.ts'
import { files } from '../mistakes.ts'
import { kept, type Push, runWorkflow } from './jobs.ts'
import { fakeGh, reporter } from './stand-ins.ts'
import type { Ran } from './steps.ts'

const onTheLab = { cluster: 'lab', seed: '1', 'simulated-counts': 'true' }
const said = (ran: Ran[] | undefined) => (ran ?? []).map((step) => step.log).join('\n')
const failed = (ran: Ran[] | undefined) =>
  (ran ?? []).filter(({ outcome }) => outcome === 'failure').map(({ name }) => name)

test('a plain organisation: a lost mark is red, told in the summary, on its line, and kept', async () => {
  using folder = tempFolder()
  const handedIn = withStage(join(folder.path, 'in'), files['01.3'], mistake('count-2'))
  const run = await runWorkflow('organisation.yml', {
    submission: handedIn,
    folder: folder.path,
    given: { ...onTheLab, items: '01' },
  })
  const { result, ran } = run.jobs.grade ?? {}
  expect(result).toBe('failure')
  expect(failed(ran)).toEqual(['Say how it ended'])
  expect(said(ran)).toMatch(/^::error file=[\w./-]+,line=\d+,title=01\.3/m)
  const summary = (ran ?? []).map((step) => step.summary).join('')
  expect(summary).toMatch(/SIMULATED/)
  expect(summary).toContain('01.3')
  // In the language and on the scale of the workflow.
  const told = kept(run, 'grading-report', 'dialects', 'result.json')
  expect(told).toMatchObject({ student: 'nomad-consul-nuria', language: 'ca', scale: { max: 10 } })
  const page = readFileSync(
    join(run.artifacts, 'grading-report', 'dialects', 'report.html'),
    'utf8',
  )
  expect(page).toContain('lang="ca"')
})

test('the old reporter: each item is one runner of it; a lost one makes it red, not the action', async () => {
  using folder = tempFolder()
  const notices: string[] = []
  const run = await runWorkflow('reporter.yml', {
    submission: withStage(join(folder.path, 'in'), files['01.3'], mistake('count-2')),
    folder: folder.path,
    given: { ...onTheLab, items: '01.1,01.3' },
    foreign: {
      'classroom-resources/autograding-grading-reporter': reporter((text) => notices.push(text)),
    },
  })
  const { ran } = run.jobs['run-autograding-tests'] ?? {}
  expect(failed(ran)).toEqual([expect.stringContaining('autograding-grading-reporter')])
  expect(said(ran)).toContain('Some tests failed.')
  expect(notices).toEqual(['Points 50/100'])
})

test('Classroom 50: a release with the result, by a job that runs nothing of the student', async () => {
  using folder = tempFolder()
  const push = { ...withGh(folder.path), inputs: { classroom: 'nomad', assignment: 'consul' } }
  const run = await runWorkflow('classroom50.yml', { ...push, given: { ...onTheLab, items: '03' } })
  expect(failed(Object.values(run.jobs).flatMap(({ ran }) => ran))).toEqual([])
  const result = kept(run, 'classroom50', 'result.json')
  expect(result).toMatchObject({ schema: 'classroom50/result/v1', owner: 'nuria', score: 100 })
  expect(result.release).toContain(
    'https://github.com/school/nomad-consul-nuria/releases/tag/submit%2F',
  )
  const asked = readFileSync(join(folder.path, 'gh.log'), 'utf8')
  expect(asked).toMatch(/^gh release create submit\/\S+ grade\/result.json/m)
  expect(asked).toMatch(/-f state=success -f context=classroom50\/autograde -f description=4 \/ 4/)
})

test('a cluster file that was handed in is not read; without a grade Classroom 50 keeps the earlier', async () => {
  using folder = tempFolder()
  const handedIn = join(folder.path, 'in')
  mkdirSync(handedIn)
  writeFileSync(join(handedIn, 'cluster.yaml'), 'server: 192.168.56.101\n')
  const run = await runWorkflow('classroom50.yml', {
    ...withGh(folder.path),
    submission: handedIn,
    given: { cluster: 'cluster.yaml' },
    inputs: { classroom: 'nomad', assignment: 'consul' },
  })
  expect(failed(run.jobs.grade?.ran)).toEqual(['Grade'])
  expect(said(run.jobs.grade?.ran)).toContain('The cluster file is in the folder that is graded')
  const asked = readFileSync(join(folder.path, 'gh.log'), 'utf8')
  expect(asked).not.toContain('gh release')
  expect(asked).toMatch(/-f state=error .* -f description=no grade yet/)
})

function withGh(folder: string): Pick<Push, 'submission' | 'folder' | 'env' | 'repository'> {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'gh'), fakeGh)
  chmodSync(join(bin, 'gh'), 0o755)
  const env = { PATH: `${bin}${delimiter}${process.env.PATH}`, GH_LOG: join(folder, 'gh.log') }
  return { submission: reference, folder, env, repository: 'school/nomad-consul-nuria' }
}
