import type { AgentService, World } from '../../lab/contract.ts'
import { takePort80 } from '../../lab/faults.ts'
import { everyItem, type Fault } from './fault.ts'
import { before, clientsOf, onceCut } from './when.ts'

const outwaited = { 3: everyItem, 4: everyItem }

/** An nginx of an allocation that nobody of ours registered. */
const strange = (address: string, port: number): AgentService => ({
  id: '_nomad-task-11111111-2222-3333-4444-555555555555-nginx-nginx-http',
  name: 'nginx',
  tags: [],
  address,
  port,
  meta: { 'external-source': 'nomad' },
  checks: [],
})

/** What an nginx in Consul that is nobody's of ours hides from 01.3 on. */
const foreignNginx = {
  rows: { 3: '..? ??? ..?.', 4: '..? ??? ..?.' },
  says: /Somebody else's nginx stands in Consul/,
  why: {
    '01.3 02.1': "Consul lists one nginx more, which is not the student's",
    '02.2 02.3': 'they build on 02.1',
    '03.3': "no nginx may be left, and one is that is not the student's",
  },
  maxWaitMs: 120_000,
}

const webOfSomebody = `job "web" {
  datacenters = ["dc1"]
  group "web" {
    network {
      port "http" {
        to = 80
      }
    }
    task "web" {
      driver = "docker"
      config {
        image = "nginx:1.22.1"
        ports = ["http"]
      }
      service {
        name     = "nginx"
        port     = "http"
        provider = "consul"
      }
      resources {
        cpu    = 50
        memory = 32
      }
    }
  }
}
`

const reboot = (world: World) => {
  const { server } = world
  server.stop('cut')
  server.start()
}

/** With `later: 1`, the VM that is off at the beginning. */
const joiner = (world: World) => clientsOf(world).at(-1)

