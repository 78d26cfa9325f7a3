import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import type { DnsSaid, LabView } from './view.ts'

/** Undoes what returned it: cancels a timer, closes a port, removes a listener. */
export type Undo = () => void

/**
 * The simulated machines and their time. Everything that happens in the lab happens in a callback of
 * `after`, or in answer to a request at a door; nothing else moves.
 */
export interface World {
  readonly seed: number
  /** The Nomad and Consul that are imitated (recordings are of 1.4.4 / 1.14.4 and 2.0.5 / 1.14.4). */
  readonly versions: { nomad: '1.4.4' | '2.0.5'; consul: '1.14.4' }
  readonly datacenter: string
  readonly faults: Faults
  /** The server first, then the clients in the order box-5, box-7, box-8, box-6, box-9, box-10 … */
  readonly vms: ReadonlyMap<string, Vm>
  readonly server: Vm
  /** Cluster milliseconds since the epoch. */
  now(): number
  /** Runs `act` after `ms` of cluster time. */
  after(ms: number, act: () => void): Undo
  /** Seeded, uniform in [0, 1). */
  random(): number
  /** Seeded, uniform in [min, max). */
  between(min: number, max: number): number
  /** Seeded UUID in lower case. */
  uuid(): string
  /** Says what happened, for `grade lab` to print and for tests to read. */
  log(who: string, what: string): void
  readonly history: readonly { at: number; who: string; what: string }[]
  /** Once the lab has started. */
  readonly others: Others
}

export type VmEvent = 'boot' | 'shutdown' | 'cut'

export interface Vm {
  readonly name: string
  /** box-7 → 7. */
  readonly n: number
  /** 192.168.56.(100+n). */
  readonly ip: string
  readonly isServer: boolean
  readonly cpuMhz: number
  readonly memoryMb: number
  power: 'running' | 'stopping' | 'off' | 'booting'
  /** Cluster time of its last boot. */
  readonly upSince: number
  /** Images in the VM's Docker. */
  readonly images: Set<string>
  /**
   * `boot`: the agents may start. `shutdown`: SIGINT/SIGTERM came, the network is still up; the VM is
   * cut a moment later. `cut`: everything of the VM ends at once, no goodbye. An orderly stop gives
   * both, in this order.
   */
  on(event: VmEvent, act: () => void): void
  /** `accept` gets each TCP connection to the port; a second owner of a port throws. Closed by `cut`. */
  listen(port: number, accept: (socket: Socket) => void): Undo
  isListening(port: number): boolean
  start(): void
  stop(how: 'orderly' | 'cut'): void
}

/** What the Nomad side needs of a VM's Consul agent. */
export interface ConsulAgent {
  /** Whether the agent runs (its VM is up and it has started). */
  readonly up: boolean
  register(service: AgentService): void
  deregister(id: string): void
  setCheck(checkId: string, status: 'passing' | 'warning' | 'critical', output: string): void
  /** Services this agent has registered (they survive a reboot: ghosts, cluster-facts §0.2.1, §2.4). */
  services(): AgentService[]
}

export interface AgentService {
  id: string
  name: string
  tags: string[]
  /** '' when the service has no address of its own. */
  address: string
  port: number
  meta: Record<string, string>
  checks: { id: string; name: string; status: 'passing' | 'warning' | 'critical'; type: string }[]
}

/** Serves as the container of `image`: gets each connection to the container's port 80. */
export type ContainerPort = (socket: Socket) => void

/** What a cluster can say otherwise than it is, named by the criterion that it hides (lab/doors/lies.ts). */
export type Lie =
  | 'dns'
  | 'port'
  | 'own-vm'
  | 'consul'
  | 'answers'
  | 'stays'
  | 'held-back'
  | 'control'

export interface Faults {
  lies: Set<Lie>
  /** The scheduler takes no evaluation: they stay pending. */
  schedulerDead: boolean
  /** The Consul agent's or server's HTTP answers 500. */
  consulDown: boolean
  /** Who asks has no right to Consul's keys and sessions. */
  keysDenied: boolean
  /** VMs that do not boot again when started. */
  vmsThatNeverReturn: Set<string>
  /** VMs that ignore an orderly stop. */
  vmsThatDoNotStop: Set<string>
  /** VMs whose Consul agent listens on 127.0.0.1 only (cluster-facts §2.3: the default client_addr). */
  agentsOnLoopback: Set<string>
  /** The registry cannot be reached: pulls fail (cluster-facts §0.2.15). */
  registryDown: boolean
  /** VMs where sudo wants a password (power-drivers §8). */
  sudoRefused: Set<string>
  /**
   * VMs whose Docker cannot be asked. The lab's Nomad knows it at once (a real one looks every 30 s,
   * cluster-facts §1.3) and places nothing there.
   */
  dockerDead: Set<string>
  /** VMs with 20 MB of free disk: a container has room, an image has not. */
  disksFull: Set<string>
  /** VM → seconds that its clock is ahead. */
  clocksAhead: Map<string, number>
  /** VM → program outside Nomad that holds port 80 there (see takePort80). */
  squatters: Map<string, string>
  /** VMs where Nomad took VirtualBox's NAT interface: replicas are at 10.0.2.15. */
  natted: Set<string>
  /** VM → seconds that it takes to shut down. */
  vmsThatStopLate: Map<string, number>
  /** What becomes of a request at an agent's door; undefined: it is answered. */
  http?: (asked: HttpAsked) => HttpFault | undefined
  /** What becomes of a question to Consul's DNS; undefined: it is answered. */
  dns?: (asked: DnsAsked) => DnsFault | undefined
  /** Up to where the SSH of a VM comes, and no further. */
  ssh?: (vm: string) => SshStage | undefined
  /** What becomes of a connection to a port of a VM; `inside`: from the VM itself. */
  wire?: (to: { vm: string; port: number; inside: boolean }) => WireFault | undefined
  /** What a VM's Docker says instead of making a container; nothing: it makes it. */
  create?: (vm: string) => string | undefined
  /** What becomes of a pull: how long it takes, and what the registry says against it. */
  pull?: (asked: { vm: string; image: string }) => { seconds: number; error?: string } | undefined
}

