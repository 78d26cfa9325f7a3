import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Job } from '../nomad/job/spec.ts'
import { serverJob } from '../nomad/job/structs.ts'
import { jobDiff } from './nomad-diff.ts'

type Version = '1.4.4' | '2.0.5'

/** A plan of the exercise's job on a cluster that had none, asked with `Diff`. */
function recorded(version: Version) {
  const file = `../../tests/conformance/recordings/plan-nginx-${version}.json`
  const { sent, body } = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
  return { job: serverJob(sent.Job, version), diff: body.Diff, annotations: body.Annotations }
}

const desired = (counts: Record<string, number>) => ({ DesiredTGUpdates: { nginx: counts } })

/** The exercise's job with its only group changed. */
function changed(job: Job, change: (group: Job['TaskGroups'][number]) => void): Job {
  const copy = structuredClone(job)
  change(copy.TaskGroups[0]!)
  return copy
}

test.each(['1.4.4', '2.0.5'] as const)('a new job is shown as Nomad %s does', (version) => {
  const { job, diff, annotations } = recorded(version)
  expect(jobDiff(undefined, job, annotations, version)).toEqual(diff)
})

test('the same job again shows no change', () => {
  const { job } = recorded('2.0.5')
  const diff = jobDiff(job, structuredClone(job), desired({ Ignore: 1 }), '2.0.5')
  expect(diff).toMatchObject({ Type: 'None', Fields: null, Objects: null })
  expect(diff.TaskGroups).toMatchObject([{ Type: 'None', Updates: { ignore: 1 } }])
})

test('a higher count forces creations, and the task stays as it is', () => {
  const { job } = recorded('2.0.5')
  const three = changed(job, (group) => {
    group.Count = 3
  })
  const diff = jobDiff(job, three, desired({ Place: 2, InPlaceUpdate: 1 }), '2.0.5')
  expect(diff).toMatchObject({ Type: 'Edited', Fields: null, Objects: null })
  const count = { Type: 'Edited', Name: 'Count', Old: '1', New: '3' }
  expect(diff.TaskGroups).toMatchObject([
    {
      Type: 'Edited',
      Fields: [{ ...count, Annotations: ['forces create'] }],
      Objects: null,
      Tasks: [{ Type: 'None', Annotations: null }],
      Updates: { create: 2, 'in-place update': 1 },
    },
  ])
})

test('another image replaces the task, another tag only its service', () => {
  const { job } = recorded('1.4.4')
  const image = changed(job, ({ Tasks }) => {
    Tasks[0]!.Config = { ...Tasks[0]!.Config, image: 'nginx:1.25' }
  })
  const taskOf = (now: Job) => jobDiff(job, now, desired({}), '1.4.4').TaskGroups[0]?.Tasks[0]
  const edited = { Type: 'Edited', Name: 'image', Old: 'nginx:1.22.1', New: 'nginx:1.25' }
  expect(taskOf(image)).toMatchObject({
    Objects: [
      { Name: 'Config', Fields: expect.arrayContaining([expect.objectContaining(edited)]) },
    ],
    Annotations: ['forces create/destroy update'],
  })
  const tag = changed(job, ({ Tasks }) => {
    Tasks[0]!.Services![0]!.Tags = ['web']
  })
  expect(taskOf(tag)).toMatchObject({
    Objects: [{ Name: 'Service', Objects: [{ Name: 'Tags', Type: 'Added' }] }],
    Annotations: ['forces in-place update'],
  })
})

test('a static port is another network: the new one and the old one', () => {
  const { job } = recorded('2.0.5')
  const fixed = changed(job, (group) => {
    const port = { Label: 'http', Value: 80, To: 80, HostNetwork: 'default' }
    group.Networks = [{ ...group.Networks![0]!, ReservedPorts: [port], DynamicPorts: null }]
  })
  const diff = jobDiff(job, fixed, desired({ DestructiveUpdate: 1 }), '2.0.5')
  expect(diff.TaskGroups[0]?.Objects).toMatchObject([
    { Name: 'Network', Type: 'Added', Objects: [{ Name: 'Static Port' }] },
    { Name: 'Network', Type: 'Deleted', Objects: [{ Name: 'Dynamic Port' }] },
  ])
})
