import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentService, World } from '../../lab/contract.ts'
import type { Edit } from '../gallery/edits.ts'
import { all, andTask, count, cut, inGroup, inJob, pin, put } from '../gallery/edits.ts'
import { grade, reference, tempFolder } from '../harness.ts'

/**
 * A student who also has hands on the cluster while the work is graded: by a container of the job, by
 * a shell, by another job. Nothing of it passes; and it costs nobody a mark whose work is right.
 */
interface Cheat {
  name: string
  /** Stage file → its change. None: the sheet's own. */
  files?: Record<string, Edit>
  asked: string[]
  /** Before `item` is graded. */
  act?: (world: World, item: string) => void
  /** Item → verdict. */
  verdicts: Record<string, string>
  says: RegExp
}

const one = '01.1-nginx.nomad'
const apache = '03.1-apache.nomad'
const sheet = (file: string) => readFileSync(join(reference, file), 'utf8')

/** As `curl -X PUT …/v1/agent/service/register` on a VM. */
function byHand(world: World, name: string, box: string, id = `${name}-by-hand`): void {
  const vm = world.vms.get(box)
  const service: AgentService = {
    id,
    name,
    tags: [],
    address: vm?.ip ?? '',
    port: 80,
    meta: {},
    checks: [],
  }
  world.others.registerService(box, service)
}

/** As `nomad job run`, some cluster seconds after now. */
function later(world: World, ms: number, job: string): void {
  world.after(ms, () => void world.others.runJob(job))
}

/** As `nomad job run` when the first VM stops. */
function whenOneStops(world: World, job: string): void {
  let done = false
  for (const vm of world.vms.values()) {
    const act = () => {
      if (done) return
      done = true
      later(world, 8_000, job)
    }
    vm.on('shutdown', act)
    vm.on('cut', act)
  }
}

const serviceNamed = (name: string) => put(/name {5}= "\w+"/, `name     = "${name}"`)
const jobCalled = (name: string) => put(/job "\w+"/, `job "${name}"`)
const anAllocation = '11111111-2222-3333-4444-555555555555'
const pinned = inJob(pin('', 'box-5'))

