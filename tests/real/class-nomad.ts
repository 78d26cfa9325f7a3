/**
 * node tests/real/class-nomad.ts [--students 12] [--steps home,nomad,cut,kill] [--clusters lab|local]
 *                                [--images A.tar,B.tar] [--out DIR]
 *
 * Grades a class of the gallery through a real Nomad cluster of three clients, each in a network
 * namespace of its own (nomad-boxes.sh: Linux, root; nomad and ip on PATH). `home`: the same class on
 * this machine, as many at once as there are clients. `nomad`: through Nomad, timed against it.
 * `cut`: one client is powered off in the middle. `kill`: the terminal is killed (-9), the same command
 * goes on; meanwhile the server is killed (-9) and started. Every student must have the verdicts of
 * `home`, from one run, and Nomad one dispatch for each. Exit 1 where anything differs.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { execa, type ResultPromise } from 'execa'
import { allPassed, type Entry } from '../gallery/entry.ts'
import { handIn } from '../gallery/grade-entry.ts'
import { gallery } from '../gallery/tables.ts'
import { tempFolder } from '../harness.ts'

const { values } = parseArgs({
  options: {
    students: { type: 'string', default: '12' },
    steps: { type: 'string', default: 'home,nomad,cut,kill' },
    clusters: { type: 'string', default: 'lab' },
    images: { type: 'string' },
    items: { type: 'string' },
    out: { type: 'string', default: 'reports/class-nomad' },
  },
})
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const program = here('../../bin/grade.js')
const out = resolve(values.out)
const students = Number(values.students)
const address = 'http://10.77.0.1:4646'
const clients = 3
/** Wall ms that any of the steps may take. */
const longest = 60 * 60_000
using work = tempFolder()
const boxes = (...args: string[]) =>
  execa(here('nomad-boxes.sh'), args, {
    env: { FOLDER: join(work.path, 'boxes') },
    timeout: longest,
    reject: false,
    stdin: 'ignore',
  })

const problems: string[] = []
function must(what: string, holds: boolean, seen: unknown = ''): void {
  console.log(`${holds ? 'ok ' : 'BAD'} ${what}${holds ? '' : `: ${JSON.stringify(seen)}`}`)
  if (!holds) problems.push(what)
}

/** Every second student has handed in something wrong. */
async function makeClass(): Promise<string> {
  const plain = gallery.filter(({ lab, whole, maxWaitMs }) => !lab && !whole && !maxWaitMs)
  const wrong = plain.filter(({ verdicts }) => verdicts !== allPassed)
  const step = Math.max(1, Math.floor(wrong.length / Math.ceil(students / 2)))
  const entries: Entry[] = Array.from({ length: students }, (_, i) =>
    i % 2 === 0 ? { name: 'the sheet', verdicts: allPassed } : (wrong[(i >> 1) * step] as Entry),
  )
  for (const [i, entry] of entries.entries()) {
    const dir = join(work.path, 'class', `student-${String(i + 1).padStart(2, '0')}`)
    mkdirSync(dir, { recursive: true })
    await handIn(entry, dir)
  }
  return join(work.path, 'class')
}

/** The teacher's template: where the grader is on these clients. */
function template(): string {
  const path = join(work.path, 'job.hcl')
  const own = readFileSync(here('../../helpers/class/elsewhere/nomad-engine.hcl'), 'utf8')
  const command = `GRADE = "${process.execPath} ${program}"`
  writeFileSync(path, own.replace('GRADE = "grade"', command))
  return path
}

interface ClassJson {
  students: { student: string; verdicts?: Record<string, string>; runs: string[] }[]
  exitCode: number
}

function start(step: string, ...more: string[]): ResultPromise {
  const args = ['class', join(work.path, 'class'), '--json', '--seed', '7', '--lang', 'en']
  const many = step === 'home' && values.clusters === 'local' ? `:${clients}` : ''
  args.push('--clusters', values.clusters + many, '--out', join(out, step), ...more)
  if (values.items) args.push('--items', values.items)
  if (values.images)
    args.push(
      '--images',
      values.images
        .split(',')
        .map((p) => resolve(p))
        .join(),
    )
  const env = step === 'home' ? [] : [`NOMAD_ADDR=${address}`]
  return boxes('hub', 'env', '-C', work.path, ...env, process.execPath, program, ...args)
}

const throughNomad = (step: string, ...more: string[]) =>
  start(step, '--engine', 'nomad', '--nomad-job', template(), ...more)

async function ended(running: ResultPromise): Promise<ClassJson> {
  const { stdout, stderr } = await running
  try {
    return JSON.parse(`${stdout}`) as ClassJson
  } catch {
    throw new Error(`no class on stdout: ${`${stderr}`.slice(-2000)}`)
  }
}

const nomad = async (path: string) =>
  JSON.parse((await boxes('hub', 'curl', '-s', '-m', '10', `${address}${path}`)).stdout as string)

/** Student → verdicts, for comparing. */
const verdicts = ({ students: all }: ClassJson) =>
  Object.fromEntries(all.map((one) => [one.student, JSON.stringify(one.verdicts)]))

