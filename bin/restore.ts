import { resolve } from 'node:path'
import { Command } from 'commander'
import { isOpen, openJournal, openOutages } from '../helpers/cluster/journal.ts'
import { loadClusterFile } from '../helpers/cluster/load.ts'
import { watchAndRestore } from '../helpers/cluster/reaper.ts'
import { restore } from '../helpers/cluster/restore.ts'
import { connect } from '../helpers/connect.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { exit } from './exit.ts'
import { journalOf } from './session.ts'

interface RestoreFlags {
  cluster: string
  state: string
  watch?: string
}

/** `grade restore`: brings back what a killed run left off, out of its journal. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('start the VMs that a killed run left off, and undo the rest of it')
    .option('--cluster <file>', 'the cluster file', 'cluster.yaml')
    .option('--state <dir>', 'where the journals are', '.grade')
    .option(
      '--watch <pid>',
      'wait until this process is gone, then restore (grade starts it itself)',
    )
    .addHelpText('after', '\nExample:\n  grade restore --cluster cluster.yaml')
    .action(async (flags: RestoreFlags) => {
      process.exitCode = (await bringBack(flags)) ? exit.passed : exit.inconclusive
    })
}

/** False when something could not be undone; its sentence says what to do. */
async function bringBack({ cluster, state, watch }: RestoreFlags): Promise<boolean> {
  const path = resolve(cluster)
  const file = await loadClusterFile(path)
  const of = journalOf(file, false, { stateDir: resolve(state), cluster: path })
  const clock = wallClock(file.lab?.speed)
  if (watch !== undefined) {
    return watchAndRestore(Number(watch), of, async () => {
      const hands = connect(file, clock, 'file')
      return { hands, clock, close: () => hands.close() }
    })
  }
  const say = (sentence: string) => process.stdout.write(`${sentence}\n`)
  const left = openOutages(of)
  if (!isOpen(left)) {
    for (const sentence of left.toTell) say(sentence)
    say('Nothing is to be restored: no VM was left off, no job was left running.')
    return true
  }
  const hands = connect(file, clock, 'file')
  const journal = await openJournal(of, { clock, say })
  try {
    return await restore(journal, hands, { say })
  } finally {
    journal.close()
    await hands.close()
  }
}
