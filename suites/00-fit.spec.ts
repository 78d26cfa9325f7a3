import { item } from '../helpers/item.ts'

item('00.1 consul members shows the server and every VM', async ({ datacenter }) => {
  await datacenter.showsItsMembers()
})

item('00.2 a value is kept in KV', async ({ datacenter }) => {
  await datacenter.keeps('consul/configuration/db_port', '5432')
})

item('00.3 DNS finds the servers of Consul', async ({ datacenter }) => {
  await datacenter.findsItsServers()
})

item("00.4 Consul's page opens in the browser", async ({ datacenter }) => {
  await datacenter.servesItsPage()
})
