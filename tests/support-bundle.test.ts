import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { ClusterFileInput } from '../helpers/cluster/file.ts'
import { evidenceIn } from '../helpers/evidence-file.ts'
import { conclude } from '../helpers/grade/conclude.ts'
import type { Evidence } from '../helpers/grade/evidence.ts'
import { renderJson } from '../helpers/report/json.ts'
import { rubric } from '../suites/rubric.ts'
import { tempFolder } from './harness.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const grade = here('../bin/grade.js')

/** What must not get in, whatever field it stands in, alone or behind what belongs there. */
const secrets = ['hunter2', 'Anna Puig', '10.66.77.88', '/home/anna/.ssh/id', 'AKIAHUNTER2']
const seenIn = (text: string) => secrets.filter((secret) => text.includes(secret))

/** What the schemas allow a few words for: a file that says another is not read at all. */
const fixed = new Set([
  ...['kind', 'how', 'ended', 'verdict', 'item', 'schema', 'stop', 'via', 'status', 'criterion'],
  ...['startedAt', 'finishedAt', 'sha256'],
])
const isFixed = (key: string, value: unknown) =>
  fixed.has(key) || ['nginx', 'httpd'].includes(`${value}`) || key === 'criteria'

let turn = 0
/** The document with a secret in the place of each text, or behind it. */
function plantIn<T>(at: T): T {
  if (Array.isArray(at)) return at.map(plantIn) as T
  if (typeof at === 'string') {
    const secret = secrets[turn % secrets.length] ?? ''
    return (turn++ % 2 ? secret : `${at} ${secret}`) as T
  }
  if (typeof at !== 'object' || at === null) return at
  const planted = Object.entries(at).map(([key, value]) => [
    key,
    isFixed(key, value) ? value : plantIn(value),
  ])
  return Object.fromEntries(planted)
}

const unanswered = {
  text: '{at} does not answer: {seen}',
  values: { at: 'http://10.66.77.88/?token=hunter2', seen: 'no route to Anna Puig' },
}
const own = `x is not a function (at f (${here('../helpers/http.ts')}:12:3))`
/** As they are: their own sentences and codes are what a maintainer needs. */
const troubles: Evidence[] = [
  { at: 1, kind: 'note', text: unanswered },
  { at: 1, kind: 'unfit', code: 'NO_CLUSTER', sentence: unanswered, cure: '' },
  {
    ...{ at: 1, item: '01.1', attempt: 1, kind: 'fault', code: 'threw', sentence: own, cure: '' },
    own: true,
  },
]

const cluster: ClusterFileInput = {
  server: '10.66.77.88',
  clients: ['Anna Puig', 'hunter2', 'box-8'],
  exclude: ['hunter2'],
  images: ['/home/anna/.ssh/id'],
  ssh: {
    ...{ user: 'hunter2', key: '/home/anna/.ssh/id', password: 'hunter2', passphrase: 'hunter2' },
    jump: 'hunter2@10.66.77.88,hunter2@10.66.77.88',
    hosts: { hunter2: { host: '10.66.77.88', fingerprint: 'AKIAHUNTER2' } },
  },
  power: { driver: 'command', start: 'wake hunter2 10.66.77.88', names: { 'box-8': 'Anna Puig' } },
  nomad: { address: 'https://10.66.77.88:4646', token: 'hunter2', tls: { serverName: 'hunter2' } },
  consul: { token: 'AKIAHUNTER2' },
}

test('no secret gets into a support bundle, wherever it stood: run, cluster, environment', async () => {
  using folder = tempFolder()
  const run = join(folder.path, 'Anna Puig', 'hunter2')
  mkdirSync(run, { recursive: true })
  const [name] = readdirSync(here('evidence')).filter((one) => one.includes('no-service'))
  const recorded = gunzipSync(readFileSync(here(`evidence/${name}`))).toString('utf8')
  const plain = evidenceIn(recorded, '')
  const evidence = [...plain.map(plantIn), ...troubles]
  const lines = evidence.map((one) => JSON.stringify(one)).join('\n')
  writeFileSync(join(run, 'evidence.ndjson'), lines)
  const sha256 = createHash('sha256').update(lines).digest('hex')
  const result = plantIn(conclude(plain, rubric, { file: '', sha256 }))
  writeFileSync(join(run, 'result.json'), renderJson(result))
  writeFileSync(join(folder.path, 'cluster.yaml'), stringify(cluster))

  const bundle = await execa(process.execPath, [grade, 'support-bundle', 'Anna Puig/hunter2'], {
    cwd: folder.path,
    env: { LC_ALL: 'hunter2', npm_config_user_agent: 'npm/10.66.77.88 hunter2' },
  })
  const written = readFileSync(join(folder.path, 'grade-support.json'), 'utf8')
  for (const file of [lines, JSON.stringify(result), stringify(cluster)])
    expect(seenIn(file).sort()).toEqual([...secrets].sort())
  expect(seenIn(written)).toEqual([])
  expect(seenIn(bundle.stdout)).toEqual([])

  // What a maintainer needs is there.
  expect(bundle.stdout).toContain(written.trim())
  const { installation, cluster: kinds, run: facts } = JSON.parse(written)
  expect(installation).toMatchObject({ locale: 'other', npm: '' })
  expect(kinds).toMatchObject({ clients: 3, driver: 'command', ssh: { password: true, jumps: 2 } })
  expect(facts.result.items.map(({ verdict }: { verdict: string }) => verdict)).toContain('failed')
  expect(facts.unfit).toEqual([{ code: 'NO_CLUSTER', sentences: [unanswered.text] }])
  expect(facts.faults.at(-1)).toMatchObject({ code: 'threw', at: ['helpers/http.ts:12'] })
})

test('a folder that is no run is named as such in the bundle, and the person is told', async () => {
  using folder = tempFolder()
  mkdirSync(join(folder.path, 'empty'))
  const args = ['support-bundle', 'empty', '--out', 'b.json']
  const { exitCode, stderr } = await execa(process.execPath, [grade, ...args], {
    cwd: folder.path,
  })
  expect(exitCode).toBe(0)
  expect(stderr).toContain('empty is no folder of a run')
  const { run } = JSON.parse(readFileSync(join(folder.path, 'b.json'), 'utf8'))
  expect(run).toEqual({ trouble: 'NO_RUN' })
})
