import { cut } from '../gallery/edits.ts'
import type { Entry } from '../gallery/entry.ts'
import { lost } from '../gallery/entry.ts'
import type { Hands } from './hands.ts'

/** Something that goes wrong with a real cluster of three clients while it is graded. */
export interface RealFault {
  name: string
  items: string
  /** Four, if not three. */
  clients?: number
  /** What is handed in, if not the sheet's own files. */
  entry?: Entry
  /** What the run finds when it begins. */
  before?(hands: Hands): Promise<void>
  act(hands: Hands): Promise<void>
  /** As in tests/faults: `.` passed or not asked for, `?` inconclusive. */
  verdicts: string
  /** The verdicts and what is not passed, with its sentence. */
  says?: RegExp
}

const settling = (item: string) => new RegExp(`^${item} +… nginx settles`, 'm')
const stopping = /box-(\d+): stopping/

/** Freezes a program of a VM: it answers nobody, and its connections stay open. */
const freeze = async (hands: Hands, n: number, program: 'nomad' | 'consul', seconds?: number) => {
  const send = (signal: string) => hands.inVm(n, `kill -${signal} $(cat /run/box/${program}.pid)`)
  await send('STOP')
  if (seconds === undefined) return
  await hands.sleep(seconds)
  await send('CONT')
}

/** What the VM finds on its disk when it boots again is changed as it is told to stop. */
const onReturn = (line: string) => async (hands: Hands) => {
  const [, n] = await hands.said(stopping)
  await hands.inVm(Number(n), line)
}

const nodeOf = async (hands: Hands, name: string) => {
  const nodes = (await hands.nomad('GET', '/v1/nodes')) as { ID: string; Name: string }[]
  return nodes.find((node) => node.Name === name)?.ID ?? name
}

const makeEligible = async (hands: Hands, name: string, eligible: boolean) => {
  const Eligibility = eligible ? 'eligible' : 'ineligible'
  await hands.nomad('POST', `/v1/node/${await nodeOf(hands, name)}/eligibility`, { Eligibility })
}

/** The student's job with a word more, as a second process that has the same file would. */
const registerAnew = async (hands: Hands) => {
  const job = (await hands.nomad('GET', '/v1/job/nginx')) as object
  await hands.nomad('PUT', '/v1/jobs', { Job: { ...job, Meta: { by: 'somebody' } } })
}

const byHand = { Name: 'nginx', ID: 'mine', Address: '192.168.56.107', Port: 8080 }
const somebodys = /Somebody else's nginx/

/**
 * Run on Nomad 2.0.5 with Consul 1.21.4 (2026-11-25), all as stated, but four: without its images, 25 s to
 * shut down, Nomad's server hung for good, an nginx by hand while 01.3 is graded. What these state comes
 * from tests/faults. None was run on 1.4.4.
 */
