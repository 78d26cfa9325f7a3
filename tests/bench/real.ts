/**
 * node tests/bench/real.ts --bin DIR --images A.tar,B.tar [--clients 3,4] [--pairs 5] [--out DIR]
 * node tests/bench/real.ts --again DIR
 *
 * How fast the grader is on real Nomad and Consul (Linux, root): on one local cluster with usual
 * heartbeats, the sheet's own files are graded by baseline.sh and by the grader, in turns, while
 * observer.ts watches beside the grader. Prints the tables of docs/performance.md. What was seen is
 * kept in --out; --again prints the tables of an earlier measurement.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type BaselineRun, runBaseline } from './baseline.ts'
import { openCluster } from './cluster.ts'
import { foretold, lagsOf, pollerLags, spreadOf } from './lag.ts'
import { type OurRun, readOurs, runOurs } from './ours.ts'
import { median, seconds, table } from './table.ts'
import { gaps, required, union } from './wall.ts'

const { values } = parseArgs({
  options: {
    bin: { type: 'string', default: '' },
    images: { type: 'string', default: '' },
    clients: { type: 'string', default: '3,4' },
    pairs: { type: 'string', default: '5' },
    out: { type: 'string', default: 'reports/bench' },
    again: { type: 'string' },
  },
})

interface Pair {
  ours: OurRun
  /** undefined where only the grader was run. */
  baseline: BaselineRun | undefined
}

/** Which of both goes first changes from pair to pair. */
async function measure(clients: number, pairs: number, out: string): Promise<void> {
  const cluster = await openCluster({
    bin: resolve(values.bin),
    clients,
    images: values.images.split(',').map((path) => resolve(path)),
  })
  try {
    for (let pair = 1; pair <= Math.max(1, pairs); pair++) {
      const kept = join(out, `${clients}-clients-${pair}`)
      const ours = async () => {
        await cluster.clear()
        const run = await runOurs(cluster, kept)
        console.log(`${clients} clients, ${pair}: ours ${seconds(run.ended - run.began)} s`)
      }
      const baseline = async () => {
        await cluster.clear()
        const run = await runBaseline(cluster)
        writeFileSync(`${kept}-baseline.json`, JSON.stringify(run))
        console.log(`${clients} clients, ${pair}: baseline ${seconds(run.ms)} s, ${run.said}`)
      }
      const both = pairs === 0 ? [ours] : pair % 2 === 1 ? [baseline, ours] : [ours, baseline]
      for (const act of both) await act()
    }
  } finally {
    await cluster.close()
  }
}

function readPairs(out: string, clients: string): Pair[] {
  const names = readdirSync(out)
  return names
    .filter((name) => name.startsWith(`${clients}-clients-`) && name.endsWith('-run.json'))
    .sort()
    .map((name) => {
      const kept = name.slice(0, -'-run.json'.length)
      const baseline = `${kept}-baseline.json`
      return {
        ours: readOurs(join(out, kept)),
        baseline: names.includes(baseline)
          ? (JSON.parse(readFileSync(join(out, baseline), 'utf8')) as BaselineRun)
          : undefined,
      }
    })
}

function tellWall(pairs: Pair[]): void {
  const rows = pairs.map(({ ours, baseline }, i) => {
    const wall = ours.ended - ours.began
    const needed = union(required(ours), ours)
    return {
      ratio: wall / needed,
      times: baseline ? baseline.ms / wall : Number.NaN,
      row: [
        `${i + 1}`,
        `${ours.points} of 10`,
        seconds(wall),
        seconds(needed),
        (wall / needed).toFixed(3),
        baseline ? seconds(baseline.ms) : '',
        baseline ? (baseline.ms / wall).toFixed(2) : '',
        baseline?.said ?? '',
      ],
    }
  })
  const middle = ['median', '', '', '', median(rows.map((r) => r.ratio)).toFixed(3), '']
  const heading = ['pair', 'marks', 'ours s', 'required s', '÷', 'baseline s', '÷ ours', 'it said']
  const times = median(rows.flatMap((r) => (Number.isNaN(r.times) ? [] : [r.times])))
  console.log(table(heading, [...rows.map((r) => r.row), [...middle, times.toFixed(2), '']]))
}

