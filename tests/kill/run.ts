/**
 * npx node tests/kill/run.ts (--cluster FILE | --lab [--stop cut]) --times N --seed S
 *
 * Kills gradings with SIGKILL, process group and all, at moments drawn over the states of the outage
 * journal, and waits each time until everything is back without any command typed: every VM up,
 * ready in Nomad and alive in Consul, no job of ours, no journal open. Exit 1 where that fails.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { killOnce } from './kill.ts'
import { startLabProcess } from './lab.ts'
import { drawMoments } from './moments.ts'
import { openTarget } from './target.ts'

const { values } = parseArgs({
  options: {
    cluster: { type: 'string' },
    lab: { type: 'boolean', default: false },
    stop: { type: 'string', default: 'orderly' },
    times: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
})
if (values.lab === (values.cluster !== undefined)) {
  console.error('Say --cluster FILE or --lab.')
  process.exit(64)
}
const seed = Number(values.seed)
const folder = mkdtempSync(join(tmpdir(), 'grade-kill-'))
const stop = values.stop === 'cut' ? 'cut' : 'orderly'
const lab = values.lab ? await startLabProcess(folder, { seed, stop }) : undefined
const clusterFile = lab?.clusterFile ?? resolve(values.cluster ?? '')
const target = await openTarget(folder, clusterFile)

const count = { killed: 0, restored: 0 }
let missed = 0
for (const moment of drawMoments(Number(values.times), seed)) {
  const again = moment.againMs === undefined ? '' : ` and a next run`
  const delay = (moment.delayMs / 1000).toFixed(1)
  const drawn = `${moment.kind.padEnd(6)} ${moment.item} +${delay} s${again}`
  const { killed, trouble, open, backMs } = await killOnce(target, moment)
  if (!killed) {
    missed++
    console.log(`     ${drawn}: the run ended before that.\n${trouble}`)
    continue
  }
  count.killed++
  if (trouble === '') count.restored++
  const back = `${(backMs / 1000).toFixed(1)} s`
  const outcome = trouble === '' ? `back after ${back}` : `NOT BACK: ${trouble}`
  console.log(`${String(count.killed).padStart(4)} ${drawn.padEnd(36)} [${open}] ${outcome}`)
}
await lab?.end()
console.log(
  `${count.killed} killed, ${count.restored} restored${missed ? `; ${missed} ended before their moment` : ''}`,
)
const well = count.killed > 0 && count.killed === count.restored && missed === 0
if (well) rmSync(folder, { recursive: true, force: true })
else console.log(`Journals and reports: ${folder}`)
process.exitCode = well ? 0 : 1
