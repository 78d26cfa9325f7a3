import { afterAll, expect, test } from 'vitest'
import { defaultVersions, startLab } from '../lab.ts'
import { recorded } from './test-cluster.ts'

type Version = '1.4.4' | '2.0.5'

const labs = new Map<Version, ReturnType<typeof startLab>>()
afterAll(async () => {
  for (const lab of labs.values()) await (await lab).close()
})

/** One lab of each version, asked over its socket. */
async function nomad(version: Version) {
  const versions = { nomad: version, consul: '1.14.4' } as const
  const starting = labs.get(version) ?? startLab({ seed: 7, time: { kind: 'virtual' }, versions })
  labs.set(version, starting)
  const lab = await starting
  return async (path: string, sent?: unknown) => {
    const response = await fetch(`http://${lab.doors['nomad box-1']}/v1/${path}`, {
      ...(sent !== undefined && { method: 'POST', body: JSON.stringify(sent) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined, lab }
  }
}

const parse = (JobHCL: string) => ({ JobHCL, Canonicalize: true })

test('the default version has a name', () => {
  expect(defaultVersions).toEqual({ nomad: '1.4.4', consul: '1.14.4' })
})

// cluster-facts §4.1: from 1.6.
test.each([
  ['1.4.4', 'input.hcl:'],
  ['2.0.5', 'Failed to parse job: input.hcl:'],
] as const)('%s says of a wrong file: %s', async (version, head) => {
  const ask = await nomad(version)
  const { status, text } = await ask('jobs/parse', parse(recorded('count-in-task')))
  expect({ status, head: text.slice(0, head.length) }).toEqual({ status: 400, head })
})

// cluster-facts §6: optional from 1.5; the server fills it in, the parser does not.
test.each([
  ['1.4.4', 500, /^1 error occurred:\n\t\* Missing job datacenters/],
  ['2.0.5', 200, /EvalID/],
] as const)('%s takes a job without datacenters with %s', async (version, status, text) => {
  const ask = await nomad(version)
  const { body: Job } = await ask('jobs/parse', parse(recorded('datacenters-missing')))
  for (const Datacenters of [null, []]) {
    const answer = await ask('jobs', { Job: { ...Job, Datacenters, ID: 'any', Name: 'any' } })
    expect(answer.status).toBe(status)
    expect(answer.text).toMatch(text)
  }
  expect((await ask('job/any')).body?.Datacenters).toEqual(status === 200 ? ['*'] : undefined)
})

// cluster-facts §1.2 and §4: who names its successor; what is left out when it is empty.
test.each([
  ['1.4.4', false, true],
  ['2.0.5', true, false],
] as const)(
  'allocations of %s: successor in the list %s, empty fields %s',
  async (version, successor, empties) => {
    const ask = await nomad(version)
    const { body: Job } = await ask('jobs/parse', parse(recorded('right-dynamic')))
    await ask('jobs', { Job })
    const { lab } = await ask('status/leader')
    await lab.clock.sleep(5000)
    const { body: stubs } = await ask('job/nginx/allocations')
    expect('NextAllocation' in stubs[0]).toBe(successor)
    expect('PreviousAllocation' in stubs[0]).toBe(false)
    const { body: alloc } = await ask(`allocation/${stubs[0].ID}`)
    const [network] = alloc.AllocatedResources.Shared.Networks
    expect({ inNetwork: 'ReservedPorts' in network, whole: 'NextAllocation' in alloc }).toEqual({
      inNetwork: empties,
      whole: false,
    })
    const { body: nodes } = await ask('nodes')
    expect([nodes[0].Version, 'NodePool' in nodes[0]]).toEqual([version, version === '2.0.5'])
  },
)

// cluster-facts §7: what Nomad asks of Consul.
test.each([
  ['1.4.4', '>= 1.7.0'],
  ['2.0.5', '>= 1.8.0'],
] as const)('%s wants a Consul %s where a service is to be registered', async (version, wanted) => {
  const ask = await nomad(version)
  const { body: Job } = await ask('jobs/parse', parse(recorded('right-dynamic')))
  await ask('jobs', { Job })
  const { body } = await ask('job/nginx')
  const [group] = body.TaskGroups
  const all = [...(group.Constraints ?? []), ...(group.Tasks[0].Constraints ?? [])]
  expect(all.map((one) => one.RTarget)).toEqual([wanted])
})
