import type { Rubric } from '../helpers/grade/rubric.ts'

/**
 * The ten items of the exercise sheet: marks, what each builds on, and its criteria in the order in
 * which they are looked at. `by` says who can refute a criterion: the submission, or only the
 * cluster (then it is never a lost mark); tests/gallery holds an example of each. What each criterion
 * means is helpers/grade/criteria.ts.
 */
const file = [
  { id: 'parses', title: 'the job file parses', by: 'submission' },
  { id: 'allowed', title: 'policy allows the job', by: 'submission' },
  { id: 'registers', title: 'Nomad registers the job', by: 'submission' },
] as const

const image = { id: 'image', title: 'its image is the one of the sheet', by: 'submission' } as const
const replicas = {
  id: 'replicas',
  title: 'it settles on the replicas asked for',
  by: 'submission',
} as const
const consul = {
  id: 'consul',
  title: 'Consul lists exactly these replicas',
  by: 'submission',
} as const
const answers = {
  id: 'answers',
  title: 'each replica answers over HTTP',
  by: 'submission',
} as const
const dns = { id: 'dns', title: 'DNS gives exactly their addresses', by: 'cluster' } as const
const stays = { id: 'stays', title: 'it stays so', by: 'submission' } as const
const stopped = { id: 'stopped', title: 'the stop was effective', by: 'cluster' } as const
const port = { id: 'port', title: 'every replica is at port 80', by: 'submission' } as const
/** Nomad gives port 80 of a VM once: with `port` proved, no job can put two replicas on one VM. */
const ownVm = {
  id: 'own-vm',
  title: 'each replica is on a VM of its own',
  by: 'cluster',
} as const

/**
 * In an item that disturbs a job which already passed: the same containers, ports and checks were
 * proved there, so that what is otherwise now is the cluster's.
 */
const stillAnswers = { ...answers, by: 'cluster' } as const
const stillStays = { ...stays, by: 'cluster' } as const
const stillConsul = { ...consul, by: 'cluster' } as const
const stillPort = { ...port, by: 'cluster' } as const

export const rubric = {
  version: '2026-11',
  items: {
    '01.1': {
      title: 'deploy one nginx',
      marks: 1,
      criteria: [...file, image, replicas, consul, answers, dns, stays],
    },
    '01.2': {
      title: 'when its VM stops, nginx reappears on another VM',
      marks: 1,
      buildsOn: { item: '01.1', needs: 'passed' },
      criteria: [
        stopped,
        { id: 'moved', title: 'its replacement runs on another VM', by: 'submission' },
        replicas,
        // An address written into the service is right on one VM only.
        consul,
        stillAnswers,
        dns,
        stillStays,
      ],
    },
    '01.3': {
      title: 'three replicas of nginx',
      marks: 1,
      criteria: [
        ...file,
        replicas,
        { id: 'spread', title: 'the job does not force them onto one VM', by: 'submission' },
        consul,
        answers,
        dns,
        stays,
      ],
    },
    '02.1': {
      title: 'three replicas at the static port 80',
      marks: 1,
      criteria: [...file, replicas, port, ownVm, consul, answers, stays],
    },
    '02.2': {
      title: 'the browser opens what DNS gives first',
      marks: 1,
      buildsOn: { item: '02.1', needs: 'passed' },
      criteria: [{ id: 'serves', title: 'every address serves the page', by: 'submission' }],
    },
    '02.3': {
      title: 'with two VMs off, as many replicas as VMs are left',
      marks: 1,
      buildsOn: { item: '02.1', needs: 'passed' },
      criteria: [
        stopped,
        replicas,
        stillPort,
        ownVm,
        stillConsul,
        stillAnswers,
        // Three at port 80 leave Nomad no other reason; a job that forbids to replace what is lost
        // (Nomad 1.7 and later) queues nothing, which is seen before this.
        {
          id: 'held-back',
          title: 'Nomad holds the rest back because of the port',
          by: 'cluster',
        },
        stillStays,
        { id: 'control', title: 'a VM that returns gets one more replica', by: 'cluster' },
      ],
    },
    '03.1': {
      title: 'nginx is purged, one apache is deployed',
      marks: 1,
      criteria: [...file, image, replicas, consul, answers, stays],
    },
    '03.2': {
      title: 'the agents of the VMs say where apache is',
      marks: 1,
      buildsOn: { item: '03.1', needs: 'registered' },
      criteria: [
        { id: 'agents', title: 'exactly the agents of its VMs list apache', by: 'cluster' },
      ],
    },
    '03.3': {
      title: 'any agent lists the services of the datacenter',
      marks: 1,
      buildsOn: { item: '03.1', needs: 'registered' },
      criteria: [{ id: 'catalog', title: 'every agent gives the same services', by: 'submission' }],
    },
    '03.4': {
      title: 'the catalog says where apache is',
      marks: 1,
      buildsOn: { item: '03.1', needs: 'registered' },
      criteria: [
        { id: 'entries', title: 'the entries equal the replicas one for one', by: 'submission' },
      ],
    },
  },
  /** Beside the ten, and in no mark (docs/result-json.md). What 00 asks, only a cluster can refute. */
  bonus: {
    '00.1': {
      title: 'consul members shows the server and every VM',
      marks: 1,
      criteria: [{ id: 'members', title: 'all members are alive, as on the sheet', by: 'cluster' }],
    },
    '00.2': {
      title: 'a value is kept in KV',
      marks: 1,
      criteria: [
        { id: 'key-written', title: 'the value is written', by: 'cluster' },
        { id: 'key-read', title: 'every agent reads it', by: 'cluster' },
        { id: 'key-back', title: 'what was there before is put back', by: 'cluster' },
      ],
    },
    '00.3': {
      title: 'DNS finds the servers of Consul',
      marks: 1,
      criteria: [{ id: 'consul-dns', title: 'DNS gives exactly the servers', by: 'cluster' }],
    },
    '00.4': {
      title: "Consul's page opens in the browser",
      marks: 1,
      criteria: [{ id: 'ui', title: 'the page is served', by: 'cluster' }],
    },
    '04.1': {
      title: 'countdash runs in the mesh',
      marks: 1,
      stage: { services: ['count-dashboard', 'count-api'] },
      criteria: [
        { id: 'available', title: 'this cluster has what a mesh needs', by: 'cluster' },
        ...file,
        replicas,
        { id: 'mesh', title: 'four services of Consul, all passing', by: 'submission' },
        stays,
      ],
    },
    '04.2': {
      title: 'the dashboard counts through the mesh',
      marks: 1,
      buildsOn: { item: '04.1', needs: 'passed' },
      criteria: [{ id: 'counts', title: 'the dashboard reaches its API', by: 'cluster' }],
    },
    '04.3': {
      title: 'an intention cuts it, and its end heals it',
      marks: 1,
      buildsOn: { item: '04.2', needs: 'passed' },
      criteria: [
        { id: 'cut', title: 'denied, the dashboard reaches nothing', by: 'cluster' },
        { id: 'healed', title: 'without the intention it counts again', by: 'cluster' },
        { id: 'intention-back', title: 'the intention is as it was', by: 'cluster' },
      ],
    },
  },
} as const satisfies Rubric

export type ItemId = keyof typeof rubric.items | keyof typeof rubric.bonus
