import type { Entry } from '../gallery/entry.ts'
import type { Hands } from './hands.ts'

/** Something that goes wrong with a real cluster of three clients while it is graded. */
export interface RealFault {
  name: string
  items: string
  /** Four, if not three. */
  clients?: number
  /** `--max-wait` in minutes, if not three. */
  maxWait?: number
  /** What is handed in, if not the sheet's own files. */
  entry?: Entry
  /** What the run finds when it begins; `folder` holds what is handed in. */
  before?(hands: Hands, folder: string): Promise<void>
  act?(hands: Hands): Promise<void>
  /** What must be true of the cluster when the run has ended; rejects where it is not. */
  after?(hands: Hands): Promise<void>
  /** As in tests/faults: `.` passed or not asked for, `?` inconclusive. */
  verdicts: string
  /** Whether a `?` may also be `.`: why it hangs on what Nomad or the clock does. */
  mayPass?: string
  /** The verdicts and what is not passed, with its sentence. */
  says?: RegExp
}

/** What a run says, in English, when it has come to that place. */
export const settling = (item: string) => new RegExp(`^${item} +… (nginx|apache) settles`, 'm')
export const passed = (item: string) => new RegExp(`^${item} +✓`, 'm')
export const stopping = /box-(\d+): stopping/

/** Clients in the order in which a local cluster has them. */
export const clientsOf = ({ clients = 3 }: Pick<RealFault, 'clients'>): number[] =>
  [5, 7, 8, 6].slice(0, clients)

/** Freezes a program of a VM: it answers nobody, and its connections stay open. */
export const freeze = async (
  hands: Hands,
  n: number,
  program: 'nomad' | 'consul',
  seconds?: number,
) => {
  const send = (signal: string) => hands.inVm(n, `kill -${signal} $(cat /run/box/${program}.pid)`)
  await send('STOP')
  if (seconds === undefined) return
  await hands.sleep(seconds)
  await send('CONT')
}

/** What the VM finds on its disk when it boots again is changed as it is told to stop. */
export const onReturn = (line: string) => async (hands: Hands) => {
  const [, n] = await hands.said(stopping)
  await hands.inVm(Number(n), line)
}

interface Node {
  ID: string
  Name: string
  Status: string
  SchedulingEligibility: string
}
export const nodesOf = async (hands: Hands) => (await hands.nomad('GET', '/v1/nodes')) as Node[]

export const nodeOf = async (hands: Hands, name: string) =>
  (await nodesOf(hands)).find((node) => node.Name === name)?.ID ?? name

export const makeEligible = async (hands: Hands, name: string, eligible: boolean) => {
  const Eligibility = eligible ? 'eligible' : 'ineligible'
  await hands.nomad('POST', `/v1/node/${await nodeOf(hands, name)}/eligibility`, { Eligibility })
}

/** Those are ineligible, and nobody else. */
export const ineligible =
  (...names: string[]) =>
  async (hands: Hands) => {
    const found = (await nodesOf(hands))
      .filter((node) => node.SchedulingEligibility !== 'eligible')
      .map(({ Name }) => Name)
    if (found.join() !== names.join()) throw new Error(`ineligible at the end: ${found.join()}`)
  }

/** A job that somebody else runs: an nginx at a dynamic port, or at this one. */
export const foreignJob = (service: string, port?: number) => ({
  ID: 'web',
  Name: 'web',
  Type: 'service',
  Datacenters: ['dc1'],
  TaskGroups: [
    {
      Name: 'web',
      Networks: [
        port
          ? { ReservedPorts: [{ Label: 'http', Value: port, To: 80 }] }
          : { DynamicPorts: [{ Label: 'http', To: 80 }] },
      ],
      Tasks: [
        {
          Name: 'web',
          Driver: 'docker',
          Config: { image: 'nginx:1.22.1', ports: ['http'] },
          Services: [{ Name: service, PortLabel: 'http', Provider: 'consul' }],
          Resources: { CPU: 50, MemoryMB: 32 },
        },
      ],
    },
  ],
})
