import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  grade,
  lastState,
  mistake,
  notPassed,
  reference,
  tempFolder,
  verdictsOf,
  withStage,
} from './harness.ts'

const files = {
  '01.1': '01.1-nginx.nomad',
  '01.3': '01.3-nginx.nomad',
  '02.1': '02.1-nginx.nomad',
  '03.1': '03.1-apache.nomad',
}
type StageId = keyof typeof files

/** What a refuted stage takes with it (rubric, Builds on). */
const lostWith: Record<StageId, Record<string, string>> = {
  '01.1': { '01.1': 'failed', '01.2': 'blocked' },
  '01.3': { '01.3': 'failed' },
  '02.1': { '02.1': 'failed', '02.2': 'blocked', '02.3': 'blocked' },
  '03.1': { '03.1': 'failed', '03.2': 'blocked', '03.3': 'blocked', '03.4': 'blocked' },
}

/**
 * The reference with one stage replaced by a job file that a real cluster was asked about: the
 * criterion that refutes it, what its sentence must say, and the line of the file it must name.
 */
const table: [name: string, stage: StageId, criterion: string, says: RegExp, line?: number][] = [
  ['no-service', '01.1', 'replicas', /registers no service/, 13],
  ['service-other-name', '01.1', 'replicas', /the service web, not nginx/, 24],
  ['docker-ports-missing', '01.1', 'answers', /ports = \["http"\] is missing/, 16],
  ['network-to-8080', '01.1', 'answers', /leads to port 8080 of the container/, 9],
  ['count-2', '01.3', 'replicas', /asks for 2 replica\(s\) where 3/, 5],
  ['count-2', '01.1', 'replicas', /asks for 2 replica\(s\) where 1/, 5],
  ['datacenter-dc2', '01.1', 'replicas', /datacenter .*dc2/, 2],
  ['memory-too-large', '01.1', 'allowed', /64000 MB of memory/, 31],
  ['constraint-unknown-node', '01.1', 'replicas', /constraint .*box-9/, 3],
  ['provider-nomad', '01.1', 'replicas', /registered in Nomad, not in Consul/, 26],
  ['syntax-error', '01.1', 'parses', /does not parse/, 7],
  ['image-httpd', '03.1', 'replicas', /the service nginx, not apache/, 24],
  ['address-mode-driver', '01.1', 'consul', /registers .* not where the replica is/, 23],
  ['check-failing', '01.1', 'consul', /check .* is critical/, 27],
  ['count-0', '01.1', 'replicas', /asks for 0 replica/, 5],
  ['count-in-config', '01.1', 'replicas', /no argument .*named "count"/i, 16],
  ['count-in-task', '01.1', 'parses', /"count" is not expected here/, 15],
  ['datacenters-missing', '01.1', 'registers', /Missing job datacenters/, 1],
  ['docker-port-label-unknown', '01.1', 'replicas', /Port "web" not found/, 18],
  ['group-service-port-label-unknown', '01.1', 'replicas', /port label not found/, 8],
  ['service-port-label-unknown', '01.1', 'registers', /port label "web"/, 25],
  ['service-without-name', '01.1', 'replicas', /the service nginx-nginx-nginx, not nginx/, 23],
  ['service-without-port', '01.1', 'consul', /has no port/, 23],
  ['network-without-to', '01.1', 'answers', /has no to = 80/, 8],
  ['nothing-listens', '01.1', 'answers', /runs a command of its own/, 20],
  ['image-httpd', '01.1', 'image', /image is httpd, not nginx/, 17],
  ['image-typo', '01.1', 'image', /image is ngnix, not nginx/, 17],
  ['host-mount', '01.1', 'allowed', /mounts "\/:\/host" from outside/, 20],
  ['privileged', '01.1', 'allowed', /privileged/, 20],
  ['raw-exec', '01.1', 'allowed', /driver "raw_exec"/, 14],
  ['canary', '02.1', 'port', /not 80/, 11],
  ['empty', '01.1', 'parses', /Job spec is empty/],
]

for (const [name, stage, criterion, says, line] of table) {
  const lost = lostWith[stage]
  test(`${name} as ${stage} loses ${Object.keys(lost).join(', ')} and nothing else`, async () => {
    using folder = tempFolder()
    const result = await grade(withStage(folder.path, files[stage], mistake(name)))
    expect(verdictsOf(result)).toEqual(lost)
    const item = result.items.find((i) => i.id === stage)
    expect(item?.sentence).toMatch(says)
    expect(item?.criteria.find((c) => c.met === false)?.id).toBe(criterion)
    expect(item?.line).toBe(line)
    if (line) expect(item?.sentence).toContain(`(${files[stage]}, line ${line})`)
    expect(item?.hint).not.toBe('')
    expect(result.exitCode).toBe(1)
  })
}

/** What only looks like a mistake: 10 of 10. */
const right: [name: string, stage: StageId][] = [
  ['right-dynamic', '01.1'],
  ['right-static', '02.1'],
  ['static-without-to', '02.1'],
  ['group-service', '01.1'],
  ['job-other-name', '01.1'],
]

for (const [name, stage] of right) {
  test(`${name} as ${stage} is right: 10 of 10`, async () => {
    using folder = tempFolder()
    const result = await grade(withStage(folder.path, files[stage], mistake(name)))
    expect(notPassed(result)).toEqual([])
  })
}

test('a scheduler that is switched off makes 02.3 inconclusive, never passed', async () => {
  const result = await grade(lastState, {
    disturb: (item, world) => {
      world.faults.schedulerDead = item === '02.3'
    },
  })
  expect(result.items.find((i) => i.id === '02.3')).toMatchObject({
    verdict: 'inconclusive',
    points: 0,
  })
  expect(result.exitCode).toBe(2)
})

test('a job that sends all its replicas to one VM loses 01.3: 2 + 1 by itself would not', async () => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  const path = join(folder.path, files['01.3'])
  const pin = [
    'constraint {',
    '  attribute = "$' + '{attr.unique.hostname}"',
    '  value = "box-7"',
    '}',
  ]
  writeFileSync(path, readFileSync(path, 'utf8').replace('count', `${pin.join('\n')}\n    count`))
  const result = await grade(folder.path)
  expect(verdictsOf(result)).toEqual(lostWith['01.3'])
  expect(result.items.find((i) => i.id === '01.3')?.sentence).toMatch(
    /itself sends its replicas to one VM/,
  )
})

test('small VMs: two replicas on one VM is right in 01.3, and said', async () => {
  const notes: string[] = []
  for (let seed = 1; seed <= 12; seed++) {
    const result = await grade(reference, { seed, asked: ['01.1', '01.3'] })
    expect(notPassed(result), `seed ${seed}`).toEqual([])
    notes.push(...(result.items[1]?.notes ?? []))
  }
  expect(notes.some((note) => /^3 replicas on 2 VM/.test(note))).toBe(true)
})
