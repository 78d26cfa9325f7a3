import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { parse } from 'yaml'
import { expand, runs, type Values } from './expressions.ts'

export interface Step {
  id?: string
  name?: string
  if?: string
  uses?: string
  run?: string
  shell?: string
  env?: Record<string, string>
  with?: Record<string, string | boolean>
}

export interface Action {
  inputs: Record<string, { default?: string }>
  outputs: Record<string, { value: string }>
  runs: { steps: Step[] }
}

/** What became of a step; `log` is what the runner's log would show. */
export interface Ran {
  name: string
  outcome: 'success' | 'failure' | 'skipped'
  log: string
  summary: string
  seconds: number
}

/** Stands in for an action of others: `with` and the environment in, outputs out; throws to fail. */
export type Foreign = (
  given: Record<string, string>,
  env: Record<string, string>,
  job: Job,
) => Promise<Record<string, string> | undefined>

/** A job as a runner holds it. */
export interface Job {
  workspace: string
  /** RUNNER_TEMP */
  temp: string
  env: Record<string, string>
  /** What expressions name: github, runner, inputs, needs. */
  values: Values
  /** By `owner/name`. */
  foreign: Record<string, Foreign>
}

export interface Outcome {
  ok: boolean
  ran: Ran[]
  values: Values
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => parse(readFileSync(join(root, path), 'utf8'))
export const action: Action = read('action.yml')
export const workflow = (name: string) => read(join('examples', 'workflows', name))

/** Runs steps one after the other, as a runner does: each script in a bash of its own. */
export async function runSteps(steps: Step[], job: Job): Promise<Outcome> {
  const done: Values = {}
  const values: Values = { ...job.values, steps: done }
  const ran: Ran[] = []
  let ok = true
  for (const step of steps) {
    const name = step.name ?? step.id ?? step.uses ?? step.run ?? ''
    if (!runs(step.if, values, ok)) {
      ran.push({ name, outcome: 'skipped', log: '', summary: '', seconds: 0 })
      continue
    }
    const began = performance.now()
    const one = await runStep(step, { ...job, values })
    const outcome = one.ok ? 'success' : 'failure'
    if (!one.ok) ok = false
    if (step.id) done[step.id] = { outcome, outputs: one.outputs }
    const seconds = (performance.now() - began) / 1000
    // Of our own action its steps are told instead.
    ran.push(...(one.inside ?? [{ name, outcome, log: one.log, summary: one.summary, seconds }]))
  }
  return { ok, ran, values }
}

interface One {
  ok: boolean
  outputs: Record<string, string>
  log: string
  summary: string
  inside?: Ran[]
}

async function runStep(step: Step, job: Job): Promise<One> {
  const own = expanded(step.env, job.values)
  const env = { ...job.env, ...own }
  if (step.run !== undefined) return runScript(step.run, job, env)
  const uses = (step.uses ?? '').split('@')[0] ?? ''
  const given = expanded(step.with, job.values)
  if (uses === 'YOUR-ORGANISATION/nomad-consul-grader') return runAction(given, { ...job, env })
  const stand = job.foreign[uses]
  if (!stand) throw new Error(`Nothing stands in for ${uses}.`)
  try {
    return { ok: true, outputs: (await stand(given, env, job)) ?? {}, log: '', summary: '' }
  } catch (error) {
    return { ok: false, outputs: {}, log: `${error}`, summary: '' }
  }
}

/** Our own action: its steps see its inputs, and the folder that it is in. */
export async function runAction(given: Record<string, string>, job: Job): Promise<One> {
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs))
  if (unknown.length > 0) throw new Error(`The action has no input ${unknown}.`)
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      name,
      given[name] ?? input.default ?? '',
    ]),
  )
  const env = { ...job.env, GITHUB_ACTION_PATH: root }
  const inner = { ...job, env, values: { github: job.values.github, inputs } }
  const { ok, ran, values } = await runSteps(action.runs.steps, inner)
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    expand(value, values),
  ])
  return { ok, outputs: Object.fromEntries(outputs), log: '', summary: '', inside: ran }
}

async function runScript(script: string, job: Job, env: Record<string, string>): Promise<One> {
  if (script.includes('${{')) throw new Error(`An expression inside a script: ${script}`)
  const folder = mkdtempSync(join(job.temp, '_runner-'))
  const file = (name: string) => {
    writeFileSync(join(folder, name), '')
    return join(folder, name)
  }
  const files = {
    GITHUB_OUTPUT: file('output'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    GITHUB_STEP_SUMMARY: file('summary'),
  }
  const path = join(folder, 'script.sh')
  writeFileSync(path, script)
  const { exitCode, all } = await execa(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', path],
    {
      cwd: job.workspace,
      env: { ...env, ...files },
      extendEnv: false,
      all: true,
      reject: false,
      timeout: 20 * 60_000,
    },
  )
  const outputs = outputsIn(readFileSync(files.GITHUB_OUTPUT, 'utf8'))
  const summary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')
  return { ok: exitCode === 0, outputs, log: all, summary }
}

/** Lines `name=value`; ours are of no other form. */
function outputsIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '')
  const odd = lines.find((line) => !/^\w+=/.test(line))
  if (odd !== undefined) throw new Error(`No output: ${odd}`)
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}

const expanded = (given: Record<string, string | boolean> | undefined, values: Values) =>
  Object.fromEntries(
    Object.entries(given ?? {}).map(([name, value]) => [name, expand(`${value}`, values)]),
  )
