import { cut, inGroup, pin } from '../gallery/edits.ts'
import { lost } from '../gallery/entry.ts'
import {
  foreignJob,
  ineligible,
  makeEligible,
  nodeOf,
  passed,
  type RealFault,
  settling,
} from './fault.ts'
import type { Hands } from './hands.ts'

/** The student's job with a word more, as a second process that has the same file would. */
const registerAnew = async (hands: Hands, by = 'somebody') => {
  const job = (await hands.nomad('GET', '/v1/job/nginx')) as { JobModifyIndex: number }
  // Only in place of what was read: a job that was purged meanwhile stays purged.
  const only = { EnforceIndex: true, JobModifyIndex: job.JobModifyIndex }
  await hands.nomad('PUT', '/v1/jobs', { Job: { ...job, Meta: { by } }, ...only })
}

const byHand = { Name: 'nginx', ID: 'mine', Address: '192.168.56.107', Port: 8080 }
const ghost = {
  Name: 'nginx',
  ID: '_nomad-task-11111111-2222-3333-4444-555555555555-nginx-nginx-http',
  Address: '192.168.56.107',
  Port: 80,
}
const register = (hands: Hands, service: object) =>
  hands.consul(7, 'PUT', '/v1/agent/service/register', service)

/** A container that Nomad knows nothing of. */
const container = (hands: Hands, port: number) =>
  hands.inVm(7, `docker run -d -p ${port}:80 nginx:1.22.1`)

const somebodys = /Somebody else's nginx/

/** Other people on the cluster, and what a submission does to it. */
export const peopleFaults: RealFault[] = [
  {
    name: 'a service registered by hand, of a job that registers none',
    items: '01.1,01.2',
    entry: lost('no service', '01.1', cut(/\n {6}service \{[^}]*\}\n/), '', '', ''),
    async act(hands) {
      await hands.said(settling('01.1'))
      await register(hands, byHand)
    },
    verdicts: 'FB. ... ....',
  },
  {
    name: 'somebody makes a client ineligible for 20 s as 01.2 ends',
    items: '01',
    async act(hands) {
      await hands.said(passed('01.2'))
      await makeEligible(hands, 'box-8', false)
      await hands.sleep(20)
      await makeEligible(hands, 'box-8', true)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'somebody has made one of four clients ineligible',
    items: '03',
    clients: 4,
    before: (hands) => makeEligible(hands, 'box-8', false),
    // It is theirs: it stays so.
    after: ineligible('box-8'),
    verdicts: '... ... ....',
  },
  {
    name: 'somebody has made one of four clients ineligible, the only one that the apache may run on',
    items: '03',
    clients: 4,
    maxWait: 1,
    entry: lost('pinned to one VM', '03.1', inGroup(pin('', 'box-8')), '', '', ''),
    before: (hands) => makeEligible(hands, 'box-8', false),
    after: ineligible('box-8'),
    verdicts: '... ... ????',
    says: /03\.1: Nomad finds no place for a replica as long as box-8 takes none/,
  },
  {
    name: 'somebody has made one of three clients ineligible',
    items: '03',
    maxWait: 1,
    before: (hands) => makeEligible(hands, 'box-8', false),
    after: ineligible('box-8'),
    verdicts: '... ... ????',
    says: /Only 2 clients are fit/,
  },
  {
    name: 'somebody drains a VM when 02.1 has passed',
    items: '02',
    async act(hands) {
      await hands.said(passed('02.1'))
      const path = `/v1/node/${await nodeOf(hands, 'box-8')}/drain`
      await hands.nomad('POST', path, { DrainSpec: { Deadline: 3_600_000_000_000 } })
    },
    // 02.2 is over within a second, before the drain has done anything.
    verdicts: '... ..? ....',
    says: /02\.3: Only 2 clients are fit/,
  },
  {
    name: 'somebody registers an nginx by hand while 01.3 is graded',
    items: '01.3',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('01.3'))
      await register(hands, byHand)
    },
    verdicts: '..? ... ....',
    says: somebodys,
  },
  {
    name: "somebody's job registers an nginx while 01.3 is graded",
    items: '01.3',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('01.3'))
      await hands.nomad('PUT', '/v1/jobs', { Job: foreignJob('nginx') })
    },
    verdicts: '..? ... ....',
    says: somebodys,
  },
  {
    name: 'a ghost that looks like one of Nomad is registered as 02.1 begins',
    items: '02,03.1,03.3',
    async act(hands) {
      await hands.said(settling('02.1'))
      await register(hands, ghost)
    },
    // Nomad takes what it does not know out of Consul, half a minute later at the latest.
    verdicts: '... ... ....',
  },
  {
    name: 'somebody runs a container of nginx by hand, at a port of its own',
    items: '01.3,03',
    async act(hands) {
      await hands.said(settling('01.3'))
      await container(hands, 8080)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'somebody runs a container of nginx by hand at port 80, before 02.1',
    items: '01.3,02',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('01.3'))
      await container(hands, 80)
    },
    verdicts: '... ??? ....',
    says: /02\.1: .*outside Nomad holds the port on box-7/,
  },
  {
    name: "somebody's job takes port 80 of a VM before 02.1",
    items: '01.3,02',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('01.3'))
      await hands.nomad('PUT', '/v1/jobs', { Job: foreignJob('web', 80) })
    },
    verdicts: '... ??? ....',
  },
  {
    name: "somebody's job waits for port 80 from 02.1 on",
    items: '02',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('02.1'))
      await hands.nomad('PUT', '/v1/jobs', { Job: foreignJob('web', 80) })
    },
    // It gets the VM that 02.3 starts again for its control.
    verdicts: '... ..? ....',
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
    name: 'somebody registers the job anew every 2 s while 01.3 is graded',
    items: '01.3',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('01.3'))
      for (let time = 0; !hands.ended(); time++) {
        await registerAnew(hands, `somebody, ${time}`).catch(() => {})
        await hands.sleep(2)
      }
    },
    verdicts: '..? ... ....',
    says: /01\.3: .*(registered|somebody)/i,
  },
]