/** Everybody as at home, from one run each, of one dispatch each; then nothing of it is left. */
async function compare(step: string, seen: ClassJson, home: ClassJson): Promise<void> {
  const [a, b] = [verdicts(seen), verdicts(home)]
  const other = Object.keys(b).filter((student) => a[student] !== b[student])
  must(`${step}: verdicts as at home`, other.length === 0, other)
  const runs = seen.students.map(({ student }) => runsOf(step, student))
  must(
    `${step}: one run each`,
    runs.every((many) => many === 1),
    runs,
  )
  const again = await moreThanOnce()
  // What had ended on a client that is lost, and was not fetched yet, is graded once more.
  const excused = again.filter(({ tries }) => step === 'cut' && tries.includes('client-2 complete'))
  must(`${step}: one dispatch each`, again.length === excused.length, again)
  if (excused.length > 0) console.log(`    graded once more: ${JSON.stringify(excused)}`)
  const jobs: NomadJob[] = await nomad('/v1/jobs?prefix=grade-class-')
  for (const { ID } of jobs)
    await boxes('hub', 'curl', '-s', '-X', 'DELETE', `${address}${pathOf(ID)}?purge=true`)
}

interface NomadJob {
  ID: string
  ParentID: string
  Meta: { student: string }
}
const pathOf = (job: string) => `/v1/job/${encodeURIComponent(job)}`

/** Students with more than one dispatch, and what became of the first: `client-2 complete`. */
async function moreThanOnce(): Promise<{ student: string; tries: string[] }[]> {
  const stubs: NomadJob[] = await nomad('/v1/jobs?prefix=grade-class-')
  const tries = new Map<string, string[]>()
  for (const { ID, ParentID } of stubs) {
    if (ParentID === '') continue
    const { Meta }: NomadJob = await nomad(pathOf(ID))
    const allocations: { NodeName: string; ClientStatus: string }[] = await nomad(
      `${pathOf(ID)}/allocations`,
    )
    const became = allocations.map((one) => `${one.NodeName} ${one.ClientStatus}`).join()
    tries.set(Meta.student, [...(tries.get(Meta.student) ?? []), became])
  }
  const many = [...tries].map(([student, of]) => ({ student, tries: of }))
  must('every student was dispatched', many.length === students, many.length)
  return many.filter((one) => one.tries.length > 1)
}

/** How many students have a result by now. */
function collected(step: string): number {
  const dir = join(out, step)
  const folders = existsSync(dir)
    ? readdirSync(dir).filter((name) => name.startsWith('student-'))
    : []
  return folders.filter((student) => runsOf(step, student) > 0).length
}

/** Runs of a student that have a result. */
const runsOf = (step: string, student: string) =>
  readdirSync(join(out, step, student)).filter(
    (name) => /^\d/.test(name) && existsSync(join(out, step, student, name, 'result.json')),
  ).length

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 3000 && !(await holds()); i++) await sleep(200)
}

const seconds = (since: number) => Math.round((performance.now() - since) / 100) / 10

async function timed(step: string, running: ResultPromise) {
  const began = performance.now()
  const result = await ended(running)
  console.log(`    ${step}: ${seconds(began)} s`)
  return { result, took: seconds(began) }
}

async function cut(home: ClassJson): Promise<void> {
  const running = timed('cut', throughNomad('cut', '--keep-jobs'))
  await until(() => collected('cut') >= 2)
  await boxes('cut', '2')
  console.log(`    client-2 was cut with ${collected('cut')} results collected`)
  const { result } = await running
  await compare('cut', result, home)
  await boxes('start', '2')
}

/** The shell, ip and env before it have become the terminal's own process. */
async function killed(running: ResultPromise): Promise<void> {
  running.kill('SIGKILL')
  const { signal } = await running
  must('kill: the terminal was killed', signal === 'SIGKILL', signal)
  console.log(`    with ${collected('kill')} results collected`)
}

async function kill(home: ClassJson): Promise<void> {
  const first = throughNomad('kill', '--keep-jobs')
  await until(() => collected('kill') >= 1)
  await killed(first)
  await boxes('server-kill')
  const second = throughNomad('kill', '--keep-jobs')
  await sleep(3000)
  await boxes('server-start')
  await until(() => collected('kill') >= students / 2)
  await killed(second)
  // Long enough for jobs to end with nobody there.
  await sleep(20_000)
  const { result } = await timed('kill', throughNomad('kill', '--keep-jobs'))
  await compare('kill', result, home)
}

async function main(): Promise<void> {
  mkdirSync(out, { recursive: true })
  const steps = values.steps.split(',')
  for (const step of ['home', ...steps]) await execa('rm', ['-rf', join(out, step)])
  await makeClass()
  await boxes('up')
  try {
    await until(async () => {
      const nodes = await nomad('/v1/nodes').catch(() => [])
      return nodes.filter(({ Status }: { Status: string }) => Status === 'ready').length === clients
    })
    const home = await timed('home', start('home', '--at-once', `${clients}`))
    if (steps.includes('nomad')) {
      const seen = await timed('nomad', throughNomad('nomad', '--keep-jobs'))
      await compare('nomad', seen.result, home.result)
      console.log(`    overhead: ${Math.round((seen.took / home.took - 1) * 100)} %`)
    }
    if (steps.includes('cut')) await cut(home.result)
    if (steps.includes('kill')) await kill(home.result)
  } finally {
    if (existsSync(join(work.path, 'boxes')))
      cpSync(join(work.path, 'boxes'), join(out, 'boxes'), {
        recursive: true,
        filter: (from) => !from.includes('/data'),
      })
    await boxes('down')
  }
  console.log(problems.length === 0 ? 'all as wanted' : `BAD: ${problems.join('; ')}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

await main()
