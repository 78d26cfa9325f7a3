import { expect, item, within } from '../helpers/item.ts'

item('03.1 nginx is purged, one apache is deployed', async ({ student }) => {
  const apache = await student.deploys('03.1')
  await expect(apache).toSettleOn({ replicas: 1 }, within.startup)
})

item('03.2 the agents of the VMs say where apache is', async ({ student }) => {
  const apache = await student.registered('03.1')
  await expect(apache).toBeListedByItsAgents()
})

item('03.3 any agent lists the services of the datacenter', async ({ student }) => {
  const apache = await student.registered('03.1')
  await expect(apache).toBeInEveryCatalog()
})

item('03.4 the catalog says where apache is', async ({ student }) => {
  const apache = await student.registered('03.1')
  await expect(apache).toBeWhereTheCatalogSays()
})
