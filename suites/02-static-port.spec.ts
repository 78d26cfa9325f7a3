import { expect, item, within } from '../helpers/item.ts'

item('02.1 three replicas at the static port 80', async ({ student }) => {
  const nginx = await student.deploys('02.1')
  await expect(nginx).toSettleOn({ replicas: 3, port: 80, ownVm: true }, within.update)
})

item('02.2 the browser opens what DNS gives first', async ({ student }) => {
  const nginx = await student.standing('02.1')
  await expect(nginx).toServe({ replicas: 3, port: 80 })
})

item('02.3 with two VMs off, as many replicas as VMs are left', async ({ cluster, student }) => {
  const nginx = await student.standing('02.1', { deploymentDone: true })
  const home = await nginx.vms()
  const [first = '', second = ''] = await cluster.soonestMissed(home)
  const lost = await nginx.allocationsOn(first, second)

  await cluster.stop(first, second)

  // A VM that turned unfit gets no replica, and keeps the one that it has.
  const standing = home.filter((vm) => vm !== first && vm !== second)
  const left = Math.min(nginx.count, new Set([...cluster.clientsUp(nginx), ...standing]).size)
  const onPort80 = { port: 80, ownVm: true, deploymentDone: true, asFits: true }
  if (left !== 1)
    cluster.note(`${left} replicas are left: the sheet's "only one" means three clients`)
  await expect(nginx).toSettleOn(
    { ...onPort80, replicas: left, heldBack: left < nginx.count, avoiding: [first, second] },
    within.reschedule,
  )

  // Without this a scheduler that is dead would pass.
  if (left === nginx.count)
    return expect(nginx).toHaveReplaced({ ...onPort80, replicas: left, replacing: lost })
  await cluster.start(first)
  await expect(nginx).toGrowTo({
    ...onPort80,
    replicas: left + 1,
    returning: first,
    heldBack: left + 1 < nginx.count,
  })
})
