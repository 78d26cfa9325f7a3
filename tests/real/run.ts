/**
 * node tests/real/run.ts [--bin DIR]… [--clients 3,4] [--stop orderly,cut] [--times N] [--wrong]
 *                        [--images A.tar,B.tar] [--heartbeats usual] [--out DIR]
 *
 * Grades on real Nomad, Consul and Docker, in local clusters made for each run (Linux, root). Each
 * DIR holds a nomad and a consul of one pair of versions; without one they come from PATH. The
 * sheet's submission must get 10 of 10 each time; with --wrong, ten recorded mistakes must lose
 * exactly what they lose on the lab. Evidence is kept in --out, and judged once more. Exit 1
 * where anything differs.
 */
import { copyFileSync, mkdirSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { conclude } from '../../helpers/grade/conclude.ts'
import { resultSchema } from '../../helpers/grade/result.ts'
import { readEvidence } from '../../helpers/recorder.ts'
import { rubric } from '../../suites/rubric.ts'
import { mistake, reference, tempFolder, verdictsOf, withStage } from '../harness.ts'
import { files, lostWith, mistakes } from '../mistakes.ts'

const { values } = parseArgs({
  options: {
    bin: { type: 'string', multiple: true, default: [''] },
    clients: { type: 'string', default: '3,4' },
    stop: { type: 'string', default: 'orderly,cut' },
    times: { type: 'string', default: '1' },
    wrong: { type: 'boolean', default: false },
    images: { type: 'string' },
    heartbeats: { type: 'string', default: 'lowered' },
    out: { type: 'string', default: 'reports/real' },
  },
})
const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))
const out = resolve(values.out)
mkdirSync(out, { recursive: true })

interface Way {
  bin: string
  clients: string
  stop: string
}

/** Grades once; the sentence is '' when the verdicts are those wanted, and judged again the same. */
async function gradeOnce(
  way: Way,
  label: string,
  submission: string,
  wanted: Record<string, string>,
  items?: string,
): Promise<{ trouble: string; row: string }> {
  using folder = tempFolder()
  const images = values.images?.split(',').map((path) => resolve(path))
  const args = ['--cluster', 'local', '--clients', way.clients, '--stop', way.stop, '--json']
  args.push('--submission', submission, '--heartbeats', values.heartbeats)
  if (images) args.push('--images', images.join(','))
  if (items) args.push('--items', items)
  const path = way.bin === '' ? process.env.PATH : resolve(way.bin) + delimiter + process.env.PATH
  const began = performance.now()
  const ran = await execa(process.execPath, [program, ...args], {
    cwd: folder.path,
    env: { PATH: path },
    reject: false,
  })
  const seconds = Math.round((performance.now() - began) / 1000)
  if (ran.stdout === '') return { trouble: ran.stderr.slice(-1500), row: `no result, ${seconds} s` }
  const result = resultSchema.parse(JSON.parse(ran.stdout))
  const { nomad, consul } = result.cluster
  const name = `nomad-${nomad}-consul-${consul}-${way.clients}-clients-${way.stop}`
  const student = submission.split('/').at(-1) ?? ''
  const evidence = join(folder.path, 'reports', student, 'latest', 'evidence.ndjson')
  const kept = join(out, `${name}-${label}-${Date.now()}.ndjson`)
  copyFileSync(evidence, kept)
  const again = conclude(readEvidence(kept), rubric, { file: 'evidence.ndjson', sha256: '' })
  const seen = JSON.stringify(verdictsOf(result))
  const row = `${name}: ${result.score.points} of ${result.score.max}, ${seconds} s`
  if (JSON.stringify(verdictsOf(again)) !== seen)
    return { row, trouble: `judged again: ${JSON.stringify(verdictsOf(again))}` }
  const differs = seen !== JSON.stringify(wanted)
  const said = result.items.filter((i) => i.verdict !== 'passed').map((i) => i.sentence)
  return { row, trouble: differs ? `wanted ${JSON.stringify(wanted)}: ${said.join(' | ')}` : '' }
}

const rows: { row: string; trouble: string }[] = []
const tell = (what: string, { row, trouble }: { row: string; trouble: string }) => {
  rows.push({ row, trouble })
  console.log(`${trouble === '' ? 'ok ' : 'BAD'} ${what} · ${row}${trouble && ` · ${trouble}`}`)
}

const ways = values.bin.flatMap((bin) =>
  values.clients
    .split(',')
    .flatMap((clients) => values.stop.split(',').map((stop): Way => ({ bin, clients, stop }))),
)
/** The ten that stand first in the table. */
const ten = mistakes
  .filter(([name, stage]) => (name === 'count-2') === (stage === '01.3'))
  .slice(0, 10)

for (const way of ways) {
  if (!values.wrong) {
    for (let time = 1; time <= Number(values.times); time++)
      tell('the sheet', await gradeOnce(way, 'sheet', reference, {}))
    continue
  }
  for (const [name, stage] of ten) {
    using folder = tempFolder()
    const submission = withStage(folder.path, files[stage], mistake(name))
    const lost = lostWith[stage]
    tell(
      `${name} as ${stage}`,
      await gradeOnce(way, name, submission, lost, Object.keys(lost).join()),
    )
  }
}
const bad = rows.filter(({ trouble }) => trouble !== '').length
console.log(`${rows.length - bad} as wanted, ${bad} otherwise; evidence: ${out}`)
process.exitCode = bad === 0 && rows.length > 0 ? 0 : 1
