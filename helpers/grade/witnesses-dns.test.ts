import { expect, test } from 'vitest'
import { atPort80, type Change, instanceOn, judged, type Scene, scene, uuid } from './testing.ts'

const web = (seen: Scene, n = 0) => seen.view.web[n]!
const blind =
  (part: 'consul' | 'dns'): Change =>
  (seen) => {
    Object.assign(seen.view, { [part]: { error: 'ECONNREFUSED' } })
  }
/** The replica that is on box-2 is one of an allocation that was lost with its VM. */
const stale = { client: 'lost', desired: 'stop', nodeStatus: 'down' }

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
  expect(judged('dns', change, scene(2))).toBe(wanted)
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
