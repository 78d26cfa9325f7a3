import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterFile } from '../../helpers/cluster/file.ts'
import {
  isOpen,
  type JournalOf,
  journalOf,
  journalPath,
  openOutages,
} from '../../helpers/cluster/journal.ts'
import { loadClusterFile } from '../../helpers/cluster/load.ts'
import { isAlive, processIn } from '../../helpers/cluster/process.ts'
import { type Connected, connect } from '../../helpers/connect.ts'
import { wallClock } from '../../helpers/time/clock.ts'
import { tell } from '../../helpers/time/fault.ts'

/** The cluster on which runs are killed, and the folder that they run in. */
export interface Target {
  folder: string
  clusterFile: string
  /** Cluster seconds a second. */
  speed: number
  of: JournalOf
  journalFile: string
  /** '' when all is as it was found and nothing of a run is left; else what is not so. */
  whatIsLeft(): Promise<string>
  close(): Promise<void>
}

/** What was there before any run. */
interface Found {
  nodes: { name: string; address: string; eligibility: string }[]
  members: string[]
  jobs: string[]
}

export async function openTarget(folder: string, clusterFile: string): Promise<Target> {
  const file = await loadClusterFile(clusterFile)
  const of = journalOf(file, { dir: join(folder, '.grade'), path: clusterFile, embedded: false })
  const found = await asking(file, lookAround)
  return {
    folder,
    clusterFile,
    speed: file.lab?.speed ?? 1,
    of,
    journalFile: journalPath(of),
    async whatIsLeft() {
      if (isOpen(openOutages(of))) return 'the journal is open'
      // A lock or a watch of a dead process is nobody's.
      for (const end of ['lock', 'watch'])
        if (isHeld(`${journalPath(of)}.${end}`)) return `the journal's ${end} is held`
      return await asking(file, (cluster) => difference(cluster, found)).catch(tell)
    },
    close: async () => {},
  }
}

/** Connects anew for each look: nothing that an earlier look kept open may hide what is so now. */
async function asking<T>(file: ClusterFile, ask: (cluster: Connected) => Promise<T>): Promise<T> {
  const cluster = connect(file, wallClock(file.lab?.speed), 'file')
  try {
    return await ask(cluster)
  } finally {
    await cluster.close()
  }
}

async function lookAround({ nomad, consul }: Connected): Promise<Found> {
  const [nodes, members, jobs] = await Promise.all([nomad.nodes(), consul.members(), nomad.jobs()])
  const fit = nodes.filter((node) => node.status === 'ready' && node.dockerHealthy)
  const alive = members.filter((one) => one.status === 'alive')
  return {
    nodes: fit.map(({ name, address, eligibility }) => ({ name, address, eligibility })),
    members: alive.map((one) => one.name),
    jobs: jobs.map((job) => job.id),
  }
}

async function difference(cluster: Connected, found: Found): Promise<string> {
  const now = await lookAround(cluster)
  const job = now.jobs.find((id) => !found.jobs.includes(id))
  if (job) return `the job ${job} is there`
  for (const node of found.nodes) {
    const same = now.nodes.find((one) => one.name === node.name)
    if (!same) return `${node.name} is not fit in Nomad`
    if (same.eligibility !== node.eligibility) return `${node.name} is ${same.eligibility}`
  }
  const lost = found.members.find((name) => !now.members.includes(name))
  if (lost) return `${lost} is not alive in Consul`
  for (const { name, address } of found.nodes) {
    const ran = await cluster.ssh.exec({ name, host: address }, 'true')
    if (ran.code !== 0) return `SSH to ${name} does not work`
  }
  return ''
}

function isHeld(path: string): boolean {
  try {
    const holder = processIn(JSON.parse(readFileSync(path, 'utf8')))
    return holder !== undefined && isAlive(holder)
  } catch {
    return false
  }
}
