/**
 * node tests/bench/class.ts [--part lab,scale,local] [--students 200] [--many 1000] [--pairs 2]
 *                           [--items 01.1] [--clusters 1,2,4] [--images A.tar,B.tar]
 *
 * What a class costs, beside the goals. `lab`: the sheet's files so many times on embedded labs.
 * `scale`: classes of many and of ten in turns, of --items only, so that what grows with the class is
 * seen and not drowned. `local`: eight students on so many real clusters (Linux, root, nomad, consul,
 * dockerd and sshd on PATH). CPU is that of the command and of its workers.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ledgerOf, startClass } from '../class/class.ts'
import { reference, tempFolder } from '../harness.ts'
import { cpuOfChildren, watchMemory } from './class-usage.ts'
import { median, seconds, table } from './table.ts'

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'lab,scale' },
    students: { type: 'string', default: '200' },
    many: { type: 'string', default: '1000' },
    pairs: { type: 'string', default: '2' },
    items: { type: 'string', default: '01.1' },
    clusters: { type: 'string', default: '1,2,4' },
    images: { type: 'string' },
  },
})

interface Cost {
  students: number
  wallMs: number
  /** Of each student but the first two, which wait for the workers to start. */
  eachMs: number
  cpuMs: number
  memoryMb: number
}

/** Grades so many copies of the sheet's files; all marks must be there. */
async function classOf(students: number, more: string[]): Promise<Cost> {
  using folder = tempFolder()
  const rows = Array.from({ length: students }, (_, i) => `student ${i + 1},${reference}`)
  writeFileSync(join(folder.path, 'roster.csv'), ['student,submission', ...rows, ''].join('\n'))
  const cpuBefore = cpuOfChildren()
  const began = performance.now()
  const running = startClass(folder.path, ['roster.csv', '--seed', '1', ...more, '--json'])
  const memory = watchMemory(running.pid)
  const { stdout, stderr, exitCode } = await running.ended
  const wallMs = performance.now() - began
  if (exitCode !== 0)
    throw new Error(`exit ${exitCode}: ${stderr.slice(-500)} ${stdout.slice(-500)}`)
  const ended = ledgerOf(folder.path).filter(({ what }) => what === 'ended')
  const at = ended.map((one) => Number(one.at)).toSorted((a, b) => a - b)
  return {
    students,
    wallMs,
    eachMs: ((at.at(-1) ?? Number.NaN) - (at[1] ?? Number.NaN)) / (students - 2),
    cpuMs: cpuOfChildren() - cpuBefore,
    memoryMb: memory.most(),
  }
}

const parts = values.part.split(',')
const say = (rows: string[][]) => console.log(`${table(['figure', 'measured', 'goal'], rows)}\n`)
const s = (ms: number) => `${seconds(ms)} s`

if (parts.includes('lab')) {
  const { students, wallMs, cpuMs, memoryMb } = await classOf(Number(values.students), [
    ...['--clusters', 'lab'],
  ])
  say([
    [`${students} students on labs: wall`, s(wallMs), '≤ 90 s for 200'],
    ['CPU per student', `${(cpuMs / students / 1000).toFixed(2)} s`, '≤ 0.5 s'],
    ['memory of everything, at most', `${memoryMb.toFixed(0)} MB`, '≤ 1024 MB'],
  ])
}

if (parts.includes('scale')) {
  const many = Number(values.many)
  const more = ['--clusters', 'lab', '--items', values.items]
  const pairs: { few: Cost; many: Cost }[] = []
  for (let i = 0; i < Number(values.pairs); i++)
    pairs.push({ few: await classOf(10, more), many: await classOf(many, more) })
  const ratio = (of: (cost: Cost) => number) =>
    median(pairs.map((one) => of(one.many) / of(one.few))).toFixed(2)
  say([
    [`time per student of ${many} ÷ of 10, once begun`, ratio(({ eachMs }) => eachMs), '≤ 1.2'],
    ['the same, the start of the program in it', ratio((one) => one.wallMs / one.students), ''],
    ['CPU per student, the start in it', ratio((one) => one.cpuMs / one.students), ''],
    [
      `memory with ${many}`,
      `${Math.max(...pairs.map((one) => one.many.memoryMb)).toFixed(0)} MB`,
      '',
    ],
  ])
}

if (parts.includes('local')) {
  const images = values.images?.split(',').map((path) => resolve(path))
  const costs: { k: number; cost: Cost }[] = []
  for (const k of values.clusters.split(',').map(Number)) {
    const more = ['--clusters', `local:${k}`, ...(images ? ['--images', images.join()] : [])]
    costs.push({ k, cost: await classOf(8, more) })
  }
  const one = costs.find(({ k }) => k === 1)?.cost.wallMs ?? Number.NaN
  say(
    costs.map(({ k, cost }) => [
      `8 students on ${k} local clusters: wall, and relative to one`,
      `${s(cost.wallMs)}, ${(cost.wallMs / one).toFixed(2)}`,
      k === 1 ? '' : `≤ ${(1.2 / k).toFixed(2)}`,
    ]),
  )
}
