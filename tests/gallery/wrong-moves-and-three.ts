import {
  address,
  all,
  cache,
  check,
  count,
  crashing,
  cut,
  inGroup,
  inJob,
  labelWeb,
  noPorts,
  pin,
  privileged,
} from './edits.ts'
import { type Entry, lost } from './entry.ts'

const three = '..F ... ....'

/** What only shows when its VM stops. */
export const whenItMoves: Entry[] = [
  {
    ...lost(
      'pinned to one VM',
      '01.1',
      inJob(pin('', 'box-5')),
      '.F. ... ....',
      'moved',
      'A constraint of the job matches no client that is left: … = box-5 (01.1-nginx.nomad, line 4).',
    ),
    pinned: ['01.1', '01.2'],
  },
  lost(
    'the address of one VM written into the service',
    '01.1',
    all(inGroup(pin('', 'box-5').replace('constraint', 'affinity')), address),
    '.F. ... ....',
    'consul',
    'The job registers 192.168.56.105:… in Consul for box-…: not where the replica is (01.1-nginx.nomad, line 28).',
  ),
  {
    ...lost(
      'a second group that needs every VM',
      '01.1',
      cache(3),
      '.F. ... ....',
      'replicas',
      'Group cache finds no VM whose port is free: network: reserved port collision cache=8080 (01.1-nginx.nomad).',
    ),
    // With more VMs it has enough of them.
    lab: { clients: 3 },
  },
]

export const inTheThird: Entry[] = [
  lost(
    'a brace too few',
    '01.3',
    cut(/\n\}\n$/),
    three,
    'parses',
    'The job file does not parse: the block that begins here is never closed (01.3-nginx.nomad, line 1).',
  ),
  lost(
    'privileged',
    '01.3',
    privileged,
    three,
    'allowed',
    'The job may not run on this cluster: The task "nginx" runs privileged, which is not allowed (01.3-nginx.nomad, line 20).',
  ),
  lost(
    'a label that no port has',
    '01.3',
    labelWeb,
    three,
    'registers',
    'Nomad does not accept the job: its service names the port "web", which network has not (01.3-nginx.nomad, line 24).',
  ),
  lost(
    'count forgotten',
    '01.3',
    cut(/ *count.*\n/),
    three,
    'replicas',
    'The job asks for 1 replica, and this item wants 3 (01.3-nginx.nomad, line 4).',
  ),
  lost(
    'four',
    '01.3',
    count(4),
    three,
    'replicas',
    'The job asks for 4 replicas, and this item wants 3 (01.3-nginx.nomad, line 5).',
  ),
  {
    ...lost(
      'all on one VM',
      '01.3',
      inGroup(pin('', 'box-7')),
      three,
      'spread',
      'The job itself sends its replicas to one VM: … = box-7 (01.3-nginx.nomad, line 7).',
    ),
    pinned: ['01.3'],
  },
  lost(
    'an address of one VM',
    '01.3',
    address,
    three,
    'consul',
    'The job registers 192.168.56.105:… in Consul for box-…: not where the replica is (01.3-nginx.nomad, line 24).',
  ),
  lost(
    'ports missing',
    '01.3',
    noPorts,
    three,
    'answers',
    'The replica on box-… does not answer at … (ECONNREFUSED): the docker config does not publish it, ports = ["http"] is missing (01.3-nginx.nomad, line 16).',
  ),
  {
    ...lost(
      'a container that ends again and again',
      '01.3',
      crashing,
      three,
      'stays',
      'The container of task logger on box-… ends again and again: Exit Code: 0 (01.3-nginx.nomad, line 16).',
    ),
    maxWaitMs: 60_000,
  },
  lost(
    'a failing check',
    '01.3',
    check('/salut'),
    three,
    'consul',
    "Consul's check of the service on box-… is critical (01.3-nginx.nomad, line 26).",
  ),
]
