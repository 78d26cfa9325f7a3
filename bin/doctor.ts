import { resolve } from 'node:path'
import { Command } from 'commander'
import { journalOf, openOutages } from '../helpers/cluster/journal.ts'
import { type Connected, connect } from '../helpers/connect.ts'
import { type Examination, examine } from '../helpers/doctor/examine.ts'
import { findingIn } from '../helpers/doctor/finding.ts'
import { loadImages } from '../helpers/doctor/load.ts'
import { renderExamination } from '../helpers/doctor/screen.ts'
import {
  inLanguage,
  type Language,
  type Message,
  msg,
  type Text,
  tellIn,
} from '../helpers/language/message.ts'
import { safeJson } from '../helpers/report/json.ts'
import { oneLine } from '../helpers/report/line.ts'
import { lookOf } from '../helpers/report/screen.ts'
import { simulatedSentence, simulatedWord } from '../helpers/report/words.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { clusterFile } from './cluster-file.ts'
import { exit, Usage } from './exit.ts'
import { exampleText } from './help.ts'

interface DoctorFlags {
  cluster: string
  state: string
  load?: boolean
  mirror?: string
  json?: boolean
}

/** `grade doctor`: what of a cluster is fit, what is not, and what to do. */
export function doctorCommand(language: Language): Command {
  const say = (sentence: Message) => inLanguage(sentence, language)
  const exits = msg('Exit: 0 fit, 2 not fit, 64 usage. It changes nothing, but for {flag}.', {
    flag: '--load',
  })
  return new Command('doctor')
    .description(say(msg('say what of the cluster is fit, what is not, and what to do about it')))
    .option('--cluster <file>', say(msg('the cluster file')), 'cluster.yaml')
    .option('--state <dir>', say(msg('where the journals are')), '.grade')
    .option('--load', say(msg('bring the images to VMs that lack them first')))
    .option('--mirror <registry>', say(msg('with --load: the VMs pull from this registry')))
    .option('--json', say(msg('print what was found as JSON')))
    .addHelpText(
      'after',
      `${exampleText('grade doctor --cluster clusters/anna.yaml', language)}\n\n${say(exits)}`,
    )
    .action(async (flags: DoctorFlags) => {
      process.exitCode = await look(flags, language)
    })
}

async function look(flags: DoctorFlags, language: Language): Promise<number> {
  if (flags.mirror !== undefined && !flags.load)
    throw new Usage(msg('{flag} is for {other}.', { flag: '--mirror', other: '--load' }))
  const path = resolve(flags.cluster)
  const file = await clusterFile(flags.cluster)
  const screen = flags.json ? process.stderr : process.stdout
  const say = (sentence: Text) => void screen.write(oneLine(tellIn(sentence, language)))
  const of = journalOf(file, { dir: resolve(flags.state), path, embedded: false })
  const cluster = connect(file, wallClock(file.lab?.speed), 'file', {
    stateDir: resolve(flags.state),
    say,
  })
  if (file.lab) screen.write(`${simulatedWord} ${simulatedSentence(language)}\n`)
  try {
    const seen = await examine(cluster, openOutages(of))
    const loaded = !flags.load || (await load(cluster, seen, flags, say))
    const again = flags.load ? await examine(cluster, openOutages(of)) : seen
    const findings = again.findings.map((one) => findingIn(one, language))
    if (flags.json) process.stdout.write(safeJson({ ...again, findings }))
    else screen.write(renderExamination(again, lookOf(screen, process.env), language))
    return again.fit && loaded ? exit.passed : exit.inconclusive
  } finally {
    await cluster.close()
  }
}

/** Brings images to every VM that lets us in. */
async function load(
  cluster: Connected,
  seen: Examination,
  { mirror }: DoctorFlags,
  say: (sentence: Text) => void,
): Promise<boolean> {
  const shut = new Set(
    seen.findings
      .filter(({ what }) => ['client-off', 'ssh', 'host-key', 'docker'].includes(what))
      .flatMap(({ vms }) => vms),
  )
  const vms = seen.clients
    .filter(({ name }) => !shut.has(name))
    .map(({ name, address }) => ({ name, host: address }))
  const archives = cluster.file.images
  return loadImages(cluster, vms, { archives, say, ...(mirror !== undefined && { mirror }) })
}
