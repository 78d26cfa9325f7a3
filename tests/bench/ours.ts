import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { readEvidence } from '../../helpers/evidence-file.ts'
import type { Evidence } from '../../helpers/grade/evidence.ts'
import { resultSchema } from '../../helpers/grade/result.ts'
import { reference, tempFolder } from '../harness.ts'
import type { BenchCluster } from './cluster.ts'
import type { Seen, Tally } from './observer.ts'

/** One run of the grader, and what the observer saw of the cluster meanwhile. */
export interface OurRun {
  /** Wall ms since the epoch: when the program was started and when it had ended. */
  began: number
  ended: number
  points: number
  evidence: Evidence[]
  seen: Seen[]
  tally: Tally
  /** Each request of the grader to an agent. */
  asked: { at: number; host: string }[]
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const program = here('../../bin/grade.js')

/** Grades the sheet's own files as a teacher would; what there is to look at is kept as `kept`-…. */
export async function runOurs(cluster: BenchCluster, kept: string): Promise<OurRun> {
  using folder = tempFolder()
  mkdirSync(join(kept, '..'), { recursive: true })
  const seenFile = `${kept}-observer.ndjson`
  const askedFile = `${kept}-requests.ndjson`
  const observer = cluster.inside([process.execPath, here('observer.ts'), cluster.server, seenFile])
  await until(() => existsSync(seenFile) && readFileSync(seenFile, 'utf8').includes('member box-1'))
  const args = ['--cluster', cluster.file, '--submission', reference, '--json']
  const began = Date.now()
  const ran = await execa(process.execPath, [program, ...args], {
    cwd: folder.path,
    env: {
      ...cluster.env,
      BENCH_REQUESTS: askedFile,
      NODE_OPTIONS: `--import ${here('count-requests.ts')}`,
    },
    reject: false,
  })
  const ended = Date.now()
  observer.stdin?.end()
  await once(observer, 'close')
  if (ran.stdout === '') throw new Error(`the grader gave no result: ${ran.stderr.slice(-1500)}`)
  const evidence = `${kept}-evidence.ndjson`
  copyFileSync(join(folder.path, 'reports', 'reference', 'latest', 'evidence.ndjson'), evidence)
  const { points } = resultSchema.parse(JSON.parse(ran.stdout)).score
  writeFileSync(`${kept}-run.json`, JSON.stringify({ began, ended, points }))
  return readOurs(kept)
}

/** A run that was kept. */
export function readOurs(kept: string): OurRun {
  const lines = (what: string) =>
    readFileSync(`${kept}-${what}.ndjson`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  const seen = lines('observer')
  return {
    ...JSON.parse(readFileSync(`${kept}-run.json`, 'utf8')),
    evidence: readEvidence(`${kept}-evidence.ndjson`),
    seen: seen.slice(0, -1) as Seen[],
    tally: seen.at(-1) as Tally,
    asked: lines('requests') as OurRun['asked'],
  }
}

async function until(look: () => boolean): Promise<void> {
  for (let looks = 0; looks < 100; looks++) {
    if (look()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the observer sees nothing')
}
