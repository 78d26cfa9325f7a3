import { createHash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Message, msg } from '../language/message.ts'
import type { Clock } from '../time/clock.ts'
import { codeOf, Fault } from '../time/fault.ts'
import type { ClusterFile } from './file.ts'
import {
  makeJournalFolder,
  openJournalFile,
  readJournalFile,
  replaceJournalFile,
  unreadable,
  unwritable,
} from './journal-file.ts'
import { type Role, takeLock } from './journal-lock.ts'
import {
  type Begin,
  isOpen,
  type JournalRecord,
  nameOf,
  type Outages,
  type Written,
} from './journal-records.ts'
import { isAlive, processId } from './process.ts'

export { isOpen, type Outages } from './journal-records.ts'

/** Which cluster a journal is of. */
export interface JournalOf {
  /** Folder where the journals are kept, made when it is not there. */
  dir: string
  /** The server's address, or the id of a lab or of a local cluster. */
  cluster: string
  /** A lab or local cluster of this run: it dies with its grader, so nothing can be restored. */
  embedded: boolean
  /** Path of the cluster file. */
  file?: string
}

/**
 * The outage journal. Each act is written, and on the disk, before it is done; each undoing after
 * it is proved. All calls return when the line is on the disk; a Fault means that it is not.
 */
export interface Journal {
  /** A VM is about to be stopped; `bootId`: what it said before, where it could be asked. */
  stopping(vm: { name: string; host: string; bootId?: string }): void
  /** The VM, or what switches it, took the wish: it will go, even if it has not gone yet. */
  accepted(name: string): void
  /** A VM is proved back. */
  back(name: string): void
  registering(job: string): void
  purged(job: string): void
  /** Allocations of a job of ours: a later run knows by them what is left of this one. */
  allocations(job: string, ids: string[]): void
  ineligible(node: { id: string; name: string }): void
  eligible(nodeId: string): void
  /** Something in Consul is about to be written over. */
  writing(written: Written): void
  putBack(written: Written): void
  /** Keeps a sentence for whoever runs next. */
  toTell(sentence: Message): void
  /** Everything kept for telling has been told. */
  told(): void
  open(): Outages
  /** Gives the lock back; a journal with nothing open shrinks to what a later run needs to know. */
  close(): void
}

/** Enough for a long day of runs; an older leftover is nobody's (Consul forgets it in 72 h). */
const keptAllocations = 2000

/** Which journal is a cluster's: labs and local clusters all have the same addresses. */
export function journalOf(
  file: ClusterFile,
  at: { dir: string; path: string; embedded: boolean },
): JournalOf {
  const { dir, path, embedded } = at
  const cluster = file.lab?.id ?? file.local?.id ?? file.server
  return { dir, cluster, embedded, ...(!embedded && { file: path }) }
}

/**
 * Opens the cluster's journal. Rejects with a Fault while another run grades the cluster, and when
 * the file cannot be understood or written. What an earlier run left is in `open()`.
 */
export async function openJournal(
  of: JournalOf,
  by: { clock: Clock; role?: Role; say: (sentence: Message) => void },
): Promise<Journal> {
  const { clock, role = 'grader', say } = by
  const path = journalPath(of)
  makeJournalFolder(of.dir)
  const unlock = await takeLock(`${path}.lock`, role, say).catch(orUnwritable(path))
  try {
    const found = readJournalFile(path)
    const file = openJournalFile(path, !of.embedded)
    const at = () => clock.now()
    const add = (record: JournalRecord) => file.append(record)
    // Who restores is no run: the journal goes on naming the one that it restores after.
    if (role === 'grader') add({ what: 'begin', at: at(), ...processId(process.pid), ...about(of) })
    const known = new Set(found.allocations.keys())
    return {
      stopping: ({ name, host, bootId = '' }) =>
        add({ what: 'vm-stopping', at: at(), name, address: host, bootId }),
      accepted: (name) => add({ what: 'vm-accepted', at: at(), name }),
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
      writing: (written) => add({ what: 'writing', at: at(), id: nameOf(written), written }),
      putBack: (written) => add({ what: 'put-back', at: at(), id: nameOf(written) }),
      toTell: (sentence) => add({ what: 'to-tell', at: at(), sentence }),
      told: () => add({ what: 'told', at: at() }),
      open: () => readJournalFile(path),
      close() {
        file.close()
        const left = readJournalFile(path)
        if (!isOpen(left)) replaceJournalFile(path, essence(left, at()))
        if (of.embedded) rmSync(path, { force: true })
        unlock()
      },
    }
  } catch (error) {
    unlock()
    return orUnwritable(path)(error)
  }
}

function orUnwritable(path: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof Fault ? error : unwritable(path, error)
  }
}

/** What a cluster's journal leaves open, without opening it. */
export function openOutages(of: JournalOf): Outages {
  return readJournalFile(journalPath(of))
}

/**
 * The journals of a folder that leave something open, or have something to tell; none of embedded
 * labs. One that cannot be read is said, and hinders no other.
 */
export function unfinishedIn(
  dir: string,
  onUnreadable: (error: unknown) => void,
): { path: string; left: Outages & { begin: Begin } }[] {
  return namesIn(dir, 'cluster').flatMap((name) => {
    const path = join(dir, name)
    try {
      const { begin, ...left } = readJournalFile(path)
      const unfinished = isOpen({ begin, ...left }) || left.toTell.length > 0
      return begin && unfinished ? [{ path, left: { begin, ...left } }] : []
    } catch (error) {
      onUnreadable(error)
      return []
    }
  })
}

/**
 * Closes the journals of embedded labs and local clusters whose grader is dead: their VMs have gone with it, so there
 * is nothing to bring back. Says one sentence for each that was left in the middle of something.
 */
export function voidDeadLabs(dir: string, say: (sentence: Message) => void): void {
  for (const name of namesIn(dir, 'embedded')) {
    const path = join(dir, name)
    const left = readJournalFile(path)
    if (!left.begin || isAlive(left.begin)) continue
    if (isOpen(left)) {
      const off = left.vms.map((vm) => vm.name)
      const isLab = left.begin.cluster.startsWith('lab-')
      const what = isLab ? msg('embedded lab') : msg('local cluster')
      say(
        off.length > 0
          ? msg(
              'An earlier run died with its {what} while {off} was off: nothing of it is left, so its journal is closed as void.',
              { what, off },
            )
          : msg(
              'An earlier run died with its {what}: nothing of it is left, so its journal is closed as void.',
              { what },
            ),
      )
    }
    removeJournal(path)
  }
}

/** Forgets a journal of a cluster that is no more. */
export function removeJournal(path: string): void {
  rmSync(path, { force: true })
  rmSync(`${path}.lock`, { force: true })
}

function namesIn(dir: string, kind: 'embedded' | 'cluster'): string[] {
  try {
    return readdirSync(dir).filter(
      (name) => name.startsWith(`${kind}-`) && name.endsWith('.ndjson'),
    )
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    // An empty list would say that nothing is left to restore.
    throw unreadable(dir, error)
  }
}

export function journalPath({ dir, cluster, embedded }: JournalOf): string {
  const plain = cluster.replace(/[^A-Za-z0-9.-]/g, '_').slice(0, 60)
  // Two names may look alike once they are made safe for a file system.
  const sum = createHash('sha256').update(cluster).digest('hex').slice(0, 8)
  return join(dir, `${embedded ? 'embedded' : 'cluster'}-${plain}-${sum}.ndjson`)
}

function about({ cluster, embedded, file = '' }: JournalOf) {
  return { cluster, embedded, file }
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
