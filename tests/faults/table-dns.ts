import type { DnsAsked, DnsFault, World } from '../../lab/contract.ts'
import { everyItem, type Fault } from './fault.ts'
import { forSeconds } from './when.ts'

const outwaited = { 3: everyItem, 4: everyItem }
/** A question about nginx or apache, not about the cluster's own services. */
const ofStudent = ({ name }: DnsAsked) => !name.startsWith('consul.')

const dns =
  (
    items: RegExp,
    fault: (asked: DnsAsked, world: World) => DnsFault | undefined,
    { seconds = Number.POSITIVE_INFINITY, limit = Number.POSITIVE_INFINITY } = {},
  ): NonNullable<Fault['put']> =>
  () =>
  (world, item) => {
    const holds = forSeconds(world, seconds)
    let left = limit
    world.faults.dns = (asked) => {
      if (!items.test(item) || !ofStudent(asked) || !holds() || left <= 0) return undefined
      const what = fault(asked, world)
      if (what !== undefined) left--
      return what
    }
  }

const always = (fault: DnsFault) => () => fault

/** Consul's DNS. */
export const dnsFaults: Fault[] = (
  [
    {
      name: 'DNS cuts every answer over UDP (TC)',
      put: dns(/./, ({ over }) => (over === 'udp' ? 'truncated' : undefined)),
    },
    {
      name: 'DNS answers SERVFAIL for 20 s in each item',
      put: dns(/./, always('servfail'), { seconds: 20 }),
    },
    {
      variant: true,
      name: 'DNS answers REFUSED for 20 s in each item',
      put: dns(/./, always('refused'), { seconds: 20 }),
    },
    {
      name: 'DNS answers SERVFAIL as long as 01.3 is graded',
      put: dns(/01.3/, always('servfail')),
      rows: { 3: '..? ... ....', 4: '..? ... ....' },
      says: /DNS/,
      why: { '01.3': 'DNS gives no answer to judge' },
      asked: ['01.3', '02.1'],
    },
    {
      variant: true,
      name: 'DNS answers REFUSED as long as 01.3 is graded',
      put: dns(/01.3/, always('refused')),
      rows: { 3: '..? ... ....', 4: '..? ... ....' },
      says: /DNS/,
      why: { '01.3': 'DNS gives no answer to judge' },
      asked: ['01.3', '02.1'],
    },
    {
      variant: true,
      name: 'DNS takes a second and a half for some answers',
      put: dns(/01.1|01.3/, always({ slowMs: 1500 }), { limit: 2 }),
      hangs: true,
      asked: ['01.1', '01.3'],
    },
    {
      name: 'DNS over UDP stays silent once',
      put: dns(/01.3/, ({ over }) => (over === 'udp' ? 'silent' : undefined), { limit: 2 }),
      hangs: true,
      asked: ['01.3', '02.1'],
    },
    {
      variant: true,
      name: 'DNS stays silent over UDP and TCP once',
      put: dns(/01.3/, always('silent'), { limit: 3 }),
      hangs: true,
      asked: ['01.3', '02.1'],
    },
    {
      variant: true,
      name: 'DNS answers five questions of each item with what is no answer',
      put: dns(/01.1/, always('garbage'), { limit: 3 }),
      hangs: true,
      asked: ['01.1', '01.3'],
    },
    {
      name: 'DNS gives the old address for 15 s more',
      put: () => (world, item) => {
        const { ip } = world.vms.get('box-5') as { ip: string }
        const holds = forSeconds(world, 15)
        world.faults.dns = (asked) =>
          item >= '01.3' && ofStudent(asked) && holds() ? { addresses: [ip] } : undefined
      },
    },
    {
      name: 'DNS gives an address that nobody has, as long as 01.1 is graded',
      put: dns(/01.1/, always({ addresses: ['192.168.56.77'] })),
      rows: { 3: '??. ... ....', 4: '??. ... ....' },
      says: /resolved to 192\.168\.56\.77/,
      why: {
        '01.1': 'DNS contradicts the catalog that it is made of',
        '01.2': 'it builds on 01.1',
      },
      asked: ['01.1', '01.2', '01.3'],
    },
  ] as (Omit<Fault, 'kind' | 'rows'> & Partial<Fault>)[]
).map((fault) => ({ rows: outwaited, kind: 'dns', ...fault }))
