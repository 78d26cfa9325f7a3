import type { SshStage } from '../../lab/contract.ts'
import { everyItem, type Fault } from './fault.ts'
import { before, clientsOf, forSeconds, onceCut } from './when.ts'

const outwaited = { 3: everyItem, 4: everyItem }

/** The SSH of each client gets no further than that, once for each of its VMs. */
const sshEnds =
  (stage: SshStage): NonNullable<Fault['put']> =>
  () => {
    const hung = new Set<string>()
    return (world, item) => {
      world.faults.ssh = (vm) => {
        if (item !== '01.2' || hung.size > 0) return undefined
        hung.add(vm)
        return stage
      }
    }
  }

/** SSH, and machines that stop and start. */
export const vmFaults: Fault[] = (
  [
    {
      name: 'SSH takes the connection and says nothing, once',
      put: sshEnds('connected'),
      hangs: true,
      asked: ['01.1', '01.2', '01.3'],
    },
    {
      variant: true,
      name: 'SSH ends after its banner, once',
      put: sshEnds('banner'),
      hangs: true,
      asked: ['01.1', '01.2', '01.3'],
    },
    {
      variant: true,
      name: 'SSH never answers a key, once',
      put: sshEnds('keys'),
      hangs: true,
      asked: ['01.1', '01.2', '01.3'],
    },
    {
      name: 'SSH never runs a command, once',
      put: sshEnds('login'),
      hangs: true,
      asked: ['01.1', '01.2', '01.3'],
    },
    {
      name: 'SSH is refused while 01.2 is graded',
      put: () => (world, item) => {
        world.faults.wire = ({ port }) =>
          item === '01.2' && port === 22 ? 'ECONNREFUSED' : undefined
      },
      asked: ['01.1', '01.2', '01.3'],
      rows: { 3: '.?. ... ....', 4: '.?. ... ....' },
      says: /nothing listens there/,
      why: { '01.2': 'the VM cannot be told to shut down, nor asked whether it is back' },
      mayPass: 'With --stop cut nobody has to log in before the VM is stopped.',
    },
    {
      variant: true,
      name: 'no VM obeys an orderly stop',
      put: before('01.1', ({ faults, vms }) => {
        faults.vmsThatDoNotStop = new Set(vms.keys())
      }),
      rows: { 3: '.?. ..? ....', 4: '.?. ..? ....' },
      says: /had no effect/,
      why: { '01.2 02.3': 'no VM was off' },
      mayPass: 'With --stop cut the power is taken away, and that is obeyed.',
    },
    {
      name: 'each VM needs 70 s to shut down',
      put: before('01.1', (world) => {
        for (const { name } of clientsOf(world)) world.faults.vmsThatStopLate.set(name, 70)
      }),
    },
    {
      name: 'a stopped VM comes back alone after 8 s',
      put: () => {
        const known = new Set<string>()
        return (world) => {
          for (const vm of clientsOf(world)) {
            if (known.has(vm.name)) continue
            known.add(vm.name)
            vm.on('cut', () => void world.after(8000, () => vm.start()))
          }
        }
      },
      rows: { 3: '.?. ..? ....', 4: '.?. ..? ....' },
      says: /came back by itself|had no effect/,
      why: {
        '01.2': 'a VM is not off for as long as must be watched',
        '02.3': 'two VMs are not off for as long as must be watched',
      },
      mayPass: 'A VM may be off for long enough to be seen; how long it boots is drawn.',
    },
    {
      variant: true,
      name: 'the VM of 01.2 comes back with a Docker that needs a minute',
      put: onceCut('01.2', ({ faults, after }, { name }) => {
        faults.dockerDead.add(name)
        after(90_000, () => faults.dockerDead.delete(name))
      }),
    },
    {
      name: 'the VM of 01.2 comes back without Docker',
      hides: 'pinned',
      put: onceCut('01.2', ({ faults }, { name }) => void faults.dockerDead.add(name)),
      rows: { 3: '..? ??? ????', 4: everyItem },
      says: /Only 2 clients are fit|box-\d/,
      why: { '01.3 02.1 02.2 02.3 03.1 03.2 03.3 03.4': 'two fit clients are too few' },
    },
    {
      name: 'the Docker of a VM that has a replica dies when 02.1 has passed',
      hides: 'pinned',
      put: before('02.2', (world) => {
        const [, second] = clientsOf(world).filter((vm) => vm.isListening(80))
        world.faults.dockerDead.add(second?.name ?? '')
      }),
      rows: { 3: '... .?? ????', 4: everyItem },
      says: /Only 2 clients are fit/,
      why: { '02.2 02.3 03.1 03.2 03.3 03.4': 'two fit clients are too few' },
    },
    {
      variant: true,
      name: 'the VM of 01.2 comes back without its images, and pulls them',
      put: onceCut('01.2', (_, { images }) => images.clear()),
    },
    {
      variant: true,
      name: 'the VM of 01.2 comes back without its images, and the registry is out of reach',
      put: onceCut('01.2', ({ faults }, { images }) => {
        images.clear()
        faults.registryDown = true
      }),
      rows: { 3: '..? ??? ????', 4: '..? ??? ????' },
      says: /pull|downloading the image/,
      mayPass: 'Nomad may place on the VMs that have the image.',
      why: {
        '01.3 02.1 02.2 02.3 03.1 03.2 03.3 03.4': 'a VM that has to serve cannot have the image',
      },
    },
    {
      variant: true,
      name: 'the VM of 01.2 never comes back',
      hides: 'pinned',
      put: onceCut('01.2', ({ faults }, { name }) => void faults.vmsThatNeverReturn.add(name)),
      rows: { 3: '..? ??? ????', 4: '... ..? .???' },
      says: /is not back after/,
      why: { '01.3 02.1 02.2 02.3 03.1 03.2 03.3 03.4': 'too few clients are fit' },
    },
    {
      variant: true,
      name: 'the clocks of two VMs are an hour off, as what Nomad runs there writes them down',
      put: before('01.1', ({ faults }) => {
        faults.clocksAhead.set('box-5', 3600)
        faults.clocksAhead.set('box-8', -3600)
      }),
    },
    {
      variant: true,
      name: 'the disk of every VM is full, as long as nothing is pulled',
      hides: 'pulled',
      put: () => (world) => {
        for (const { name } of clientsOf(world)) world.faults.disksFull.add(name)
      },
    },
    {
      variant: true,
      name: 'the disk of a VM is full, and its images are gone, from 01.3 on',
      maxWaitMs: 120_000,
      put: before('01.3', ({ faults, vms }) => {
        faults.disksFull.add('box-8')
        vms.get('box-8')?.images.clear()
      }),
      rows: { 3: '..? ??? ????', 4: '..? ??? ????' },
      says: /disk|space/,
      mayPass: 'With four clients Nomad may place on the other three; two replicas may share a VM.',
      why: { '01.3 02.1 02.2 02.3 03.1 03.2 03.3 03.4': 'a VM that has to serve has no image' },
    },
    {
      variant: true,
      name: 'Docker finds no room to make a container on a VM for 40 s of 01.3',
      put: before('01.3', (world) => {
        const full = forSeconds(world, 40)
        world.faults.create = (vm) =>
          vm === 'box-7' && full()
            ? 'mkdir /var/lib/docker/overlay2/4f1c-init: no space left on device'
            : undefined
      }),
    },
  ] as (Omit<Fault, 'kind' | 'rows'> & Partial<Fault>)[]
).map((fault) => ({ rows: outwaited, kind: 'ssh-and-vm', ...fault }))