function tellGaps(pairs: Pair[]): void {
  const all = pairs.flatMap(({ ours }) => gaps(required(ours), ours))
  const of = new Map<string, number>()
  for (const gap of all) {
    const what = gap.what.replace(/ (box-\d+)(, box-\d+)?/g, ' VM')
    of.set(what, (of.get(what) ?? 0) + (gap.to - gap.from) / pairs.length)
  }
  const rows = [...of].sort(([, a], [, b]) => b - a).slice(0, 10)
  console.log('\nWhere nothing was required, mean ms of a run:')
  console.log(
    table(
      ['between', 'ms'],
      rows.map(([what, ms]) => [what, ms.toFixed(0)]),
    ),
  )
}

function tellLag(pairs: Pair[]): void {
  const lags = pairs.flatMap(({ ours }) => lagsOf(ours))
  const row = (who: string, ms: number[]) => [who, ...spreadOf(ms).map((one) => one.toFixed(0))]
  const heading = ['who', 'p50 ms', 'p95 ms', 'max ms']
  const pollers = [1000, 5000].map((p) => row(`a poller at ${p / 1000} s`, pollerLags(lags, p)))
  console.log(`\nLag behind the observer, ${lags.length} changes:`)
  console.log(
    table(heading, [
      row(
        'the grader',
        lags.map(({ ms }) => ms),
      ),
      ...pollers,
    ]),
  )
  const worst = lags.toSorted((a, b) => b.ms - a.ms).slice(0, 8)
  for (const { what, ms } of worst) console.log(`  ${ms.toFixed(0)} ms: ${what}`)
  const apart = pairs.map(({ ours }) => ours.tally.apartMs)
  const middle = (of: 'p50' | 'p95') => median(apart.map((one) => one[of])).toFixed(1)
  console.log(`The observer looked every ${middle('p50')} ms (p95 ${middle('p95')} ms).`)
}

function tellForetold(pairs: Pair[]): void {
  const all = pairs.flatMap(({ ours }) => foretold(ours))
  const off = all.map((one) => one.off)
  const worst = all.toSorted((a, b) => Math.abs(b.off) - Math.abs(a.off))[0]
  console.log(
    `\nNode down, real minus foretold, ${all.length} VMs: ${spreadOf(off)
      .map((ms) => ms.toFixed(0))
      .join(' / ')} ms (p50 / p95 / max); furthest ${worst?.off.toFixed(0)} ms (${worst?.vm}).`,
  )
}

function tellRequests(pairs: Pair[]): void {
  const rows = pairs.map(({ ours, baseline }, i) => {
    const hosts = [...new Set(ours.asked.map(({ host }) => host))].filter((h) =>
      /:(4646|8500)$/.test(h),
    )
    const busiest = hosts
      .map((host) => ({ host, most: mostInASecond(ours.asked.filter((a) => a.host === host)) }))
      .sort((a, b) => b.most - a.most)[0]
    const perSecond = ours.asked.length / ((ours.ended - ours.began) / 1000)
    return [
      `${i + 1}`,
      `${ours.asked.length}`,
      perSecond.toFixed(1),
      `${busiest?.most} (${busiest?.host})`,
      `${baseline?.asked ?? ''}`,
    ]
  })
  console.log('\nRequests of the grader over HTTP:')
  console.log(
    table(['run', 'all', 'each second', 'busiest second of one agent', 'baseline ran'], rows),
  )
}

function mostInASecond(asked: { at: number }[]): number {
  let most = 0
  for (let first = 0, last = 0; last < asked.length; last++) {
    while ((asked[last]?.at ?? 0) - (asked[first]?.at ?? 0) >= 1000) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}

const out = resolve(values.again ?? values.out)
mkdirSync(out, { recursive: true })
for (const clients of values.clients.split(',')) {
  if (values.again === undefined) await measure(Number(clients), Number(values.pairs), out)
  const pairs = readPairs(out, clients)
  if (pairs.length === 0) continue
  console.log(`\n## ${clients} clients\n`)
  tellWall(pairs)
  tellGaps(pairs)
  tellLag(pairs)
  tellForetold(pairs)
  tellRequests(pairs)
}
