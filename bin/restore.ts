import { resolve } from 'node:path'
import { Command } from 'commander'
import type { ClusterFile } from '../helpers/cluster/file.ts'
import {
  isOpen,
  type JournalOf,
  journalOf,
  journalPath,
  openJournal,
  openOutages,
  removeJournal,
  unfinishedIn,
} from '../helpers/cluster/journal.ts'
import { labIsGone } from '../helpers/cluster/lab-route.ts'
import { loadClusterFile } from '../helpers/cluster/load.ts'
import { watchAndRestore } from '../helpers/cluster/reaper.ts'
import { restore, tellKept } from '../helpers/cluster/restore.ts'
import { connect } from '../helpers/connect.ts'
import {
  inLanguage,
  type Language,
  type Message,
  msg,
  type Text,
  tellIn,
} from '../helpers/language/message.ts'
import { oneLine } from '../helpers/report/line.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { codeOf, Fault, told } from '../helpers/time/fault.ts'
import { clusterFile } from './cluster-file.ts'
import { exit } from './exit.ts'
import { wholeOf } from './flags.ts'
import { exampleText } from './help.ts'

interface RestoreFlags {
  cluster?: string
  state: string
  watch?: string
}

/** One command a process. */
let language: Language = 'en'
const say = (sentence: Text) => process.stdout.write(oneLine(tellIn(sentence, language)))
const nothing = msg('Nothing is to be restored: no VM was left off, no job was left running.')
const labGone = (dir: string) =>
  msg(
    'A run that ended early was on a lab that has ended too: its journal in {dir} is closed as void.',
    { dir },
  )

/** `grade restore`: brings back what a killed run left off, out of its journal. */
export function restoreCommand(readers: Language): Command {
  language = readers
  const word = (sentence: Message) => inLanguage(sentence, readers)
  const cluster = msg('only this cluster; otherwise each that a journal names')
  const watch = msg('wait until this process is gone, then restore (grade starts it itself)')
  return new Command('restore')
    .description(word(msg('start the VMs that a killed run left off, and undo the rest of it')))
    .option('--cluster <file>', word(cluster))
    .option('--state <dir>', word(msg('where the journals are')), '.grade')
    .option('--watch <pid>', word(watch))
    .addHelpText('after', exampleText('grade restore', readers))
    .action(async (flags: RestoreFlags) => {
      process.exitCode = (await bringBack(flags)) ? exit.passed : exit.inconclusive
    })
}

/** False when something could not be undone; its sentence says what to do. */
async function bringBack({ cluster, state, watch }: RestoreFlags): Promise<boolean> {
  const dir = resolve(state)
  if (cluster === undefined) return restoreAll(dir)
  const path = resolve(cluster)
  const file = await clusterFile(cluster)
  const of = journalOf(file, { dir, path, embedded: false })
  if (watch === undefined) return restoreOne(file, of)
  return watchAndRestore(wholeOf('watch', watch, 1, 2 ** 31), of, async () => {
    if (await labIsGone(file)) return undefined
    const hands = connect(file, wallClock(file.lab?.speed), 'file', { stateDir: dir })
    return { hands, close: () => hands.close() }
  })
}

/** All clusters of which a journal is open, each by the cluster file that its journal names. */
async function restoreAll(dir: string): Promise<boolean> {
  let whole = true
  const failed = (error: unknown) => {
    if (!(error instanceof Fault)) throw error
    say(told(error))
    whole = false
  }
  const found = unfinishedIn(dir, failed)
  if (found.length === 0 && whole) say(nothing)
  for (const { path, left } of found) {
    const { cluster, file: named } = left.begin
    if (found.length > 1) say(`${named}:`)
    const of = { dir, cluster, embedded: false, file: named }
    try {
      const file = await loadClusterFile(named)
      const same = journalPath(journalOf(file, { dir, path: named, embedded: false })) === path
      if (same) whole = (await restoreOne(file, of)) && whole
      else if (isLab(cluster)) voidLab(of)
      else throw otherCluster(named, cluster)
    } catch (error) {
      if (isLab(cluster) && codeOf(error) === 'CLUSTER_FILE_MISSING') voidLab(of)
      else failed(error)
    }
  }
  return whole
}

const isLab = (cluster: string) => cluster.startsWith('lab-')

function voidLab(of: JournalOf): void {
  removeJournal(journalPath(of))
  say(labGone(of.dir))
}

function otherCluster(file: string, cluster: string): Fault {
  const seen = msg('{file} names another server now than {cluster}, where VMs were left off.', {
    ...{ file, cluster },
  })
  return new Fault(seen, {
    code: 'OTHER_CLUSTER',
    cure: msg('Write that server into a cluster file and run: {code}', {
      code: 'grade restore --cluster FILE',
    }),
  })
}

async function restoreOne(file: ClusterFile, of: JournalOf): Promise<boolean> {
  const left = openOutages(of)
  if (!isOpen(left) && left.toTell.length === 0) {
    say(nothing)
    return true
  }
  if (await labIsGone(file)) {
    voidLab(of)
    return true
  }
  const clock = wallClock(file.lab?.speed)
  const journal = await openJournal(of, { clock, role: 'restore', say })
  const hands = connect(file, clock, 'file', { stateDir: of.dir, say })
  try {
    tellKept(journal, say)
    if (isOpen(journal.open())) return await restore(journal, hands, { say })
    say(msg('Nothing is left open.'))
    return true
  } finally {
    journal.close()
    await hands.close()
  }
}