export interface HttpAsked {
  who: 'nomad' | 'consul'
  vm: string
  method: string
  /** Without `/v1/` and the query. */
  path: string
  /** A blocking query, or the event stream. */
  waits: boolean
}

/**
 * `hang`: no answer · `half`: the body ends in its middle · `endless`: it never does · `early`: a
 * blocking query is answered at once, a stream replays all it has · `never`: it is never answered, a
 * stream says nothing · `backwards`: the index of the answer is 1 · `closed`: a stream ends at once ·
 * `slowMs`: of the wall's time · `staleMs`: what was answered so many cluster ms ago.
 */
export type HttpFault =
  | 'hang'
  | '500'
  | '429'
  | 'garbage'
  | 'half'
  | 'endless'
  | 'early'
  | 'never'
  | 'backwards'
  | 'closed'
  | { slowMs: number }
  | { staleMs: number }

export interface DnsAsked {
  name: string
  over: 'udp' | 'tcp'
}

/** `truncated`: TC and no records · `addresses`: these instead. */
export type DnsFault =
  | 'truncated'
  | 'servfail'
  | 'refused'
  | 'silent'
  | 'garbage'
  | { slowMs: number }
  | { addresses: string[] }

export type SshStage = 'connected' | 'banner' | 'keys' | 'login'

/** ECONNREFUSED: at once; ETIMEDOUT: as if the caller's time were over. */
export type WireFault = 'ECONNREFUSED' | 'ETIMEDOUT'

/** What others do on the cluster, while somebody is graded. */
export interface Others {
  /** The Nomad server steps down and is elected again: clients' timers begin anew. */
  changeLeader(): void
  /** As `nomad node eligibility`. */
  setEligible(vm: string, eligible: boolean): void
  /** As `nomad node drain -enable`, with an hour's deadline, and `-disable`. */
  drain(vm: string, on: boolean): void
  /** As `nomad job run`. */
  runJob(hcl: string): Promise<void>
  /** A VM's Consul agent ends, as by `systemctl stop consul` or `kill -9`, and is started again. */
  stopConsul(vm: string, how: 'orderly' | 'cut'): void
  startConsul(vm: string): void
  /** As `consul services register` on a VM. */
  registerService(vm: string, service: AgentService): void
}

export interface LabOptions {
  seed: number
  /** How many clients: 3 by default. */
  clients?: number
  /** So many more are off, and nobody has ever heard of them until they are started. */
  later?: number
  /**
   * `virtual`: cluster time stands still while anything is unanswered and jumps to the next event when
   * all is quiet; `pace` (cluster seconds per wall second) only slows the jumps down for a human.
   * `wall`: cluster time is the wall's, `speed` times as fast (1–20).
   */
  time: { kind: 'virtual'; pace?: number } | { kind: 'wall'; speed: number }
  faults?: Partial<Faults>
  versions?: World['versions']
  /** `how` written into the cluster file: how the grader is to stop VMs. */
  how?: 'orderly' | 'cut'
}

/** The clock that a grader in the same process uses (structurally helpers/time/clock.ts). */
export interface LabClock {
  now(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  hold(): () => void
  track(socket: Socket): void
}

export interface Lab {
  readonly id: string
  readonly seed: number
  /** The content of the cluster file that reaches this lab (shape: helpers/cluster/file.ts). */
  readonly file: Record<string, unknown>
  readonly clock: LabClock
  readonly world: World
  /**
   * What the doors on loopback do, within this process and for less. `dial` rejects with a code, as a
   * socket does; a datagram that nobody answers gives undefined.
   */
  readonly wires: {
    dial(host: string, port: number): Promise<Socket>
    datagram(host: string, port: number, bytes: Buffer): Promise<Buffer | undefined>
  }
  /** Loopback address of every door, for a human: name → host:port. */
  readonly doors: Record<string, string>
  /** What is so now. */
  view(): LabView
  /** What dig would be answered by the server's DNS now, of a service: within a second of wall time. */
  dns(service: string): Promise<DnsSaid>
  /** Calls back whenever something of the view may have changed. */
  watch(changed: () => void): Undo
  /** Answers at the power door what is not of VMs: a page for people. */
  front(answer: RequestListener): void
  close(): Promise<void>
}
