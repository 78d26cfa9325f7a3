/**
 * node tests/action/run.ts [WORKFLOW…] [--submission DIR] [--archives A.tar,B.tar] [--cluster lab]
 *                          [--nomad 2.0.5] [--consul 1.21.4]
 *
 * Runs workflows of examples/workflows step by step, as a GitHub runner would, from an empty folder and
 * with the environment that GitHub sets: by default on the local cluster (Linux, root, nomad and consul of
 * those versions on PATH, since nothing is downloaded then). Prints each step and its seconds.
 * Actions of others have stand-ins (jobs.ts), `gh` too. Exit 1 where a job failed.
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { reference, tempFolder } from '../harness.ts'
import { runWorkflow } from './jobs.ts'
import { fakeGh, reporter } from './stand-ins.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    submission: { type: 'string', default: reference },
    archives: { type: 'string', default: '' },
    cluster: { type: 'string', default: 'local' },
    nomad: { type: 'string', default: '2.0.5' },
    consul: { type: 'string', default: '1.21.4' },
  },
})
const names = positionals.length > 0 ? positionals : ['organisation', 'reporter', 'classroom50']
const archives = values.archives.split(',').filter(Boolean)
let bad = 0
for (const name of names) {
  using folder = tempFolder()
  const bin = join(folder.path, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'gh'), fakeGh)
  chmodSync(join(bin, 'gh'), 0o755)
  const began = performance.now()
  const run = await runWorkflow(`${name}.yml`, {
    submission: resolve(values.submission),
    folder: folder.path,
    given: {
      cluster: values.cluster,
      archives: archives.map((path) => resolve(path)).join(),
      'nomad-version': values.nomad,
      'consul-version': values.consul,
      ...(values.cluster === 'lab' && { 'simulated-counts': 'true' }),
    },
    inputs: { classroom: 'nomad', assignment: 'consul' },
    repository: 'school/nomad-consul-nuria',
    env: { PATH: `${bin}${delimiter}${process.env.PATH}`, GH_LOG: join(folder.path, 'gh.log') },
    foreign: { 'classroom-resources/autograding-grading-reporter': reporter(console.log) },
  })
  for (const [id, { result, ran }] of Object.entries(run.jobs)) {
    console.log(`${name}.yml · ${id} · ${result}`)
    for (const step of ran) {
      console.log(`  ${step.seconds.toFixed(1).padStart(6)} s  ${step.outcome}  ${step.name}`)
      if (step.outcome === 'failure') console.log(step.log)
      if (/^(Grade|Install Nomad and Consul|Restore)$/.test(step.name)) console.log(step.log)
    }
    if (result !== 'success') bad++
  }
  if (name === 'classroom50') console.log(readFileSync(join(folder.path, 'gh.log'), 'utf8'))
  console.log(`${name}.yml: ${Math.round((performance.now() - began) / 1000)} s`)
}
process.exitCode = bad === 0 ? 0 : 1
