/**
 * node tests/real/run.ts [--bin DIR]… [--clients 3,4] [--stop orderly,cut] [--times N]
 *                        [--wrong | --hardest | --cheats | --entry NAME…]
 *                        [--images A.tar,B.tar] [--heartbeats usual] [--out DIR]
 *
 * Grades on real Nomad, Consul and Docker, in local clusters made for each run (Linux, root). Each
 * DIR holds a nomad and a consul of one pair of versions; without one they come from PATH. The
 * sheet's submission must get 10 of 10 each time; with --wrong, ten recorded mistakes must lose
 * exactly what they lose on the lab; with --hardest and --cheats (three clients), the submissions of hardest.ts,
 * and with --entry, one of the gallery or of hardest.ts ('02.1 canary at a static port'), must get the
 * verdicts of its table. Evidence is kept in --out, and judged once more. Exit 1 where anything differs.
 */
import { copyFileSync, mkdirSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { readEvidence } from '../../helpers/evidence-file.ts'
import { conclude } from '../../helpers/grade/conclude.ts'
import { type Result, resultSchema } from '../../helpers/grade/result.ts'
import { rubric } from '../../suites/rubric.ts'
import { allPassed, type Entry, pattern, signsOf, slugOf, titleOf } from '../gallery/entry.ts'
import { handIn, reached } from '../gallery/grade-entry.ts'
import { gallery } from '../gallery/tables.ts'
import { mistake, reference, tempFolder, verdictsOf, withStage } from '../harness.ts'
import { files, lostWith, mistakes } from '../mistakes.ts'
import { cheats, hardest, onlyReal } from './hardest.ts'

const { values } = parseArgs({
  options: {
    bin: { type: 'string', multiple: true, default: [''] },
    clients: { type: 'string', default: '3,4' },
    stop: { type: 'string', default: 'orderly,cut' },
    times: { type: 'string', default: '1' },
    wrong: { type: 'boolean', default: false },
    hardest: { type: 'boolean', default: false },
    cheats: { type: 'boolean', default: false },
    entry: { type: 'string', multiple: true, default: [] },
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

const pathOf = ({ bin }: Way) =>
  bin === '' ? process.env.PATH : resolve(bin) + delimiter + process.env.PATH

/** Whether that Nomad is one of this major version. */
async function isVersion(way: Way, version: string): Promise<boolean> {
  const { stdout } = await execa('nomad', ['version'], { env: { PATH: pathOf(way) } })
  return stdout.startsWith(`Nomad v${version.split('.')[0]}.`)
}

/** The verdicts, and the first line of the first lost item's feedback; '' is any. */
type Wanted = Pick<Entry, 'verdicts' | 'says'>

/** Grades once; the sentence is '' when the verdicts are those wanted, and judged again the same. */
async function gradeOnce(
  way: Way,
  label: string,
  submission: string,
  wanted: Wanted,
  more: string[] = [],
): Promise<{ trouble: string; row: string }> {
  using folder = tempFolder()
  const images = values.images?.split(',').map((path) => resolve(path))
  const args = ['--cluster', 'local', '--clients', way.clients, '--stop', way.stop, '--json']
  args.push('--submission', submission, '--heartbeats', values.heartbeats)
  if (images) args.push('--images', images.join(','))
  args.push(...more)
  const began = performance.now()
  const ran = await execa(process.execPath, [program, ...args], {
    cwd: folder.path,
    env: { PATH: pathOf(way) },
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
  const seen = signsOf(verdictsOf(result))
  const row = `${name}: ${result.score.points} of ${result.score.max}, ${seconds} s`
  const judgedAgain = signsOf(verdictsOf(again))
  if (judgedAgain !== seen) return { row, trouble: `judged again: ${judgedAgain}` }
  const differs = difference(result, seen, wanted)
  const said = result.items.filter((i) => i.verdict !== 'passed').map((i) => i.sentence)
  if (differs) return { row, trouble: `${differs}: ${said.join(' | ')}` }
  return { row: said[0] ? `${row} · ${said[0]}` : row, trouble: '' }
}

/** What is not as wanted; '' when all is. */
function difference(result: Result, seen: string, { verdicts, says }: Wanted): string {
  if (seen !== verdicts) return `wanted ${verdicts}, seen ${seen}`
  const first = result.items.find((i) => i.verdict !== 'passed')?.sentence ?? ''
  return says && !pattern(says).test(first) ? `wanted "${says}"` : ''
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

const known = new Map([...gallery, ...onlyReal, ...cheats].map((entry) => [titleOf(entry), entry]))
const named = [
  ...(values.hardest ? [...hardest, ...onlyReal.map(titleOf)] : []),
  ...(values.cheats ? cheats.map(titleOf) : []),
  ...values.entry,
]

/** Grades a submission of the gallery: what its change can reach, as on the lab. */
async function gradeNamed(way: Way, name: string): Promise<void> {
  const entry = known.get(name)
  if (!entry) throw new Error(`no submission called ${name} in the gallery`)
  // Some are about one version of Nomad only.
  const { nomad } = entry.lab?.versions ?? {}
  if (nomad && !(await isVersion(way, nomad))) return
  using folder = tempFolder()
  await handIn(entry, folder.path)
  const { asked } = await reached(entry, folder.path)
  const more = ['--items', asked.join()]
  if (entry.maxWaitMs) more.push('--max-wait', `${Math.ceil(entry.maxWaitMs / 60_000)}`)
  tell(name, await gradeOnce(way, slugOf(name), folder.path, entry, more))
}

async function gradeWrong(way: Way, [name, stage, , says]: (typeof ten)[number]): Promise<void> {
  using folder = tempFolder()
  const submission = withStage(folder.path, files[stage], mistake(name))
  const lost = lostWith[stage]
  const more = ['--items', Object.keys(lost).join()]
  const wanted = { verdicts: signsOf(lost), says }
  tell(`${name} as ${stage}`, await gradeOnce(way, name, submission, wanted, more))
}

for (const way of ways) {
  for (const name of named) await gradeNamed(way, name)
  if (values.wrong) for (const one of ten) await gradeWrong(way, one)
  if (values.wrong || named.length > 0) continue
  for (let time = 1; time <= Number(values.times); time++)
    tell('the sheet', await gradeOnce(way, 'sheet', reference, { verdicts: allPassed }))
}
const bad = rows.filter(({ trouble }) => trouble !== '').length
console.log(`${rows.length - bad} as wanted, ${bad} otherwise; evidence: ${out}`)
process.exitCode = bad === 0 && rows.length > 0 ? 0 : 1
