import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reference, tempFolder } from '../harness.ts'
import type { BenchCluster } from './cluster.ts'

export interface BaselineRun {
  ms: number
  /** Its last line: `score 10/10 in 172 s`. */
  said: string
  /** How often it ran curl, dig or nomad: each asks once, nomad once or twice. */
  asked: number
}

const script = fileURLToPath(new URL('baseline.sh', import.meta.url))

/** What a teacher would write in an afternoon, on the sheet's own files. */
export async function runBaseline(cluster: BenchCluster): Promise<BaselineRun> {
  using folder = tempFolder()
  const tally = join(folder.path, 'tally')
  for (const name of ['curl', 'dig', 'nomad']) {
    const path = join(folder.path, name)
    const without = `PATH=\${PATH#${folder.path}:}`
    writeFileSync(path, `#!/bin/sh\necho >>${tally}\n${without} exec ${name} "$@"\n`)
    chmodSync(path, 0o755)
  }
  const began = performance.now()
  const child = cluster.inside(['bash', script, reference], {
    PATH: folder.path + delimiter + cluster.env.PATH,
    CONSUL: `${cluster.server}:8500`,
    NOMAD_ADDR: `http://${cluster.server}:4646`,
    DNS: cluster.server,
    STOP: cluster.switches.stop,
    START: cluster.switches.start,
  })
  child.stdin?.end()
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += chunk
  })
  await once(child, 'close')
  const lines = said.trim().split('\n')
  const failed = lines.filter((line) => line.includes('FAIL'))
  const ms = performance.now() - began
  const asked = readFileSync(tally, 'utf8').length
  return { ms, asked, said: [...failed, lines.at(-1) ?? ''].join(' · ') }
}