/** Servers, nodes, ports and other people. */
export const clusterFaults: Fault[] = (
  [
    {
      name: 'Nomad elects a leader when 01.2 begins',
      put: before('01.2', ({ others }) => others.changeLeader()),
    },
    {
      name: 'Nomad elects a leader as the VM of 01.2 goes',
      put: onceCut('01.2', ({ others }) => others.changeLeader()),
    },
    {
      name: 'Nomad elects a leader 10 s after the first VM of 02.3 went',
      put: onceCut('02.3', ({ others, after }) => void after(10_000, others.changeLeader)),
    },
    {
      variant: true,
      name: 'Nomad elects a leader when 02.2 begins, and 4 s later once more',
      put: before('02.2', ({ others, after }) => {
        others.changeLeader()
        after(4000, others.changeLeader)
      }),
    },
    { variant: true, name: 'the server reboots as 01.3 begins', put: before('01.3', reboot) },
    {
      name: 'the server reboots 3 s after 02.1 has begun',
      put: before('02.1', (world) => void world.after(3000, () => reboot(world))),
      hangs: true,
    },
    {
      name: 'the server reboots as the VM of 01.2 goes',
      put: onceCut('01.2', (world) => reboot(world)),
    },
    {
      variant: true,
      name: 'the scheduler is dead while 01.3 is graded',
      put: () => (world, item) => {
        world.faults.schedulerDead = item === '01.3'
      },
      asked: ['01.3', '02.1'],
      rows: { 3: '..? ... ....', 4: '..? ... ....' },
      says: /scheduler|probe job/,
      why: { '01.3': 'nothing is placed, whoever asks' },
    },
    {
      name: 'somebody makes a client ineligible before 01.3',
      hides: 'pinned',
      put: before('01.3', ({ others }) => others.setEligible('box-8', false)),
      rows: { 3: '..? ??? ????', 4: '... ... ....' },
      says: /Only 2 clients are fit|ineligible/,
      why: { '01.3 02.1 02.2 02.3 03.1 03.2 03.3 03.4': 'three clients are needed' },
    },
    {
      variant: true,
      name: 'somebody makes a client ineligible for 30 s',
      put: before('02.1', ({ others, after }) => {
        others.setEligible('box-8', false)
        after(30_000, () => others.setEligible('box-8', true))
      }),
    },
    {
      variant: true,
      name: 'somebody drains a VM for 30 s while 01.3 is graded',
      put: before('01.3', ({ others, after }) => {
        after(1500, () => others.drain('box-8', true))
        after(31_500, () => others.drain('box-8', false))
      }),
    },
    {
      name: 'somebody drains a VM for good, 2 s after 02.1 has begun',
      hides: 'pinned',
      put: before('02.1', ({ others, after }) => {
        after(2000, () => others.drain('box-8', true))
      }),
      rows: { 3: '... ??? ????', 4: everyItem },
      says: /The update had not ended|Only 2 clients are fit/,
      mayPass:
        'Where the VM that is drained was updated first, three replicas are seen at port 80.',
      why: {
        '02.1': 'the third replica has no VM to go to',
        '02.2 02.3 03.1 03.2 03.3 03.4': 'three clients are needed',
      },
    },
    {
      variant: true,
      name: 'somebody drains a VM for good when 02.1 has passed',
      hides: 'pinned',
      put: before('02.2', ({ others }) => others.drain('box-8', true)),
      rows: { 3: '... .?? ????', 4: everyItem },
      says: /Only 2 clients are fit/,
      why: { '02.2 02.3 03.1 03.2 03.3 03.4': 'three clients are needed' },
    },
    {
      name: 'a program outside Nomad takes port 80 of a VM before 02.1',
      put: before('02.1', (world) => takePort80(world, 'box-7', 'apache2')),
      rows: { 3: '... ??? ....', 4: '... ??? ....' },
      mayPass: 'With four clients Nomad may place on the other three.',
      says: /outside Nomad holds the port on box-7/,
      why: { '02.1': 'no container can have that port there', '02.2 02.3': 'they build on 02.1' },
    },
    {
      name: 'Nomad gives out 10.0.2.15 on every VM',
      put: before('01.1', (world) => {
        for (const { name } of clientsOf(world)) world.faults.natted.add(name)
      }),
      rows: { 3: '??? ??? ?...', 4: '??? ??? ?...' },
      says: /10\.0\.2\.15/,
      why: { '01.1 01.2 01.3 02.1 02.2 02.3 03.1': 'no replica can be reached' },
      maxWaitMs: 120_000,
    },
    {
      name: 'a ghost of an unknown run is in Consul, at port 80 of a VM, from 02.1 on',
      put: before('02.1', ({ others }) => {
        others.registerService('box-8', strange('192.168.56.108', 80))
      }),
      // Nomad takes out what looks like its own and is not, half a minute later at the latest.
    },
    {
      variant: true,
      name: 'somebody registers an nginx by hand while 01.3 is graded',
      put: before('01.3', (world) => {
        world.after(2000, () => {
          const vm = clientsOf(world).find(({ power }) => power === 'running')
          const own = { id: 'my-nginx', meta: {} }
          if (vm) world.others.registerService(vm.name, { ...strange(vm.ip, 8080), ...own })
        })
      }),
      ...foreignNginx,
    },
    {
      name: "somebody's job registers an nginx while 01.3 is graded",
      put: before('01.3', (world) => {
        world.after(2000, () => void world.others.runJob(webOfSomebody))
      }),
      ...foreignNginx,
    },
    {
      name: 'a firewall lets containers answer only from inside their VM',
      put: () => (world) => {
        world.faults.wire = ({ port, inside }) =>
          !inside && (port === 80 || port >= 20_000) ? 'ETIMEDOUT' : undefined
      },
      rows: { 3: '??? ??? ?...', 4: '??? ??? ?...' },
      says: /firewall/,
      why: { '01.1 01.2 01.3 02.1 02.2 02.3 03.1': 'no replica can be reached' },
      maxWaitMs: 120_000,
    },
    {
      name: 'a client leaves while 02.1 is graded, and comes back by itself',
      put: before('02.1', ({ vms, after }) => {
        const vm = vms.get('box-8')
        after(8000, () => vm?.stop('orderly'))
        after(40_000, () => vm?.start())
      }),
    },
    {
      variant: true,
      name: 'a client loses its power while 01.3 is graded, and nobody starts it',
      hides: 'pinned',
      put: before('01.3', ({ vms, after }) => void after(100, () => vms.get('box-5')?.stop('cut'))),
      rows: { 3: '..? ??? ????', 4: everyItem },
      says: /box-5|clients/,
      why: { '01.3 02.1 02.2 02.3 03.1 03.2 03.3 03.4': 'three clients are needed' },
    },
    {
      name: 'a VM that nobody knew joins while 01.3 is graded',
      lab: { later: 1 },
      put: before('01.3', (world) => joiner(world)?.start()),
    },
    {
      variant: true,
      name: 'a VM that nobody knew joins while two VMs are off in 02.3',
      lab: { later: 1 },
      put: onceCut('02.3', (world) => void world.after(5000, () => joiner(world)?.start())),
      rows: { 3: '... ..? ....', 4: '... ..? ....' },
      mayPass: 'A VM that is there before both deaths are noticed is one of those that are left.',
      says: /joined the cluster while an item was graded/,
      why: { '02.3': 'the VMs that are left became more while their replicas were counted' },
    },
    {
      variant: true,
      name: 'the Consul agent of a VM is stopped for 40 s while 01.3 is graded',
      put: before('01.3', ({ others, after }) => {
        after(1500, () => others.stopConsul('box-7', 'orderly'))
        after(41_500, () => others.startConsul('box-7'))
      }),
    },
    {
      name: 'the Consul agent of a VM dies as 02.1 begins, and nobody starts it',
      put: before('02.1', ({ others }) => others.stopConsul('box-5', 'cut')),
      rows: { 3: '... ??? ????', 4: '... ??? ....' },
      mayPass: 'With four clients the replicas may be on the other three.',
      says: /Consul lists no nginx for the replica on box-5/,
      why: {
        '02.1': 'the VM of a replica registers nothing',
        '02.2 02.3': 'they build on 02.1',
        '03.1 03.2 03.3 03.4': 'with three clients, two are fit',
      },
    },
    {
      variant: true,
      name: 'Consul has no leader for 30 s in 03.2',
      put: before('03.2', ({ faults, after }) => {
        faults.consulDown = true
        after(30_000, () => {
          faults.consulDown = false
        })
      }),
    },
  ] as (Omit<Fault, 'kind' | 'rows'> & Partial<Fault>)[]
).map((fault) => ({ rows: outwaited, kind: 'cluster', ...fault }))
