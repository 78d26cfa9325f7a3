/**
 * Loaded into the grader's own process (`node --import`) by little.ts: writes what it has cost, at
 * its end and when the first item began, to the file that BENCH_USAGE names.
 */
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/** Milliseconds of CPU, all threads; MB at most. */
export interface Usage {
  cpuMs: number
  firstItemCpuMs: number
  memoryMb: number
}

const file = process.env.BENCH_USAGE ?? ''
if (isMainThread && file !== '') {
  let firstItemCpuMs = Number.NaN
  const { stdout } = process
  const write = stdout.write.bind(stdout)
  // The screen says what the first item waits for as it begins.
  stdout.write = ((text: string) => {
    if (Number.isNaN(firstItemCpuMs) && /^\d\d\.\d {2}… /.test(text)) firstItemCpuMs = cpuMs()
    return write(text)
  }) as typeof stdout.write
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
