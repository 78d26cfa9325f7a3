import { expect, item, within } from '../helpers/item.ts'

item('04.1 countdash runs in the mesh', async ({ mesh, student }) => {
  await mesh.isHere()
  const countdash = await student.deploys('04.1')
  await expect(countdash).toSettleOn({ replicas: 1 }, within.startup)
  await mesh.joins(countdash)
})

item('04.2 the dashboard counts through the mesh', async ({ mesh, student }) => {
  const countdash = await student.standing('04.1')
  await mesh.counts(countdash)
})

item('04.3 an intention cuts it, and its end heals it', async ({ mesh, student }) => {
  const countdash = await student.standing('04.1')
  await mesh.isCut(countdash)
  await mesh.isHealed(countdash)
})