const table: Cheat[] = [
  {
    name: 'the job registers "web", and nginx is registered by hand',
    files: { [one]: serviceNamed('web') },
    asked: ['01.1'],
    act: (world) => world.after(500, () => byHand(world, 'nginx', 'box-5')),
    verdicts: { '01.1': 'failed' },
    says: /registers the service web, not nginx/,
  },
  {
    name: 'nginx is registered by hand under the id that Nomad gives',
    files: { [one]: serviceNamed('web') },
    asked: ['01.1'],
    act: (world) => byHand(world, 'nginx', 'box-5', `_nomad-task-${anAllocation}-nginx-nginx-http`),
    verdicts: { '01.1': 'failed' },
    says: /registers the service web, not nginx/,
  },
  {
    name: 'one replica by the job, two more by hand',
    files: { '01.3-nginx.nomad': count(1) },
    asked: ['01.3'],
    act: (world) =>
      world.after(2_000, () => {
        byHand(world, 'nginx', 'box-7')
        byHand(world, 'nginx', 'box-8')
      }),
    verdicts: { '01.3': 'failed' },
    says: /asks for 1 replica, and this item wants 3/,
  },
  {
    name: 'apache by hand, in nobody’s job',
    files: { [apache]: cut(/ *service \{[\s\S]*?\n {6}\}\n/) },
    asked: ['03.1', '03.2', '03.3', '03.4'],
    act: (world) => byHand(world, 'apache', 'box-5'),
    verdicts: { '03.1': 'failed', '03.2': 'blocked', '03.3': 'blocked', '03.4': 'blocked' },
    says: /registers no service/,
  },
  {
    name: 'apache registered by nginx’s job, not by apache’s',
    files: {
      [apache]: cut(/ *service \{[\s\S]*?\n {6}\}\n/),
      '02.1-nginx.nomad': put(
        /( *)resources/,
        '      service {\n        name = "apache"\n        port = "http"\n      }\n\n      resources',
      ),
    },
    asked: ['02.1', '03.1', '03.2', '03.3', '03.4'],
    verdicts: {
      '02.1': 'passed',
      '03.1': 'failed',
      '03.2': 'blocked',
      '03.3': 'blocked',
      '03.4': 'blocked',
    },
    says: /registers no service/,
  },
  {
    name: 'replicas of another job stand in for those that are missing',
    files: { '01.3-nginx.nomad': count(2) },
    asked: ['01.3'],
    act: (world) => later(world, 300, jobCalled('helper')(sheet(one))),
    verdicts: { '01.3': 'failed' },
    says: /asks for 2 replicas, and this item wants 3/,
  },
  {
    name: 'another job registers nginx beside a right one: nobody’s mark',
    asked: ['01.1'],
    act: (world, item) => {
      if (item === '01.1') later(world, 300, jobCalled('helper')(sheet(one)))
    },
    verdicts: { '01.1': 'inconclusive' },
    says: /helper|not of this job|nobody|somebody|another/i,
  },
  {
    name: 'pinned to one VM; when it stops, another job takes its place',
    files: { [one]: pinned },
    asked: ['01.1', '01.2'],
    act: (world, item) => {
      if (item === '01.2') whenOneStops(world, jobCalled('helper')(sheet(one)))
    },
    verdicts: { '01.1': 'passed', '01.2': 'failed' },
    says: /constraint of the job matches no client/,
  },
  {
    name: 'pinned to one VM; when it stops, the same job is run again without the pin',
    files: { [one]: pinned },
    asked: ['01.1', '01.2'],
    act: (world, item) => {
      if (item === '01.2') whenOneStops(world, sheet(one))
    },
    verdicts: { '01.1': 'passed', '01.2': 'failed' },
    says: /constraint of the job matches no client/,
  },
  {
    name: 'two in the file; somebody runs the same job with three',
    files: { '01.3-nginx.nomad': count(2) },
    asked: ['01.3'],
    act: (world) => later(world, 500, sheet('01.3-nginx.nomad')),
    verdicts: { '01.3': 'failed' },
    says: /asks for 2 replicas/,
  },
  {
    name: 'a dynamic port in the file; somebody runs the same job with port 80',
    files: { '02.1-nginx.nomad': cut(/ *static = 80\n/) },
    asked: ['02.1', '02.2'],
    act: (world, item) => {
      if (item === '02.1') later(world, 500, sheet('02.1-nginx.nomad'))
    },
    verdicts: { '02.1': 'failed', '02.2': 'blocked' },
    says: /port/,
  },
  {
    name: 'a service at the address of the server',
    files: {
      [one]: put(/provider = "consul"/, 'provider = "consul"\n address = "192.168.56.103"'),
    },
    asked: ['01.1', '01.2'],
    verdicts: { '01.1': 'failed', '01.2': 'blocked' },
    says: /registers 192\.168\.56\.103/,
  },
  {
    name: 'a service at an address outside',
    files: { [one]: put(/provider = "consul"/, 'provider = "consul"\n address = "198.51.100.7"') },
    asked: ['01.1', '01.2'],
    verdicts: { '01.1': 'failed', '01.2': 'blocked' },
    says: /registers 198\.51\.100\.7/,
  },
  {
    name: 'an idle task of the right image beside the one that serves',
    files: {
      [one]: all(
        put('nginx:1.22.1', 'httpd:2.4.55'),
        andTask(
          '    task "idle" {\n      driver = "docker"\n      config {\n        image = "nginx:1.22.1"\n      }\n    }',
        ),
      ),
    },
    asked: ['01.1', '01.2'],
    verdicts: { '01.1': 'failed', '01.2': 'blocked' },
    says: /image is httpd/,
  },
  {
    name: 'two groups, one pinned to each of two VMs, to look like one that moves',
    files: {
      [one]: all(
        inGroup(pin('', 'box-5')),
        put(
          /\n\}\n$/,
          `${sheet(one)
            .match(/\n {2}group[\s\S]*\n {2}\}\n/)![0]
            .replace('"nginx"', '"again"')}}\n`,
        ),
      ),
    },
    asked: ['01.1', '01.2'],
    verdicts: { '01.1': 'failed', '01.2': 'blocked' },
    says: /asks for 2 replicas, and this item wants 1/,
  },
]

for (const { name, files = {}, asked, act, verdicts, says } of table) {
  test(name, async () => {
    using folder = tempFolder()
    cpSync(reference, folder.path, { recursive: true })
    for (const [file, edit] of Object.entries(files)) {
      writeFileSync(join(folder.path, file), edit(sheet(file)))
    }
    const result = await grade(folder.path, {
      seed: 2,
      asked,
      maxWaitMs: 4 * 60_000,
      disturb: (item, world) => act?.(world, item),
    })
    expect(Object.fromEntries(result.items.map((i) => [i.id, i.verdict]))).toEqual(verdicts)
    const said = result.items.filter((i) => i.verdict !== 'passed').map((i) => i.sentence)
    expect(said.join('\n')).toMatch(says)
  })
}
