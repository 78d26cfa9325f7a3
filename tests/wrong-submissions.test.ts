import { expect, test } from 'vitest'
import { grade, lastState, mistake, tempFolder, verdictsOf, withStage } from './harness.ts'

const nginx1 = '01.1-nginx.nomad'
const nginx3 = '01.3-nginx.nomad'
const apache = '03.1-apache.nomad'

/**
 * The reference with one stage replaced by an entry of recordings/mistakes: what is lost, the word
 * that the sentence must have, and the line of the file it must name.
 */
const table: {
  name: string
  stage: string
  lost: Record<string, string>
  says: RegExp
  line: number
}[] = [
  {
    name: 'no-service',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /registers no service/,
    line: 13,
  },
  {
    name: 'service-other-name',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /the service web, not nginx/,
    line: 24,
  },
  {
    name: 'docker-ports-missing',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /does not answer/,
    line: 16,
  },
  {
    name: 'network-to-8080',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /does not answer/,
    line: 9,
  },
  {
    name: 'count-2',
    stage: nginx3,
    lost: { '01.3': 'failed' },
    says: /asks for 2 replica\(s\) where 3/,
    line: 5,
  },
  {
    name: 'datacenter-dc2',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /datacenter .*dc2/,
    line: 2,
  },
  {
    name: 'memory-too-large',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /memory/,
    line: 31,
  },
  {
    name: 'constraint-unknown-node',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /constraint/,
    line: 3,
  },
  {
    name: 'provider-nomad',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /registered in Nomad, not in Consul/,
    line: 26,
  },
  {
    name: 'syntax-error',
    stage: nginx1,
    lost: { '01.1': 'failed', '01.2': 'blocked' },
    says: /does not parse/,
    line: 7,
  },
  {
    name: 'image-httpd',
    stage: apache,
    lost: { '03.1': 'failed', '03.2': 'blocked', '03.3': 'blocked', '03.4': 'blocked' },
    says: /nginx, not apache/,
    line: 24,
  },
]

for (const { name, stage, lost, says, line } of table) {
  test(`${name} as ${stage} loses ${Object.keys(lost).join(', ')} and nothing else`, async () => {
    using folder = tempFolder()
    const result = await grade(withStage(folder.path, stage, mistake(name)))
    expect(verdictsOf(result)).toEqual(lost)
    const [first = ''] = Object.keys(lost)
    const item = result.items.find((i) => i.id === first)
    expect(item?.sentence).toMatch(says)
    expect({ file: item?.file, line: item?.line }).toEqual({ file: stage, line })
    expect(item?.hint).not.toBe('')
    expect(result.exitCode).toBe(1)
  })
}

test('a scheduler that is switched off makes 02.3 inconclusive, never passed', async () => {
  const result = await grade(lastState, {
    disturb: (item, world) => {
      world.faults.schedulerDead = item === '02.3'
    },
  })
  expect(result.items.find((i) => i.id === '02.3')).toMatchObject({
    verdict: 'inconclusive',
    points: 0,
  })
  expect(result.exitCode).toBe(2)
})
