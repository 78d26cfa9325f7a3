import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { validateWorkflow } from '@action-validator/core'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { tellIn } from '../../language/message.ts'
import { examples } from '../../submission/submission-folder.ts'
import type { Hears } from '../types.ts'
import { gradeWithoutCluster } from '../without-cluster.ts'
import { createActionsEngine } from './actions-engine.ts'
import { noGrader, workflowOf } from './actions-engine-workflow.ts'

const never = new AbortController().signal
const how = { cluster: 'lab' as const, seed: 7, language: 'ca', minutes: 12 }
type Step = { uses?: string; run?: string; with?: Record<string, string> }
type Jobs = Record<string, { strategy: { matrix: { include: object[] } }; steps: Step[] }>

test('the workflow is one that GitHub would read, of a large class too, and a name is never code', () => {
  const jobs = Array.from({ length: 300 }, (_, i) => ({
    ...{ key: `${i}`.padStart(12, '0'), items: '01.1,02.1' },
    student: ['null', '7', 'O’Neil: "Òscar" # {a}', '- x'][i] ?? `student ${i}`,
  }))
  const text = workflowOf(jobs, { ...how, grader: noGrader })
  expect(validateWorkflow(text).errors).toEqual([])
  const read = parse(text).jobs as Jobs
  expect(Object.keys(read)).toEqual(['grade-1', 'grade-2'])
  expect(read['grade-1']?.strategy.matrix.include).toHaveLength(256)
  expect(Object.values(read).flatMap(({ strategy }) => strategy.matrix.include)).toEqual(jobs)
  const action = parse(readFileSync(join(examples, '../../action.yml'), 'utf8'))
  for (const step of Object.values(read).flatMap(({ steps }) => steps)) {
    expect(step.run ?? '').not.toContain('${{')
    if (step.uses?.includes('nomad-consul-grader'))
      expect(Object.keys(action.inputs)).toEqual(
        expect.arrayContaining(Object.keys(step.with ?? {})),
      )
    else if (step.uses) expect(text).toMatch(/uses: actions\/checkout@[0-9a-f]{40} # v\d/)
  }
  expect(text).not.toMatch(/secrets\.|github\.token/)
})

test('who is sent to GitHub waits, and comes back out of the artifacts, once', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'actions-engine-test-'))
  try {
    const said: string[] = []
    const hears: Hears = {
      ...{ began: () => void said.push('began'), waiting: () => {}, settled: () => {} },
      say: () => {},
    }
    const submission = join(examples, 'last-state')
    const task = { student: 'Anna B', dir: submission, asked: ['01.1'] }
    const collect = join(dir, 'artifacts')
    const engine = () =>
      createActionsEngine({
        ...{ ...how, root: dir, out: join(dir, 'out'), collect },
        say: (text) => void said.push(tellIn(text, 'en')),
      })
    const sent = engine()
    const waits = await sent.grade(task, hears, never)
    expect(waits).toMatchObject({ kind: 'parked', dirs: [] })
    const odd = await sent.grade({ ...task, student: `\${{ github.token }}` }, hears, never)
    expect(odd.kind).toBe('parked')
    await sent.close()
    expect(said).toEqual([expect.stringMatching(/^For 1 student there are now/)])
    const workflow = readFileSync(join(dir, '.github/workflows/grade-class.yml'), 'utf8')
    expect(workflow).not.toContain('github.token')
    const [parcel = ''] = readdirSync(join(dir, '.github/grade-class'))
    const key = parcel.replace('.tar.gz', '')
    expect(workflow).toContain(`key: ${key}`)

    // As upload-artifact lays it, and gh run download unpacks it.
    const runDir = join(collect, `grade-${key}`, 'reports', 'Anna B', '2026-11-25T14-00-00Z')
    mkdirSync(runDir, { recursive: true })
    const result = { student: task.student, language: 'en', asked: ['01.1'], dir: '.', runDir }
    await gradeWithoutCluster({ ...result, reason: { kind: 'missing' } })
    const collecting = engine()
    expect((await collecting.grade(task, hears, never)).kind).toBe('graded')
    expect(readdirSync(join(dir, 'out', 'Anna B'))).toHaveLength(1)
    // Asked for once more, it is another run.
    expect((await collecting.grade(task, hears, never)).kind).toBe('parked')
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
