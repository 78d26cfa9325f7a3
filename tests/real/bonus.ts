/**
 * node tests/real/bonus.ts --images A.tar,B.tar… [--submission DIR] [--suite FILE] [--own]
 *
 * Suites 00 and 04 (or a suite of one's own) on real Nomad, Consul, Docker and Envoy, in a local
 * cluster (Linux, root; nomad and consul from PATH, CNI plugins in /opt/cni/bin). The submission holds
 * the sheet's count.nomad. With --own, a key and intentions of somebody's own stand there before,
 * and must stand there afterwards, to the byte. Exit 1 where an item did not pass or something was
 * not put back.
 */
import { resolve } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { besideOf } from '../../bin/beside.ts'
import { clusterFileSchema } from '../../helpers/cluster/file.ts'
import { startLocal } from '../../helpers/cluster/local/start.ts'
import { connect } from '../../helpers/connect.ts'
import type { Consul } from '../../helpers/consul/client.ts'
import { grade, reference } from '../harness.ts'

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '' },
    submission: { type: 'string', default: reference },
    suite: { type: 'string' },
    own: { type: 'boolean', default: false },
  },
})
const { suite } = values
const key = 'consul/configuration/db_port'
const pair = { source: 'count-dashboard', destination: 'count-api' }
const other = { ...pair, source: 'web' }
const own = {
  key: { value: Buffer.from([0, 255, 13, 10]).toString('base64'), flags: 42 },
  intention: { Name: pair.source, Action: 'allow', Description: 'mine' },
}

const images = values.images.split(',').map((path) => resolve(path))
const local = await startLocal({ clients: 3, images, env: process.env })
const given = { file: clusterFileSchema.parse(local.file), clock: local.clock }
async function ask<T>(what: (consul: Consul) => Promise<T>): Promise<T> {
  const { consul, close } = connect(given.file, given.clock, 'local')
  return await what(consul).finally(close)
}
const standing = async (consul: Consul) => {
  const { index: _, ...entry } = (await consul.entry(key)) ?? { index: 0 }
  const intentions = [await consul.intention(pair), await consul.intention(other)]
  return { entry, intentions }
}

try {
  if (values.own)
    await ask(async (consul) => {
      await consul.putEntry(key, own.key, 0)
      await consul.deny(other, 'theirs')
      await consul.deny(pair, 'soon mine')
      await consul.putIntention(pair, own.intention)
    })
  const before = await ask(standing)
  const { bonus = [], cluster } = await grade(resolve(values.submission), {
    cluster: 'local',
    asked: [],
    beside: besideOf(suite === undefined ? { bonus: true } : { suite, items: '05' }).beside,
    given,
  })
  const after = await ask(standing)
  const same = isDeepStrictEqual(before, after)
  console.log(`Nomad ${cluster.nomad}, Consul ${cluster.consul}`)
  for (const { id, verdict, sentence, hint, seconds } of bonus)
    console.log(
      `${id} ${verdict} ${seconds} s${verdict === 'passed' ? '' : `: ${sentence} ${hint}`}`,
    )
  console.log(`before ${JSON.stringify(before)}\nafter  ${JSON.stringify(after)}`)
  const passed = bonus.length > 0 && bonus.every(({ verdict }) => verdict === 'passed')
  process.exitCode = passed && same ? 0 : 1
} finally {
  await local.close()
}
