import { expect, test } from 'vitest'
import { type Change, instanceOn, judged, now, type Scene, scene, taskOf } from './testing.ts'
import type { WebLook } from './view.ts'
import { isServer } from './witnesses.ts'

const entry = (seen: Scene, n = 0) => seen.view.consul.instances[n]!
const web = (seen: Scene, n = 0) => seen.view.web[n]!

test.each<[string, Change, string]>([
  ['nothing is wrong', () => {}, 'met'],
  [
    'Consul cannot be asked',
    (s) => Object.assign(s.view, { consul: { error: 'ECONNREFUSED' } }),
    'lab consul-unseen text=ECONNREFUSED',
  ],
  [
    'a replica is not listed',
    (s) => s.view.consul.instances.pop(),
    'lab consul-absent service=nginx vm=box-2',
  ],
  [
    'an allocation is listed twice',
    (s) => s.view.consul.instances.push(instanceOn(1)),
    'student consul-double! @service service=nginx vm=box-1',
  ],
  [
    'its VM failed in Consul',
    (s) => {
      entry(s).checks[0]!.status = 'critical'
    },
    'lab client-missing vm=box-1 status=failed in Consul',
  ],
  [
    'its check is critical',
    (s) => {
      entry(s).checks.push({ id: 'c', status: 'critical', output: 'HTTP 404' })
    },
    'student consul-critical @check vm=box-1 text=HTTP 404',
  ],
  [
    'its check warns',
    (s) => {
      entry(s).checks.push({ id: 'c', status: 'warning', output: 'slow' })
    },
    'met',
  ],
  [
    'it has no port',
    (s) => {
      entry(s).port = 0
    },
    'student consul-no-port @service service=nginx',
  ],
  [
    'Nomad gave it the NAT address',
    (s) => {
      entry(s).address = '10.0.2.15'
      s.view.nomad.allocations[0]!.ports[0]!.ip = '10.0.2.15'
    },
    'lab nat-address! vm=box-1',
  ],
  [
    'the job chose an address outside',
    (s) => {
      entry(s).address = '8.8.8.8'
    },
    'student consul-address! @service address=8.8.8.8 vm=box-1',
  ],
  [
    'the job chose another member',
    (s) => {
      entry(s).address = '192.168.56.103'
    },
    'student consul-address @service.port address=192.168.56.103:20001 vm=box-1',
  ],
  [
    'it is listed at another port',
    (s) => {
      entry(s).port = 80
    },
    'student consul-address @service.port address=192.168.56.101:80 vm=box-1',
  ],
  [
    'somebody registered one more',
    (s) => s.view.consul.instances.push(instanceOn(3, { owner: null })),
    `lab consul-foreign service=nginx vm=box-3 id=${instanceOn(3).id}`,
  ],
  [
    'one of ours is still there',
    (s) => s.view.consul.instances.push(instanceOn(3)),
    `lab consul-extra service=nginx vm=box-3 id=${instanceOn(3).id}`,
  ],
  [
    'one is stale',
    (s) =>
      s.view.consul.instances.push(
        instanceOn(3, { owner: { ...instanceOn(3).owner!, client: 'lost', nodeStatus: 'down' } }),
      ),
    'met',
  ],
  [
    'one is closing',
    (s) =>
      s.view.consul.instances.push(
        instanceOn(3, {
          owner: { ...instanceOn(3).owner!, desired: 'stop', stoppedAt: now - 29_999 },
        }),
      ),
    'lab closing vm=box-3 service=nginx',
  ],
  [
    'one closes for half a minute',
    (s) =>
      s.view.consul.instances.push(
        instanceOn(3, {
          owner: { ...instanceOn(3).owner!, desired: 'stop', stoppedAt: now - 30_000 },
        }),
      ),
    'met',
  ],
  [
    'one is a ghost',
    (s) =>
      s.view.consul.instances.push(
        instanceOn(3, { owner: { ...instanceOn(3).owner!, client: 'lost', vmBackAt: now - 1000 } }),
      ),
    'met',
  ],
])('Consul, when %s', (_, change, wanted) => {
  expect(judged('consul', change, scene(2))).toBe(wanted)
})

