import { expect, test } from 'vitest'
import type { AgentLook } from './evidence.ts'
import { allocationOn, apache, type Change, instanceOn, judged, type Scene } from './testing.ts'

const agent = (seen: Scene, n = 0): AgentLook => seen.agents[n]!
const entry = (n: number, more = {}) => {
  const { id, address, port } = instanceOn(n)
  return { id, address, port, ...more }
}

const listed = (n: number, more = {}) => {
  const { node, nodeAddress } = instanceOn(n)
  return { ...entry(n), node, nodeAddress, ...more }
}

/** An apache of this run that was lost with its VM, box-2, is still in Consul. */
const leaveOne: Change = ({ view }) => {
  const owner = { ...instanceOn(2).owner!, client: 'lost', nodeStatus: 'down' }
  view.consul.instances.push(instanceOn(2, { owner }))
}

const twoOnBox1: Change = (seen) => {
  seen.view.nomad.allocations.push(allocationOn(2, { nodeName: 'box-1' }))
  seen.view.consul.instances.push(instanceOn(2, { node: 'box-1' }))
}

const unseenBy: [string, Change, string][] = [
  [
    'nobody was asked',
    (s) => {
      s.agents = []
    },
    'vm=any VM text=nobody was asked',
  ],
  [
    'an agent is silent',
    (s) => {
      agent(s, 2).error = 'ETIMEDOUT'
    },
    'vm=box-3 text=ETIMEDOUT',
  ],
]
for (const id of ['agents', 'catalog', 'entries'] as const)
  test.each(unseenBy)(`${id}, when %s: not known`, (_, change, told) => {
    expect(judged(id, change, apache())).toBe(`lab agent-unseen ${told}`)
  })

const basis: [string, Change, string][] = [
  [
    'Consul cannot be asked',
    (s) => Object.assign(s.view, { consul: { error: 'x' } }),
    'lab consul-unseen text=x',
  ],
  [
    'Consul does not list the replica',
    (s) => s.view.consul.instances.pop(),
    'lab consul-absent service=apache vm=any VM',
  ],
  [
    'there is no replica',
    (s) => s.view.nomad.allocations.pop(),
    'lab consul-absent service=apache vm=any VM',
  ],
  [
    'Consul lists one replica of two',
    (s) => s.view.nomad.allocations.push(allocationOn(2)),
    'lab consul-absent service=apache vm=any VM',
  ],
]
for (const id of ['agents', 'entries'] as const)
  test.each(basis)(`${id}, when %s: not known`, (_, change, told) => {
    expect(judged(id, change, apache())).toBe(told)
  })

const differ = (vm: string, have: number, want: number) =>
  `lab agents-differ vm=${vm} service=apache have=${have} want=${want}`

test.each<[string, Change, string]>([
  ['each lists what is on its VM', () => {}, 'met'],
  [
    'the right one lists none',
    (s) => {
      agent(s).entries = []
    },
    differ('box-1', 0, 1),
  ],
  [
    'the right one was not asked for them',
    (s) => void delete agent(s).entries,
    differ('box-1', 0, 1),
  ],
  [
    'another lists it too',
    (s) => {
      agent(s, 1).entries = [entry(1)]
    },
    differ('box-2', 1, 0),
  ],
  [
    'it is at another port',
    (s) => {
      agent(s).entries = [entry(1, { port: 80 })]
    },
    differ('box-1', 1, 1),
  ],
  [
    'it is at another address',
    (s) => {
      agent(s).entries = [entry(1, { address: '10.0.0.1' })]
    },
    differ('box-1', 1, 1),
  ],
  [
    'the entry is another’s',
    (s) => {
      agent(s).entries = [entry(2)]
    },
    differ('box-1', 1, 1),
  ],
  ['a stranger stands beside it', (s) => agent(s).entries!.push(entry(3)), differ('box-1', 2, 1)],
  ['it is listed twice', (s) => agent(s).entries!.push(entry(1, { port: 8080 })), 'met'],
  [
    'another lists a leftover',
    (s) => {
      leaveOne(s)
      agent(s, 1).entries = [entry(2)]
    },
    'met',
  ],
  [
    'two are on one VM',
    (s) => {
      twoOnBox1(s)
      agent(s).entries!.push(entry(2))
    },
    'met',
  ],
  ['two are on one VM and one is listed', twoOnBox1, differ('box-1', 1, 2)],
])('agents, when %s', (_, change, wanted) => {
  expect(judged('agents', change, apache())).toBe(wanted)
})

test.each<[string, Change, string]>([
  ['they equal the replicas', () => {}, 'met'],
  [
    'one gives none',
    (s) => {
      agent(s, 1).catalog = []
    },
    'lab entries-differ have=0 want=1',
  ],
  ['one was not asked', (s) => void delete agent(s, 1).catalog, 'lab entries-differ have=0 want=1'],
  [
    'the job has one more',
    (s) => agent(s).catalog!.push(listed(1, { port: 8080 })),
    'student entries-differ @service have=2 want=1',
  ],
  [
    'the node is another',
    (s) => {
      agent(s).catalog = [listed(1, { node: 'box-2' })]
    },
    'lab entries-differ have=1 want=1',
  ],
  [
    'the port is another',
    (s) => {
      agent(s).catalog = [listed(1, { port: 80 })]
    },
    'lab entries-differ have=1 want=1',
  ],
  [
    'the address is another',
    (s) => {
      agent(s).catalog = [listed(1, { address: '10.0.0.1' })]
    },
    'lab entries-differ have=1 want=1',
  ],
  [
    'the allocation is another',
    (s) => {
      agent(s).catalog = [listed(1, { id: 'nginx' })]
    },
    'lab entries-differ have=1 want=1',
  ],
  [
    'one more is a leftover',
    (s) => {
      leaveOne(s)
      agent(s).catalog!.push(listed(2))
    },
    'met',
  ],
  [
    'there are two, both listed',
    (s) => {
      s.view.nomad.allocations.push(allocationOn(2))
      s.view.consul.instances.push(instanceOn(2))
      for (const each of s.agents) each.catalog = [listed(1), listed(2)]
    },
    'met',
  ],
  [
    'there are two, one is listed twice',
    (s) => {
      s.view.nomad.allocations.push(allocationOn(2))
      s.view.consul.instances.push(instanceOn(2))
      for (const each of s.agents) each.catalog = [listed(1), listed(1)]
    },
    'lab entries-differ have=2 want=2',
  ],
])('entries, when %s', (_, change, wanted) => {
  expect(judged('entries', change, apache())).toBe(wanted)
})
