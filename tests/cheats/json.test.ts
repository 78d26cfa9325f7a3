import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { grade, reference, tempFolder } from '../harness.ts'

/** JSON jobs and odd fields through the whole run: what is judged is what the cluster gets. */
const task = {
  Name: 'nginx',
  Driver: 'docker',
  Config: { image: 'nginx:1.22.1', ports: ['http'] },
  Resources: { CPU: 500, MemoryMB: 256 },
  Services: [{ Name: 'nginx', PortLabel: 'http', Provider: 'consul' }],
}
const group = {
  Name: 'nginx',
  Count: 1,
  Networks: [{ DynamicPorts: [{ Label: 'http', To: 80 }] }],
  Tasks: [task],
}
const job = { ID: 'nginx', Name: 'nginx', Type: 'service', Datacenters: ['dc1'] }
const rawExec = { ...task, Driver: 'raw_exec', Config: { command: 'id' } }

const table: [name: string, job: object, verdict: string, says: RegExp][] = [
  ['the sheet’s job', { Job: { ...job, TaskGroups: [group] } }, 'passed', /proved/],
  [
    'the same in lower case, which Nomad reads alike',
    { id: 'nginx', type: 'service', datacenters: ['dc1'], taskgroups: [group] },
    'passed',
    /proved/,
  ],
  [
    'a second list of groups in lower case',
    { ...job, TaskGroups: [group], taskgroups: [{ ...group, Tasks: [rawExec] }] },
    'failed',
    /"TaskGroups" twice/,
  ],
  [
    'a count in quotes',
    { ...job, TaskGroups: [{ ...group, Count: '1' }] },
    'failed',
    /its Count is a string, and Nomad wants a value of type int/,
  ],
  [
    'another region',
    { ...job, Region: 'toronto', TaskGroups: [group] },
    'failed',
    /its region is not one of this cluster/,
  ],
  [
    'HCL written as JSON, which the lab cannot tell',
    { job: { nginx: { group: { nginx: { task: { nginx: { driver: 'docker' } } } } } } },
    'inconclusive',
    /not simulated/,
  ],
]

test.each(table)('JSON: %s', async (_, given, verdict, says) => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  rmSync(join(folder.path, '01.1-nginx.nomad'))
  writeFileSync(join(folder.path, '01.1-nginx.json'), JSON.stringify(given, null, 2))
  writeFileSync(join(folder.path, 'stages.yaml'), '"01.1": 01.1-nginx.json\n')
  const { items } = await grade(folder.path, { seed: 2, asked: ['01.1'] })
  expect(items).toMatchObject([{ id: '01.1', verdict }])
  expect(items[0]?.sentence).toMatch(says)
})

/** The lab cannot tell how these end; a real cluster must. They never pass. */
const gaps: [name: string, from: RegExp, to: string][] = [
  ['a busybox that serves', /nginx:1\.22\.1/, 'busybox:1.36'],
  ['nginx with a command of its own', /auth_soft_fail = true/, 'command = "sh"'],
  ['nginx with an entrypoint of its own', /auth_soft_fail = true/, 'entrypoint = ["sh"]'],
  ['somebody’s own image called nginx', /nginx:1\.22\.1/, 'anna/nginx:1.22.1'],
]

test.each(gaps)('on the lab %s is never passed', async (_, from, to) => {
  using folder = tempFolder()
  cpSync(reference, folder.path, { recursive: true })
  const file = join(folder.path, '01.1-nginx.nomad')
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
  const { items } = await grade(folder.path, { seed: 2, asked: ['01.1'] })
  expect(items).toMatchObject([{ verdict: 'inconclusive' }])
  expect(items[0]?.sentence).toMatch(/not simulated/)
})
