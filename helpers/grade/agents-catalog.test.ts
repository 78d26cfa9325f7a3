import { expect, test } from 'vitest'
import type { AgentLook } from './evidence.ts'
import { apache, type Change, instanceOn, judged, type Scene, serviceOf } from './testing.ts'

const agent = (seen: Scene, n = 0): AgentLook => seen.agents[n]!
const withNginx: Change = (s) => {
  for (const each of s.agents)
    each.services = ['apache', 'consul', 'nginx', 'nomad', 'nomad-client']
}
/** The task registers nginx beside apache. */
const asNginx: Change = (s) => {
  s.job.groups[0]!.tasks[0]!.services.push(serviceOf({ name: 'nginx' }))
}
const lost = { ...instanceOn(2).owner!, client: 'lost', nodeStatus: 'down' }

test.each<[string, Change, string]>([
  ['all give the same', () => {}, 'met'],
  [
    'others are there',
    (s) => {
      for (const each of s.agents) each.services!.push('vault')
    },
    'met',
  ],
  ['one gives another set', (s) => agent(s, 1).services!.pop(), 'lab catalog-unsteady vm=box-2'],
  ['one gives none', (s) => void delete agent(s, 2).services, 'lab catalog-unsteady vm=box-3'],
  [
    'consul is missing',
    (s) => {
      for (const each of s.agents) each.services = ['apache', 'nomad', 'nomad-client']
    },
    'lab catalog-lab service=consul',
  ],
  [
    'nomad is missing',
    (s) => {
      for (const each of s.agents) each.services = ['apache', 'consul', 'nomad-client']
    },
    'lab catalog-lab service=nomad',
  ],
  [
    'nomad-client is missing',
    (s) => {
      for (const each of s.agents) each.services = ['apache', 'consul', 'nomad']
    },
    'lab catalog-lab service=nomad-client',
  ],
  [
    'nobody gives anything',
    (s) => {
      for (const each of s.agents) delete each.services
    },
    'lab catalog-lab service=consul',
  ],
  [
    'apache is missing',
    (s) => {
      for (const each of s.agents) each.services = ['consul', 'nomad', 'nomad-client']
    },
    'lab catalog-absent service=apache',
  ],
  [
    'nginx is a leftover',
    (s) => {
      withNginx(s)
      s.view.consul.others = [instanceOn(2, { owner: lost })]
    },
    'met',
  ],
  [
    'nginx is the job’s own',
    (s) => {
      withNginx(s)
      s.view.consul.others = [instanceOn(2, { owner: lost }), instanceOn(3)]
    },
    'student catalog-nginx @service.name vm=box-3',
  ],
  [
    'nginx is somebody’s',
    (s) => {
      withNginx(s)
      s.view.consul.others = [instanceOn(2, { owner: null })]
    },
    `lab consul-foreign service=nginx vm=box-2 id=${instanceOn(2).id}`,
  ],
  [
    'nginx is both somebody’s and the job’s',
    (s) => {
      withNginx(s)
      s.view.consul.others = [instanceOn(2, { owner: null }), instanceOn(3)]
    },
    'student catalog-nginx @service.name vm=box-3',
  ],
  [
    'nginx has no entry',
    (s) => {
      withNginx(s)
      s.view.consul.others = []
    },
    'lab consul-foreign service=nginx vm=box-1 id=',
  ],
  [
    'nginx’s entries were not asked for',
    withNginx,
    'lab consul-foreign service=nginx vm=box-1 id=',
  ],
  ['the job registers nginx, too, and no agent lists it', asNginx, 'lab catalog-behind'],
  [
    'the job registers nginx, too, and only a leftover is listed',
    (s) => {
      asNginx(s)
      withNginx(s)
      s.view.consul.others = [instanceOn(2, { owner: lost })]
    },
    'lab catalog-behind',
  ],
  [
    'the job registers nginx, too, and it is listed',
    (s) => {
      asNginx(s)
      withNginx(s)
      s.view.consul.others = [instanceOn(1)]
    },
    'student catalog-nginx @service.name vm=box-1',
  ],
  [
    'the job registers nginx in both, and no agent lists it',
    (s) => {
      asNginx(s)
      const { services } = s.job.groups[0]!.tasks[0]!
      services.splice(1, 0, serviceOf({ name: 'nginx', provider: 'nomad' }))
    },
    'lab catalog-behind',
  ],
  [
    'the job registers nginx, too, in Nomad',
    (s) => {
      asNginx(s)
      s.job.groups[0]!.tasks[0]!.services[1]!.provider = 'nomad'
    },
    'met',
  ],
  [
    'the job registers nginx, too, and nothing of it runs',
    (s) => {
      asNginx(s)
      s.view.nomad.allocations[0]!.client = 'pending'
    },
    'met',
  ],
  [
    'Consul cannot say what nginx is',
    (s) => {
      withNginx(s)
      Object.assign(s.view, { consul: { error: 'x' } })
    },
    'lab consul-unseen text=x',
  ],
])('catalog, when %s', (_, change, wanted) => {
  expect(judged('catalog', change, apache())).toBe(wanted)
})
