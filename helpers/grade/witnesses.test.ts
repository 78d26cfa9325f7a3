import { expect, test } from 'vitest'
import { judgeCriterion } from './criteria.ts'
import type { CriterionId } from './rubric.ts'
import {
  atPort80,
  factsOf,
  instanceOn,
  now,
  type Scene,
  said,
  scene,
  taskOf,
  uuid,
} from './testing.ts'
import type { WebLook } from './view.ts'
import { isServer } from './witnesses.ts'

type Change = (seen: Scene) => void
const judged = (id: CriterionId, change: Change, of = scene(2)) => {
  change(of)
  return said(judgeCriterion(id, factsOf(of)))
}
const entry = (seen: Scene, n = 0) => seen.view.consul.instances[n]!
const web = (seen: Scene, n = 0) => seen.view.web[n]!
const blind =
  (part: 'consul' | 'dns' | 'nomad'): Change =>
  (seen) => {
    Object.assign(seen.view, { [part]: { error: 'ECONNREFUSED' } })
  }
/** The replica that is on box-2 is one of an allocation that was lost with its VM. */
const stale = { client: 'lost', desired: 'stop', nodeStatus: 'down' }

test.each<[string, Change, string]>([
  ['nothing is wrong', () => {}, 'met'],
  ['Consul cannot be asked', blind('consul'), 'lab consul-unseen text=ECONNREFUSED'],
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
      s.view.consul.instances.push(instanceOn(3, { owner: { ...instanceOn(3).owner!, ...stale } })),
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
  expect(judged('consul', change)).toBe(wanted)
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
    'student wire-refused @command vm=box-1 where=192.168.56.101:20001 error=ECONNREFUSED because=: the task runs a command of its own',
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
  expect(judged('answers', change)).toBe(wanted)
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

const dns = (seen: Scene) => seen.view.dns
const named = 'name=nginx.service.consul'

test.each<[string, Change, string]>([
  ['nothing is wrong', () => {}, 'met'],
  ['it cannot be asked', blind('dns'), 'lab dns-unseen text=ECONNREFUSED'],
  [
    'it fails',
    (s) => {
      dns(s).rcode = 'SERVFAIL'
    },
    'lab dns-unseen text=SERVFAIL',
  ],
  [
    'it knows none',
    (s) => {
      Object.assign(dns(s), { rcode: 'NXDOMAIN', addresses: [] })
    },
    `lab dns-differs ${named} have=NXDOMAIN want=192.168.56.101, 192.168.56.102`,
  ],
  [
    'one is missing',
    (s) => {
      dns(s).addresses.pop()
    },
    `lab dns-differs ${named} have=192.168.56.101 want=192.168.56.101, 192.168.56.102`,
  ],
  [
    'one is another',
    (s) => {
      dns(s).addresses = ['192.168.56.101', '192.168.56.103']
    },
    `lab dns-differs ${named} have=192.168.56.101, 192.168.56.103 want=192.168.56.101, 192.168.56.102`,
  ],
  [
    'one is too many',
    (s) => {
      dns(s).addresses.push('192.168.56.103')
    },
    `lab dns-differs ${named} have=192.168.56.101, 192.168.56.102, 192.168.56.103 want=192.168.56.101, 192.168.56.102`,
  ],
  [
    'one is said twice',
    (s) => {
      dns(s).addresses.push('192.168.56.101')
    },
    'met',
  ],
  [
    'one is a leftover',
    (s) => {
      dns(s).addresses.push('192.168.56.103')
      s.view.consul.instances.push(instanceOn(3, { owner: { ...instanceOn(3).owner!, ...stale } }))
    },
    'met',
  ],
  [
    'Consul cannot say what is a leftover',
    (s) => {
      dns(s).addresses.push('192.168.56.103')
      blind('consul')(s)
    },
    `lab dns-differs ${named} have=192.168.56.101, 192.168.56.102, 192.168.56.103 want=192.168.56.101, 192.168.56.102`,
  ],
  [
    'two replicas share a VM',
    (s) => {
      s.view.nomad.allocations[1]!.ports[0]!.ip = '192.168.56.101'
      dns(s).addresses.pop()
    },
    'met',
  ],
])('DNS, when %s', (_, change, wanted) => {
  expect(judged('dns', change)).toBe(wanted)
})

test.each<[string, Change, string]>([
  ['nothing is wrong', () => {}, 'met'],
  ['DNS cannot be asked', blind('dns'), 'lab dns-unseen text=ECONNREFUSED'],
  [
    'DNS knows none',
    (s) => {
      Object.assign(dns(s), { rcode: 'NXDOMAIN', addresses: [] })
    },
    `lab dns-differs ${named} have=NXDOMAIN want=an address`,
  ],
  [
    'DNS gives one that is no replica',
    (s) => {
      dns(s).addresses.push('192.168.56.103')
    },
    `lab dns-differs ${named} have=192.168.56.103 want=192.168.56.101, 192.168.56.102`,
  ],
  [
    'DNS gives one of two',
    (s) => {
      dns(s).addresses.pop()
    },
    'met',
  ],
  [
    'one was not looked at',
    (s) => {
      s.view.web.pop()
    },
    `lab dns-differs ${named} have=192.168.56.102 want=192.168.56.101, 192.168.56.102`,
  ],
  [
    'one was looked at elsewhere',
    (s) => {
      web(s, 1).port = 8080
    },
    `lab dns-differs ${named} have=192.168.56.102 want=192.168.56.101, 192.168.56.102`,
  ],
  [
    'one is refused',
    (s) => {
      Object.assign(web(s, 1), { error: 'ECONNREFUSED', status: 0 })
    },
    'student wire-refused @to vm=box-2 where=192.168.56.102:80 error=ECONNREFUSED because=',
  ],
  [
    'one is another server',
    (s) => {
      web(s).server = 'Caddy'
    },
    'student wire-server @image vm=box-1 where=192.168.56.101:80 server=Caddy',
  ],
  [
    'one answers 404',
    (s) => {
      web(s, 1).status = 404
    },
    'student serves-not @config address=192.168.56.102 status=404',
  ],
  [
    'one answers 199',
    (s) => {
      web(s).status = 199
    },
    'student serves-not @config address=192.168.56.101 status=199',
  ],
  [
    'one answers 400',
    (s) => {
      web(s).status = 400
    },
    'student serves-not @config address=192.168.56.101 status=400',
  ],
  [
    'one redirects',
    (s) => {
      web(s).status = 399
    },
    'met',
  ],
  [
    'no port is asked for',
    (s) => {
      s.want = { ...s.want }
      delete s.want.port
    },
    'met',
  ],
])('the browser, when %s', (_, change, wanted) => {
  expect(judged('serves', change, atPort80(2))).toBe(wanted)
})

test('the address that only a leftover has is not browsed', () => {
  const seen = atPort80(2)
  dns(seen).addresses.push('192.168.56.103')
  seen.view.consul.instances.push(
    instanceOn(3, { owner: { ...instanceOn(3).owner!, ...stale }, allocation: uuid(3) }),
  )
  expect(judged('serves', () => {}, seen)).toBe('met')
})
