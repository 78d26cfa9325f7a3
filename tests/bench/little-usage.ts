/**
 * Loaded into the grader's own process (`node --import`) by little.ts: writes what it has cost, at
 * its end and when the first item began, to the file that BENCH_USAGE names.
 */
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { type Message, openChannel } from '../../bin/channel.ts'

/** Milliseconds of CPU, all threads; MB at most. */
export interface Usage {
  cpuMs: number
  firstItemCpuMs: number
  memoryMb: number
}

const file = process.env.BENCH_USAGE ?? ''
if (isMainThread && file !== '') {
  let firstItemCpuMs = Number.NaN
  openChannel<Message>('screen').onmessage = ({ data }) => {
    if (data.kind === 'waiting' && Number.isNaN(firstItemCpuMs)) firstItemCpuMs = cpuMs()
  }
  process.on('exit', () => {
    const memoryMb = process.resourceUsage().maxRSS / 1024
    const usage: Usage = { cpuMs: cpuMs(), firstItemCpuMs, memoryMb }
    writeFileSync(file, JSON.stringify(usage))
  })
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
