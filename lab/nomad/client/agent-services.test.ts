import { expect, test } from 'vitest'
import { recorded, testCluster } from '../test-cluster.ts'

// docs/discoveries.md, 2026-11-25
test('what somebody registers under an id like one of Nomad goes in half a minute; any other stays', async () => {
  const { consul, pass, register, until, running } = testCluster()
  await register(recorded('right-dynamic'))
  until(() => running('nginx').length === 1)
  const service = {
    name: 'nginx',
    tags: [],
    address: '192.168.56.107',
    port: 80,
    meta: {},
    checks: [],
  }
  const agent = consul.agent('box-7')
  const ids = () => agent.services().map(({ id }) => id.slice(0, 16))
  const before = ids()
  agent.register({
    ...service,
    id: '_nomad-task-11111111-2222-3333-4444-555555555555-nginx-nginx-http',
  })
  agent.register({ ...service, id: 'by-hand' })
  expect(ids()).toEqual([...before, '_nomad-task-1111', 'by-hand'])
  pass(31_000)
  expect(ids()).toEqual([...before, 'by-hand'])
})