export const realFaults: RealFault[] = [
  {
    name: 'a service registered by hand, of a job that registers none',
    items: '01.1,01.2',
    entry: lost('no service', '01.1', cut(/\n {6}service \{[^}]*\}\n/), '', '', ''),
    async act(hands) {
      await hands.said(settling('01.1'))
      await hands.consul(7, 'PUT', '/v1/agent/service/register', byHand)
    },
    verdicts: 'FB. ... ....',
  },
  {
    name: 'the VM of 01.2 comes back without Docker',
    items: '01',
    act: onReturn('echo "{" >/run/box/docker.json'),
    verdicts: '..? ... ....',
    says: /01\.3: .*(Only 2 clients are fit|box-\d)/,
  },
  {
    name: 'the VM of 01.2 comes back without its images, and the registry is out of reach',
    items: '01',
    act: onReturn(
      'echo "{\\"Repositories\\":{}}" >/run/box/docker/image/overlay2/repositories.json',
    ),
    verdicts: '..? ... ....',
    says: /01\.3: .*(pull|download)/,
  },
  {
    name: 'each VM needs 25 s to shut down',
    items: '01.1,01.2',
    async act(hands) {
      const line =
        '2i case "$*" in *poweroff*) (sleep 25; kill -TERM 1) >/dev/null 2>&1 & exit 0 ;; esac'
      for (const n of [5, 7, 8]) await hands.inVm(n, `sed -i '${line}' /run/box/bin/systemctl`)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'somebody makes a client ineligible for 20 s as 01.2 ends',
    items: '01',
    async act(hands) {
      await hands.said(/^01\.2 +✓/m)
      await makeEligible(hands, 'box-8', false)
      await hands.sleep(20)
      await makeEligible(hands, 'box-8', true)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'somebody drains a VM when 02.1 has passed',
    items: '02',
    async act(hands) {
      await hands.said(/^02\.1 +✓/m)
      const path = `/v1/node/${await nodeOf(hands, 'box-8')}/drain`
      await hands.nomad('POST', path, { DrainSpec: { Deadline: 3_600_000_000_000 } })
    },
    // 02.2 is over within a second, before the drain has done anything.
    verdicts: '... ..? ....',
    says: /02\.3: Only 2 clients are fit/,
  },
  {
    name: "Consul's server hangs for 20 s while 01.3 is graded",
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await freeze(hands, 1, 'consul', 20)
    },
    verdicts: '... ... ....',
  },
  {
    name: "Consul's server hangs from 01.3 on",
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await freeze(hands, 1, 'consul')
    },
    verdicts: '..? ... ....',
  },
  {
    name: "Nomad's server hangs for 20 s while 01.3 is graded",
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await freeze(hands, 1, 'nomad', 20)
    },
    verdicts: '... ... ....',
  },
  {
    name: "Nomad's server hangs from 01.3 on",
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await freeze(hands, 1, 'nomad')
    },
    verdicts: '..? ... ....',
  },
  {
    name: 'somebody registers an nginx by hand while 01.3 is graded',
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await hands.consul(7, 'PUT', '/v1/agent/service/register', byHand)
    },
    verdicts: '..? ... ....',
    says: somebodys,
  },
  {
    name: "somebody's job registers an nginx while 01.3 is graded",
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await hands.nomad('PUT', '/v1/jobs', { Job: web })
    },
    verdicts: '..? ... ....',
    says: somebodys,
  },
  {
    name: 'somebody registers the job anew, once, while 01.3 is graded',
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await hands.sleep(3)
      await registerAnew(hands)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'a VM that Nomad did not know joins while 01.3 is graded',
    items: '01.1,01.3',
    clients: 4,
    async before(hands) {
      const id = await nodeOf(hands, 'box-6')
      await hands.inVm(6, 'rm -f /run/box/nomad/client/client-id')
      await hands.vm(6, 'stop')
      for (let looks = 0; looks < 60; looks++) {
        const { Status } = (await hands.nomad('GET', `/v1/node/${id}`)) as { Status: string }
        if (Status === 'down') break
        await hands.sleep(1)
      }
      await hands.nomad('PUT', `/v1/node/${id}/purge`)
    },
    async act(hands) {
      await hands.said(settling('01.3'))
      await hands.vm(6, 'start')
    },
    verdicts: '... ... ....',
  },
]

/** Another job, of somebody, under the service's name. */
const web = {
  ID: 'web',
  Name: 'web',
  Type: 'service',
  Datacenters: ['dc1'],
  TaskGroups: [
    {
      Name: 'web',
      Networks: [{ DynamicPorts: [{ Label: 'http', To: 80 }] }],
      Tasks: [
        {
          Name: 'web',
          Driver: 'docker',
          Config: { image: 'nginx:1.22.1', ports: ['http'] },
          Services: [{ Name: 'nginx', PortLabel: 'http', Provider: 'consul' }],
          Resources: { CPU: 50, MemoryMB: 32 },
        },
      ],
    },
  ],
}
