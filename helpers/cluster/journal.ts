import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../time/clock.ts'
import { openJournalFile, readJournalFile } from './journal-file.ts'
import { type Role, takeLock } from './journal-lock.ts'
import { isOpen, type JournalRecord, type Outages } from './journal-records.ts'
import { isAlive, processId } from './process.ts'

export { isOpen, type Outages } from './journal-records.ts'

/** Which cluster a journal is of. */
export interface JournalOf {
  /** Folder where the journals are kept, made when it is not there. */
  dir: string
  /** The server's address, or a lab's id. */
  cluster: string
  /** A lab inside this process: it dies with its grader, so nothing of it can be restored. */
  embedded: boolean
  /** Path of the cluster file. */
  file?: string
  /** How its VMs are started, in words (Power.describe). */
  start?: string
}

/**
 * The outage journal. Each act is written, and on the disk, before it is done; each undoing after
 * it is proved. All calls return when the line is on the disk.
 */
export interface Journal {
  /** A VM is about to be stopped. */
  stopping(vm: { name: string; host: string }): void
  /** A VM is proved back. */
  back(name: string): void
  registering(job: string): void
  purged(job: string): void
  /** Allocations of a job of ours: a later run knows by them what is left of this one. */
  allocations(job: string, ids: string[]): void
  ineligible(node: { id: string; name: string }): void
  eligible(nodeId: string): void
  /** Keeps a sentence for whoever runs next. */
  toTell(sentence: string): void
  /** Everything kept for telling has been told. */
  told(): void
  open(): Outages
  /** Gives the lock back; a journal with nothing open shrinks to what a later run needs to know. */
  close(): void
}

/** Enough for a long day of runs; an older leftover is nobody's (Consul forgets it in 72 h). */
const keptAllocations = 2000

/**
 * Opens the cluster's journal. Rejects with a Fault while another run grades the cluster, and when
 * the file cannot be understood. What an earlier run left is in `open()`.
 */
export async function openJournal(
  of: JournalOf,
  by: { clock: Clock; role?: Role; say: (sentence: string) => void },
): Promise<Journal> {
  const { clock, role = 'grader', say } = by
  const path = journalPath(of)
  mkdirSync(of.dir, { recursive: true })
  const unlock = await takeLock(`${path}.lock`, role, say)
  try {
    const found = readJournalFile(path)
    const file = openJournalFile(path)
    const at = () => clock.now()
    const add = (record: JournalRecord) => file.append(record)
    add({ what: 'begin', at: at(), ...processId(process.pid), ...about(of) })
    const known = new Set(found.allocations.keys())
    return {
      stopping: ({ name, host }) => add({ what: 'vm-stopping', at: at(), name, address: host }),
      back: (name) => add({ what: 'vm-back', at: at(), name }),
      registering: (job) => add({ what: 'job-registering', at: at(), job }),
      purged: (job) => add({ what: 'job-purged', at: at(), job }),
      allocations(job, ids) {
        const fresh = ids.filter((id) => !known.has(id))
        if (fresh.length === 0) return
        for (const id of fresh) known.add(id)
        add({ what: 'allocations', at: at(), job, ids: fresh })
      },
      ineligible: ({ id, name }) => add({ what: 'ineligible', at: at(), id, name }),
      eligible: (id) => add({ what: 'eligible', at: at(), id }),
      toTell: (sentence) => add({ what: 'to-tell', at: at(), sentence }),
      told: () => add({ what: 'told', at: at() }),
      open: () => readJournalFile(path),
      close() {
        const left = readJournalFile(path)
        if (!isOpen(left)) file.replace(essence(left, at()))
        file.close()
        if (of.embedded) rmSync(path, { force: true })
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** What a cluster's journal leaves open, without opening it. */
export function openOutages(of: JournalOf): Outages {
  return readJournalFile(journalPath(of))
}

/**
 * Closes the journals of embedded labs whose grader is dead: their VMs have gone with it, so there
 * is nothing to bring back. Says one sentence for each that was left in the middle of something.
 */
export function voidDeadLabs(dir: string, say: (sentence: string) => void): void {
  for (const name of embeddedIn(dir)) {
    const path = join(dir, name)
    const left = readJournalFile(path)
    if (!left.begin || isAlive(left.begin)) continue
    if (isOpen(left)) {
      const off = left.vms.map((vm) => vm.name).join(' and ')
      say(
        `An earlier run died with its embedded lab${off ? ` while ${off} was off` : ''}: ` +
          'nothing of that lab is left, so its journal is closed as void.',
      )
    }
    rmSync(path, { force: true })
    rmSync(`${path}.lock`, { force: true })
  }
}

function embeddedIn(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => /^embedded-.*\.ndjson$/.test(name))
  } catch {
    return []
  }
}

function journalPath({ dir, cluster, embedded }: JournalOf): string {
  const plain = cluster.replace(/[^A-Za-z0-9.-]/g, '_').slice(0, 60)
  // Two names may look alike once they are made safe for a file system.
  const sum = createHash('sha256').update(cluster).digest('hex').slice(0, 8)
  return join(dir, `${embedded ? 'embedded' : 'cluster'}-${plain}-${sum}.ndjson`)
}

function about({ cluster, embedded, file = '', start = '' }: JournalOf) {
  return { cluster, embedded, file, start }
}

/** What a later run needs of a journal that leaves nothing open. */
function essence(left: Outages, at: number): JournalRecord[] {
  const byJob = new Map<string, string[]>()
  for (const [id, job] of [...left.allocations].slice(-keptAllocations)) {
    byJob.set(job, [...(byJob.get(job) ?? []), id])
  }
  return [
    ...(left.begin ? [left.begin] : []),
    ...[...byJob].map(([job, ids]) => ({ what: 'allocations' as const, at, job, ids })),
    ...left.toTell.map((sentence) => ({ what: 'to-tell' as const, at, sentence })),
  ]
}
