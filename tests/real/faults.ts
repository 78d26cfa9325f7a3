/**
 * node tests/real/faults.ts --bin DIR --images A.tar,B.tar [--only WORDS]… [--out DIR]
 *
 * Breaks real clusters by name while they are graded: for each fault of fault-table.ts a local
 * cluster of three clients is made (Linux, root), the sheet's own files or a wrong submission are
 * graded, and somebody puts the fault in when the run says that it has come to its place. The
 * verdicts must be those stated. Exit 1 where one is not.
 */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { resultSchema } from '../../helpers/grade/result.ts'
import { openCluster } from '../bench/cluster.ts'
import { signsOf, slugOf } from '../gallery/entry.ts'
import { handIn } from '../gallery/grade-entry.ts'
import { tempFolder, verdictsOf } from '../harness.ts'
import type { RealFault } from './fault.ts'
import { realFaults } from './fault-table.ts'
import { handsOn } from './hands.ts'

const { values } = parseArgs({
  options: {
    bin: { type: 'string', default: '' },
    images: { type: 'string', default: '' },
    only: { type: 'string', multiple: true, default: [] },
    out: { type: 'string', default: 'reports/real' },
  },
})
const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))
const out = resolve(values.out)
mkdirSync(out, { recursive: true })

/** Grades while the fault is put in; what is wrong with it, '' when nothing is, and what was said. */
async function run(fault: RealFault): Promise<{ trouble: string; said: string }> {
  using folder = tempFolder()
  const cluster = await openCluster({
    bin: resolve(values.bin),
    clients: fault.clients ?? 3,
    images: values.images.split(',').map((path) => resolve(path)),
    heartbeats: 'lowered',
  })
  try {
    const submission = join(folder.path, 'student')
    await handIn(fault.entry ?? { name: 'the sheet', verdicts: '' }, submission)
    let text = ''
    let ended = false
    const hands = handsOn(cluster, { text: () => text, ended: () => ended })
    await fault.before?.(hands, submission)
    const args = ['--cluster', cluster.file, '--submission', submission, '--json']
    args.push('--items', fault.items, '--max-wait', `${fault.maxWait ?? 3}`)
    const grading = execa(process.execPath, [program, ...args], {
      cwd: folder.path,
      env: cluster.env,
      reject: false,
      timeout: 900_000,
    })
    grading.stderr?.on('data', (chunk) => {
      text += chunk
    })
    const [ran, broken] = await Promise.all([
      grading.finally(() => {
        ended = true
      }),
      (fault.act?.(hands) ?? Promise.resolve()).then(
        () => '',
        (error) => `the fault could not be put in: ${error.message}`,
      ),
    ])
    const left = await fault.after?.(hands).catch((error) => error.message)
    if (ran.stdout === '') return { trouble: `no result: ${ran.stderr.slice(-600)}`, said: '' }
    const result = resultSchema.parse(JSON.parse(ran.stdout))
    const evidence = join(folder.path, 'reports', 'student', 'latest', 'evidence.ndjson')
    copyFileSync(evidence, join(out, `fault-${slugOf(fault.name)}-${Date.now()}.ndjson`))
    const seen = signsOf(verdictsOf(result))
    const lost = result.items.filter(({ verdict }) => verdict !== 'passed')
    const said = `${seen} ${lost.map((i) => `${i.id}: ${i.sentence}`).join(' | ')}`
    return { trouble: broken || left || difference(fault, seen, said), said }
  } finally {
    await cluster.close()
  }
}

/** What is not as stated; '' when all is. */
function difference({ verdicts, mayPass, says }: RealFault, seen: string, said: string): string {
  const fits = [...seen].every(
    (sign, i) => sign === verdicts[i] || (mayPass && sign === '.' && verdicts[i] === '?'),
  )
  if (!fits) return `wanted ${verdicts}`
  return seen.includes('?') && says && !says.test(said) ? `wanted ${says}` : ''
}

let bad = 0
const chosen = realFaults.filter(
  ({ name }) => values.only.length === 0 || values.only.some((words) => name.includes(words)),
)
for (const fault of chosen) {
  const began = performance.now()
  const { trouble, said } = await run(fault).catch((error) => ({ trouble: `${error}`, said: '' }))
  if (trouble !== '') bad++
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(`${trouble ? 'BAD' : 'ok '} ${fault.name} · ${said} · ${seconds} s ${trouble}`)
}
console.log(`${chosen.length - bad} as wanted, ${bad} otherwise; evidence: ${out}`)
process.exitCode = bad === 0 && chosen.length > 0 ? 0 : 1
