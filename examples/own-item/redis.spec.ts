import { expect, item, type Rows, within } from '../../helpers/item.ts'

const replicas = { id: 'replicas', title: 'it settles on one replica', by: 'submission' } as const
const consul = { id: 'consul', title: 'Consul lists exactly it', by: 'submission' } as const
const answers = { id: 'answers', title: 'it answers PING with PONG', by: 'submission' } as const
const dns = { id: 'dns', title: 'DNS gives exactly its address', by: 'cluster' } as const
const stays = { id: 'stays', title: 'it stays so', by: 'submission' } as const

/** The rows of these items; the first is row 01.1 of suites/rubric.ts, the second row 01.2. */
export const rubric: Rows = {
  '05.1': {
    title: 'deploy one redis',
    marks: 1,
    stage: { services: ['redis'], image: 'redis', talk: { say: 'PING\r\n', hear: '+PONG' } },
    criteria: [
      { id: 'parses', title: 'the job file parses', by: 'submission' },
      { id: 'allowed', title: 'policy allows the job', by: 'submission' },
      { id: 'registers', title: 'Nomad registers the job', by: 'submission' },
      { id: 'image', title: 'its image is redis', by: 'submission' },
      replicas,
      consul,
      answers,
      dns,
      stays,
    ],
  },
  '05.2': {
    title: 'when its VM stops, redis reappears on another VM',
    marks: 1,
    buildsOn: { item: '05.1', needs: 'passed' },
    criteria: [
      { id: 'stopped', title: 'the stop was effective', by: 'cluster' },
      { id: 'moved', title: 'its replacement runs on another VM', by: 'submission' },
      replicas,
      consul,
      { ...answers, by: 'cluster' },
      dns,
      { ...stays, by: 'cluster' },
    ],
  },
}

item('05.1 deploy one redis', async ({ student }) => {
  const redis = await student.deploys('05.1')
  await expect(redis).toSettleOn({ replicas: 1 }, within.startup)
})

item('05.2 when its VM stops, redis reappears on another VM', async ({ cluster, student }) => {
  const redis = await student.standing('05.1')
  const [home = ''] = await redis.vms()
  const lost = await redis.allocationsOn(home)

  await cluster.stop(home)

  await expect(redis).toSettleOn(
    { replicas: 1, avoiding: [home], replacing: lost },
    within.reschedule,
  )
})
