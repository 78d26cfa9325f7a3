import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { expand, runs, type Values } from './expressions.ts'
import { type Foreign, type Job, type Ran, runSteps, type Step, workflow } from './steps.ts'

interface JobText {
  if?: string
  needs?: string | string[]
  env?: Record<string, string>
  outputs?: Record<string, string>
  steps: Step[]
}

export interface Push {
  /** The student's folder, which becomes a commit. */
  submission: string
  /** An empty folder, where the runner's folders are made. */
  folder: string
  /** Owner and name. */
  repository?: string
  /** Inputs of the action, over those that the workflow gives: a test grades on the lab. */
  given?: Record<string, string>
  /** Inputs of a reusable workflow. */
  inputs?: Record<string, string>
  env?: Record<string, string>
  foreign?: Record<string, Foreign>
}

export interface Run {
  jobs: Record<string, { result: 'success' | 'failure' | 'skipped'; ran: Ran[] }>
  /** Where the artifacts are, a folder each. */
  artifacts: string
}

/** Runs a workflow of examples/workflows for a push, each job with a workspace of its own. */
export async function runWorkflow(name: string, push: Push): Promise<Run> {
  const texts: Record<string, JobText> = workflow(name).jobs
  const artifacts = join(push.folder, 'artifacts')
  const sha = await commit(push)
  const needs: Values = {}
  const jobs: Run['jobs'] = {}
  for (const [id, text] of Object.entries(texts)) {
    const values: Values = { ...contextOf(push, sha), needs, inputs: push.inputs ?? {} }
    const all = [text.needs ?? []].flat()
    const fine = all.every((other) => jobs[other]?.result === 'success')
    if (!runs(text.if, values, fine)) {
      jobs[id] = { result: 'skipped', ran: [] }
      needs[id] = { result: 'skipped', outputs: {} }
      continue
    }
    const job = newJob(id, push, sha, values, artifacts)
    for (const [key, value] of Object.entries(text.env ?? {})) job.env[key] = expand(value, values)
    const ended = await runSteps(
      text.steps.map((step) => withGiven(step, push)),
      job,
    )
    const outputs = Object.entries(text.outputs ?? {}).map(([key, value]) => [
      key,
      expand(value, ended.values),
    ])
    const result = ended.ok ? 'success' : 'failure'
    jobs[id] = { result, ran: ended.ran }
    needs[id] = { result, outputs: Object.fromEntries(outputs) }
  }
  return { jobs, artifacts }
}

const withGiven = (step: Step, { given }: Push): Step =>
  step.uses?.startsWith('YOUR-ORGANISATION/') ? { ...step, with: { ...step.with, ...given } } : step

const repositoryOf = (push: Push) => push.repository ?? 'school/nomad-consul-nuria'

function contextOf(push: Push, sha: string): Values {
  return {
    github: {
      repository: repositoryOf(push),
      server_url: 'https://github.com',
      sha,
      run_id: '1',
      ref: 'refs/heads/main',
      token: 'a-token',
    },
  }
}

/** The environment that GitHub sets, and nothing of ours but PATH. */
function newJob(id: string, push: Push, sha: string, values: Values, artifacts: string): Job {
  const made = (name: string) => {
    mkdirSync(join(push.folder, id, name), { recursive: true })
    return join(push.folder, id, name)
  }
  const [workspace, temp, home] = [made('work'), made('temp'), made('home')]
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_REPOSITORY: repositoryOf(push),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: sha,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_ACTOR: 'nuria',
    GITHUB_RUN_ID: '1',
    RUNNER_TEMP: temp,
    RUNNER_OS: 'Linux',
    ...push.env,
  }
  return {
    workspace,
    temp,
    env,
    values,
    foreign: { ...standIns(push, artifacts), ...push.foreign },
  }
}

async function commit({ submission, folder }: Push): Promise<string> {
  const pushed = join(folder, 'pushed')
  cpSync(submission, pushed, { recursive: true })
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=n', '-c', 'user.email=n@example.org', ...args], { cwd: pushed })
  if (!existsSync(join(pushed, '.git'))) await git('init', '--quiet', '--initial-branch', 'main')
  await git('add', '--all')
  await git('commit', '--quiet', '--allow-empty', '--message', 'handed in')
  return (await git('rev-parse', 'HEAD')).stdout
}

/** What the actions of others do for us, as far as a runner without a network can. */
function standIns({ folder }: Push, artifacts: string): Record<string, Foreign> {
  return {
    'actions/checkout': async (_, env) => {
      await execa('git', ['clone', '--quiet', join(folder, 'pushed'), env.GITHUB_WORKSPACE ?? ''])
      return undefined
    },
    'actions/setup-node': async () => undefined,
    'actions/upload-artifact': async ({ name = '', path = '' }) => {
      for (const one of path.trim().split('\n')) {
        if (!existsSync(one)) throw new Error(`There is no ${one} to keep.`)
        const whole = path.trim().includes('\n')
        const to = whole ? join(artifacts, name, basename(one)) : join(artifacts, name)
        cpSync(one, to, { recursive: true })
      }
      return undefined
    },
    'actions/download-artifact': async ({ name = '', path = '' }, env) => {
      const from = join(artifacts, name)
      cpSync(from, join(env.GITHUB_WORKSPACE ?? '', path), { recursive: true })
      return undefined
    },
  }
}

/** As JSON, what is in an artifact. */
export const kept = (run: Run, ...path: string[]) =>
  JSON.parse(readFileSync(join(run.artifacts, ...path), 'utf8'))
