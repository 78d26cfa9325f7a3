/**
 * What a run costs on the embedded lab, beside the goals: `node tests/bench/little.ts [--times 5]
 * [--students 30]`. CPU is of the whole process, the lab in it; a busy machine makes wall grow most.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { tempFolder } from '../harness.ts'
import type { StudentRun } from './little-run.ts'
import type { Usage } from './little-usage.ts'
import { median, table } from './table.ts'

const { values } = parseArgs({
  options: { times: { type: 'string', default: '5' }, students: { type: 'string', default: '30' } },
})
const times = Number(values.times)
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const command: (Usage & { wallMs: number })[] = []
for (let i = 0; i < times; i++) command.push(await runCommand())
/** Many after one another, for what is left of each. */
const students = await runStudents(Number(values.students), 3)
const four = (await runStudents(2, 4)).at(-1)
const hundred = (await runStudents(2, 100)).at(-1)

const of = (which: (one: (typeof command)[number]) => number) => median(command.map(which))
const further = students.slice(1)
const mb = (value: number) => `${value.toFixed(1)} MB`
const s = (ms: number) => `${(ms / 1000).toFixed(2)} s`

console.log(
  table(
    ['figure', 'measured', 'goal'],
    [
      ['the command, start to end: wall', s(of((one) => one.wallMs)), '≤ 4 s'],
      ['first student: CPU', s(of((one) => one.cpuMs)), '≤ 3 s'],
      ['first student: memory', mb(of((one) => one.memoryMb)), '≤ 250 MB'],
      ['start until the first item begins: CPU', s(of((one) => one.firstItemCpuMs)), '≤ 1 s'],
      ['a further student, same process: CPU', s(median(further.map((o) => o.cpuMs))), '≤ 0.5 s'],
      ['a further student, same process: memory kept', mb(grown((o) => o.heapMb)), '≤ 5 MB'],
      ['a further student, same process: memory of the process', mb(grown((o) => o.memoryMb)), ''],
      ...[students.at(-1), four, hundred].flatMap((one, i) => requestRows(one, [3, 4, 100][i])),
      ...itemRows(),
    ],
  ),
)

/** Per student, between the tenth and the last. */
function grown(which: (one: StudentRun) => number): number {
  const [first, last] = [students[9], students.at(-1)]
  return first && last ? (which(last) - which(first)) / (students.length - 10) : Number.NaN
}

function requestRows(run: StudentRun | undefined, clients = 0): string[][] {
  const agents = Object.values(run?.perSecond ?? {}).map((seconds) => Object.values(seconds))
  const busy = agents.flat().toSorted((a, b) => a - b)
  const above = busy.filter((n) => n > 20).length
  const of = `${clients} clients`
  return [
    [`${of}: requests of a run`, String(run?.requests ?? 0), 'shown'],
    [
      `${of}: requests to one agent in a second, where any: median, p95, most`,
      [0.5, 0.95, 1].map((part) => busy[Math.ceil(busy.length * part) - 1] ?? 0).join(', '),
      '≤ 20',
    ],
    [`${of}: such seconds above 20`, `${above} of ${busy.length}`, ''],
  ]
}

function itemRows(): string[][] {
  const sum = (run: StudentRun | undefined, of: 'cpuMs' | 'wallMs') =>
    ['03.2', '03.3', '03.4'].reduce((ms, id) => ms + (run?.items[id]?.[of] ?? Number.NaN), 0)
  const row = (of: 'cpuMs' | 'wallMs') => {
    const [many, few] = [sum(hundred, of), sum(four, of)]
    return `${(many / few).toFixed(1)} (${s(many)} and ${s(few)})`
  }
  return [
    ['03.2–03.4 with 100 clients ÷ with 4: wall', row('wallMs'), '≤ 3'],
    ['03.2–03.4 with 100 clients ÷ with 4: CPU', row('cpuMs'), ''],
  ]
}

/** As a teacher starts it, without cluster: the embedded lab. */
async function runCommand(): Promise<Usage & { wallMs: number }> {
  using folder = tempFolder()
  const file = join(folder.path, 'usage.json')
  const args = ['--import', here('little-usage.ts'), here('../../bin/grade.js')]
  const began = performance.now()
  await output([...args, '--speed', '100000', '--out', folder.path], { BENCH_USAGE: file })
  return { ...JSON.parse(readFileSync(file, 'utf8')), wallMs: performance.now() - began }
}

async function runStudents(count: number, clients: number): Promise<StudentRun[]> {
  const script = here('little-run.ts')
  const text = await output(['--expose-gc', script, String(count), String(clients)])
  const runs: StudentRun[] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const wrong = runs.find((run) => run.points !== 10)
  if (wrong) throw new Error(`the sheet's own files got ${wrong.points} of 10`)
  return runs
}

/** Runs Node, and rejects where it fails. */
async function output(args: string[], env: Record<string, string> = {}): Promise<string> {
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit']
  const child = spawn(process.execPath, args, { stdio, env: { ...process.env, ...env } })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let text = ''
  for await (const chunk of child.stdout) text += chunk
  const code = await ended
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return text
}
