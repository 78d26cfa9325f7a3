import type { HttpAsked } from '../../lab/contract.ts'
import { everyItem, type Fault } from './fault.ts'
import { forSeconds, http } from './when.ts'

const outwaited = { 3: everyItem, 4: everyItem }
const nomad = ({ who, waits }: HttpAsked) => who === 'nomad' && !waits
const consul = ({ who, waits }: HttpAsked) => who === 'consul' && !waits
const stream = ({ path }: HttpAsked) => path === 'event/stream'
const blocking = ({ who, waits }: HttpAsked) => who === 'consul' && waits
const allocations = ({ path }: HttpAsked) => path === 'job/nginx/allocations'
const health = ({ path, waits }: HttpAsked) => path === 'health/service/nginx' && !waits
const all = /./

/** Nomad's and Consul's HTTP. */
export const httpFaults: Fault[] = (
  [
    {
      name: 'Nomad takes two and a half seconds for some answers',
      put: http(/01.1|02.1/, { slowMs: 2500 }, allocations, { limit: 2 }),
      hangs: true,
      asked: ['01.1', '02.1'],
    },
    {
      variant: true,
      name: 'Consul takes two and a half seconds for some answers',
      put: http(/01.1|02.1/, { slowMs: 2500 }, health, { limit: 2 }),
      hangs: true,
      asked: ['01.1', '02.1'],
    },
    {
      name: 'Nomad does not answer a look at all',
      put: http(/01.3/, 'hang', allocations, { limit: 1 }),
      hangs: true,
      asked: ['01.3', '02.1'],
    },
    {
      variant: true,
      name: 'Consul does not answer a look at all',
      put: http(/01.3/, 'hang', health, { limit: 1 }),
      hangs: true,
      asked: ['01.3', '02.1'],
    },
    {
      name: "Nomad's server refuses connections for 20 s while 01.3 is graded",
      put: () => (world, item) => {
        const holds = item === '01.3' ? forSeconds(world, 20) : () => false
        world.faults.wire = ({ port, vm }) =>
          holds() && port === 4646 && vm === 'box-1' ? 'ECONNREFUSED' : undefined
      },
    },
    {
      name: "Nomad's server refuses connections from 02.1 on",
      put: () => (world, item) => {
        world.faults.wire = ({ port, vm }) =>
          item >= '02' && port === 4646 && vm === 'box-1' ? 'ECONNREFUSED' : undefined
      },
      rows: { 3: '... ??? ????', 4: '... ??? ????' },
      says: /:4646.* refused/,
      why: { '02.1 02.2 02.3 03.1 03.2 03.3 03.4': 'nothing can be registered or looked at' },
    },
    {
      name: 'Nomad answers 500 for 15 s in each item',
      put: http(all, '500', nomad, { seconds: 15 }),
    },
    {
      variant: true,
      name: 'Nomad answers 500 to every look at 01.3',
      put: http(/01.3/, '500', allocations),
      rows: { 3: '..? ... ....', 4: '..? ... ....' },
      says: /Nomad/,
      why: { '01.3': 'Nomad does not say what it placed' },
      asked: ['01.3', '02.1'],
    },
    {
      variant: true,
      name: 'Nomad answers 429 to ten questions of each item',
      put: http(all, '429', nomad, { limit: 10 }),
    },
    {
      name: 'Nomad answers five looks of each item with what is not JSON',
      put: http(all, 'garbage', allocations, { limit: 5 }),
    },
    {
      variant: true,
      name: "Nomad's answers end in their middle, five times in each item",
      put: http(all, 'half', allocations, { limit: 5 }),
    },
    {
      name: "Nomad's answer never ends, once in an item",
      put: http(/01.1|02.1/, 'endless', allocations, { limit: 1 }),
      asked: ['01.1', '02.1'],
    },
    {
      name: 'Nomad answers with what was true 4 s ago',
      put: http(all, { staleMs: 4000 }, nomad),
    },
    {
      name: 'Nomad shows for ever what was true when 01.3 began',
      put: () => (world, item) => {
        const began = world.now()
        world.faults.http = (asked) =>
          item === '01.3' && nomad(asked) && asked.path.startsWith('job/')
            ? { staleMs: world.now() - began + 1 }
            : undefined
      },
      asked: ['01.1', '01.3', '02.1'],
      rows: { 3: '..? ... ....', 4: '..? ... ....' },
      says: /heard from its leader/,
      maxWaitMs: 60_000,
      why: { '01.3': 'Nomad does not say what it placed, and owns up to that' },
    },
    {
      name: 'Consul answers with what was true 4 s ago',
      put: http(all, { staleMs: 4000 }, consul),
    },
    { name: "Nomad's event stream says nothing", put: http(all, 'never', stream) },
    { variant: true, name: "Nomad's event stream ends at once", put: http(all, 'closed', stream) },
    {
      name: "Nomad's event stream ends in its middle and replays",
      put: http(all, 'early', stream),
    },
    {
      variant: true,
      name: "Consul's blocking queries return at once",
      put: http(all, 'early', blocking),
    },
    { name: "Consul's blocking queries never return", put: http(all, 'never', blocking) },
    { variant: true, name: "Consul's index goes backwards", put: http(all, 'backwards', blocking) },
    {
      variant: true,
      name: 'Consul answers 500 for 15 s in each item',
      put: http(all, '500', consul, { seconds: 15 }),
    },
    {
      variant: true,
      name: 'Consul answers 429 to ten questions of each item',
      put: http(all, '429', consul, { limit: 10 }),
    },
    {
      variant: true,
      name: 'Consul answers five looks of each item with what is not JSON',
      put: http(all, 'garbage', health, { limit: 5 }),
    },
    {
      variant: true,
      name: "Consul's answers end in their middle, five times in each item",
      put: http(all, 'half', health, { limit: 5 }),
    },
    {
      variant: true,
      name: "Consul's answer never ends, once in an item",
      put: http(/01.1|02.1/, 'endless', health, { limit: 1 }),
      asked: ['01.1', '02.1'],
    },
    {
      variant: true,
      name: 'Consul answers 500 to every look at 02.1',
      put: http(/02.1/, '500', health),
      rows: { 3: '... ??? ....', 4: '... ??? ....' },
      says: /Consul/,
      why: {
        '02.1': 'Consul does not say what is registered',
        '02.2 02.3': 'they build on 02.1',
      },
    },
    {
      name: 'the Consul agent of one VM refuses connections from 03.2 on',
      put: () => (world, item) => {
        world.faults.wire = ({ port, vm }) =>
          item >= '03.2' && port === 8500 && vm === 'box-7' ? 'ECONNREFUSED' : undefined
      },
      rows: { 3: '... ... .???', 4: '... ... .???' },
      says: /box-7/,
      why: { '03.2 03.3 03.4': 'one agent of those that must be asked cannot be asked' },
    },
  ] as (Omit<Fault, 'kind' | 'rows'> & Partial<Fault>)[]
).map((fault) => ({ rows: outwaited, kind: 'http', ...fault }))
