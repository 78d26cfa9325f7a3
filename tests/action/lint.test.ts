import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validateAction, validateWorkflow } from '@action-validator/core'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import which from 'which'
import { tempFolder } from '../harness.ts'
import { type Action, action, type Step, workflow } from './steps.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const workflows = readdirSync(join(root, 'examples', 'workflows'))
const paths = ['action.yml', ...workflows.map((name) => join('examples', 'workflows', name))]
const scripts = readdirSync(join(root, 'scripts', 'action')).map((name) =>
  join(root, 'scripts', 'action', name),
)

interface WorkflowText {
  on: Record<string, unknown>
  permissions?: Record<string, string>
  jobs: Record<
    string,
    {
      uses?: string
      with?: Record<string, string>
      permissions?: Record<string, string>
      'timeout-minutes'?: number
      steps?: Step[]
    }
  >
}
const texts = new Map<string, WorkflowText>(workflows.map((name) => [name, workflow(name)]))
const stepsOf = (text: WorkflowText) => Object.values(text.jobs).flatMap(({ steps }) => steps ?? [])
const allSteps = [
  ...(action as Action).runs.steps,
  ...[...texts.values()].flatMap((text) => stepsOf(text)),
]

test('GitHub would read the action and each workflow, by the schemas of action-validator', () => {
  for (const path of paths) {
    const text = readFileSync(join(root, path), 'utf8')
    const found = path === 'action.yml' ? validateAction(text) : validateWorkflow(text)
    expect.soft(found.errors, path).toEqual([])
  }
  // They would also find what is wrong.
  const step = readFileSync(join(root, 'action.yml'), 'utf8').replace('      shell: bash\n', '')
  expect(validateAction(step).errors).not.toEqual([])
  expect(validateWorkflow('on: push\njobs: { a: { steps: [] } }\n').errors).not.toEqual([])
})

const shellcheck = which.sync('shellcheck', { nothrow: true })
test.skipIf(!shellcheck)(
  `scripts of the action and of workflows are clean${shellcheck ? '' : ' (skipped: no shellcheck on PATH)'}`,
  async () => {
    using folder = tempFolder()
    const inline = allSteps.flatMap(({ run }) => run ?? [])
    const written = inline.map((script, nth) => {
      const path = join(folder.path, `step-${nth}.sh`)
      // As the runner starts it.
      writeFileSync(path, `#!/usr/bin/env bash\nset -eo pipefail\n${script}`)
      return path
    })
    const { all } = await execa(shellcheck ?? '', [...scripts, ...written], {
      reject: false,
      all: true,
    })
    expect(all).toBe('')
  },
)

test('actions of others are pinned to a commit, and their version stands beside it', () => {
  const lines = paths.flatMap((path) => readFileSync(join(root, path), 'utf8').split('\n'))
  const uses = lines.filter((line) => /^\s*-?\s*uses:/.test(line))
  expect(uses.length).toBeGreaterThan(8)
  for (const line of uses) {
    // The teacher's own: students cannot write there.
    if (/uses: YOUR-ORGANISATION\/\w+\/\.github\/workflows\/[\w-]+\.yml@main$/.test(line)) continue
    if (/uses: YOUR-ORGANISATION\/nomad-consul-grader@[0-9a-f]{40}$/.test(line)) continue
    expect.soft(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+\.\d+)?$/)
  }
})

test('a job in which the student’s containers run may read and nothing else, and has no secret', () => {
  for (const [name, text] of texts) {
    expect.soft(Object.keys(text.on), name).not.toContain('pull_request_target')
    expect.soft(Object.keys(text.on), name).not.toContain('workflow_run')
    for (const [id, job] of Object.entries(text.jobs)) {
      const permissions = job.permissions ?? text.permissions
      const grades = job.steps?.some(({ uses }) => uses?.includes('/nomad-consul-grader@'))
      if (grades) {
        expect.soft(permissions, `${name} ${id}`).toEqual({ contents: 'read' })
        expect.soft(JSON.stringify(job), `${name} ${id}`).not.toMatch(/secrets\.|github\.token/)
      }
      if (!job.uses) expect.soft(job['timeout-minutes'], `${name} ${id}`).toBeLessThanOrEqual(20)
    }
    expect.soft(JSON.stringify(text), name).not.toMatch(/secrets[.:]/)
    for (const { uses, with: given } of stepsOf(text))
      if (uses?.startsWith('actions/checkout@'))
        expect.soft(given, name).toMatchObject({ 'persist-credentials': false })
  }
})

test('text of others reaches a script by its environment only', () => {
  const inline = allSteps.filter(({ run }) => run !== undefined)
  expect(inline.length).toBeGreaterThan(8)
  for (const { run, shell } of inline) {
    expect.soft(run).not.toContain('${{')
    expect.soft(shell).toBe('bash')
  }
  // What a pusher may choose: title, message, branch names.
  const everything = paths.map((path) => readFileSync(join(root, path), 'utf8')).join('\n')
  expect(everything).not.toMatch(/github\.(event\.(?!repository)|head_ref|ref_name)/)
})

test('a caller gives what its workflow asks for, and lets it do what it needs', () => {
  for (const [name, text] of texts)
    for (const { uses, with: given, permissions } of Object.values(text.jobs)) {
      if (!uses) continue
      const called = texts.get(name.replace('-caller', '')) as WorkflowText
      const asked = called.on.workflow_call as { inputs?: Record<string, unknown> } | null
      expect.soft(Object.keys(given ?? {}), name).toEqual(Object.keys(asked?.inputs ?? {}))
      const needed = [
        called.permissions,
        ...Object.values(called.jobs).map((job) => job.permissions),
      ]
      for (const [scope, level] of needed.flatMap((one) => Object.entries(one ?? {}))) {
        const allowed = (permissions ?? text.permissions)?.[scope]
        expect.soft(allowed === level || allowed === 'write', `${name} ${scope}`).toBe(true)
      }
    }
})

test('a workflow gives the action inputs that it has', () => {
  for (const [name, text] of texts)
    for (const { uses, with: given } of stepsOf(text))
      if (uses?.includes('/nomad-consul-grader@'))
        expect
          .soft(Object.keys(action.inputs), name)
          .toEqual(expect.arrayContaining(Object.keys(given ?? {})))
})

test('the reporter has one runner for each item, named with letters and digits', () => {
  const items = Object.keys(action.outputs).filter((name) => name.startsWith('item'))
  expect(items).toHaveLength(10)
  const { name, jobs } = workflow('reporter.yml')
  expect([name, Object.keys(jobs)]).toEqual(['Autograding Tests', ['run-autograding-tests']])
  const env = jobs['run-autograding-tests'].steps.at(-1).env
  expect(env).toEqual(
    Object.fromEntries(
      items.map((id) => [`${id.toUpperCase()}_RESULTS`, `\${{ steps.grade.outputs.${id} }}`]),
    ),
  )
})
