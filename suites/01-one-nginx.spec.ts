import { expect, item, within } from '../helpers/item.ts'

item('01.1 deploy one nginx', async ({ student }) => {
  const nginx = await student.deploys('01.1')
  await expect(nginx).toSettleOn({ replicas: 1 }, within.startup)
})

item('01.2 when its VM stops, nginx reappears on another VM', async ({ cluster, student }) => {
  const nginx = await student.standing('01.1')
  const [home = ''] = await nginx.vms()
  const lost = await nginx.allocationsOn(home)

  await cluster.stop(home)

  await expect(nginx).toSettleOn(
    { replicas: 1, avoiding: [home], replacing: lost },
    within.reschedule,
  )
})

item('01.3 three replicas of nginx', async ({ student }) => {
  const nginx = await student.deploys('01.3')
  await expect(nginx).toSettleOn({ replicas: 3 }, within.startup)
})