test.each<[string, Change, string]>([
  ['nothing is wrong', () => {}, 'met'],
  [
    'nothing answers anywhere',
    (s) => {
      s.view.web = []
    },
    'lab wire-silent vm=box-1 where=192.168.56.101:20001',
  ],
  [
    'one is refused',
    (s) => {
      Object.assign(web(s, 1), { error: 'ECONNREFUSED', status: 0, server: '' })
    },
    'student wire-refused @to vm=box-2 where=192.168.56.102:20002 error=ECONNREFUSED because=',
  ],
  [
    'one is reset',
    (s) => {
      Object.assign(web(s), { error: 'ECONNRESET', status: 0, server: '' })
    },
    'student wire-refused @to vm=box-1 where=192.168.56.101:20001 error=ECONNRESET because=',
  ],
  [
    'one is refused and the file says why',
    (s) => {
      Object.assign(web(s), { error: 'ECONNREFUSED' })
      s.job.groups[0]!.tasks = [taskOf({ config: { command: 'sleep' } })]
    },
    'student wire-refused @command vm=box-1 where=192.168.56.101:20001 error=ECONNREFUSED because=the task runs a command of its own',
  ],
  [
    'one is silent',
    (s) => {
      Object.assign(web(s), { error: 'ETIMEDOUT', status: 0, server: '' })
    },
    'lab wire-silent vm=box-1 where=192.168.56.101:20001 error=ETIMEDOUT',
  ],
  [
    'one speaks no HTTP',
    (s) => {
      Object.assign(web(s), { error: 'EPROTO', status: 0, server: '' })
    },
    'student wire-server @image vm=box-1 where=192.168.56.101:20001 server=no HTTP',
  ],
  [
    'one answers only inside',
    (s) => {
      Object.assign(web(s), { error: 'ETIMEDOUT', insideAnswers: true })
    },
    'lab firewall vm=box-1 where=192.168.56.101:20001',
  ],
  [
    'one is another server',
    (s) => {
      web(s).server = 'Apache/2.4'
    },
    'student wire-server @image vm=box-1 where=192.168.56.101:20001 server=Apache/2.4',
  ],
  [
    'one has no header and another page',
    (s) => {
      Object.assign(web(s), { server: '', page: 'httpd' })
    },
    'student wire-server @image vm=box-1 where=192.168.56.101:20001 server=httpd',
  ],
  [
    'one has neither',
    (s) => {
      web(s).server = ''
    },
    'student wire-server @image vm=box-1 where=192.168.56.101:20001 server=nothing it knows',
  ],
  [
    'one has no header but the page',
    (s) => {
      Object.assign(web(s), { server: '', page: 'nginx' })
    },
    'met',
  ],
  [
    'one answers 404',
    (s) => {
      web(s).status = 404
    },
    'met',
  ],
])('the wire, when %s', (_, change, wanted) => {
  expect(judged('answers', change, scene(2))).toBe(wanted)
})

test.each<[string, string, 'nginx' | 'httpd', boolean]>([
  ['nginx/1.22.1', '', 'nginx', true],
  ['NGINX', '', 'nginx', true],
  ['not nginx', '', 'nginx', false],
  ['Apache/2.4.62 (Unix)', '', 'httpd', true],
  ['httpd', '', 'httpd', false],
  ['nginx', 'httpd', 'httpd', false],
  ['', 'httpd', 'httpd', true],
  ['', 'nginx', 'httpd', false],
])('the header %j with the page %j is %s: %s', (server, page, wanted, is) => {
  const look: WebLook = { ...web(scene(1)), server, page }
  expect(isServer(look, wanted)).toBe(is)
})
