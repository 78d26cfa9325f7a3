import { resolve } from 'node:path'
import { Command } from 'commander'
import { stringify } from 'yaml'
import { inLanguage, type Language, type Message, msg } from '../helpers/language/message.ts'
import { simulatedWord } from '../helpers/report/words.ts'
import type { Lab } from '../lab/contract.ts'
import { exit } from './exit.ts'
import { mustBeFile, numberOf, wholeOf, wordOf, writeOut } from './flags.ts'
import { exampleText } from './help.ts'
import { labCommands } from './lab/commands.ts'
import { labFileOf, mustBeFree } from './lab/running.ts'

interface LabFlags {
  out?: string
  name?: string
  seed?: string
  speed: string
  clients: string
  stop: string
  nomad?: string
  lang?: string
}

const fastest = 20

/** `grade lab`: the embedded lab in a process of its own, with real ports on loopback. */
export function labCommand(language: Language): Command {
  const say = (sentence: Message) => inLanguage(sentence, language)
  const example =
    'grade lab &\n  grade lab stop box-7\n  grade lab fault dns-slow\n  grade --submission . --cluster lab.yaml'
  const nomad = { usual: '1.4.4', other: '2.0.5' }
  const where = { description: msg('where its cluster file is written'), value: 'lab.yaml' }
  const command = new Command('lab')
    .description(say(msg('run a simulated cluster in this process, until Ctrl-C')))
    .option('--out <file>', say(msg('{description} (default: {value})', where)))
    .option(
      '--name <name>',
      say(msg('one of several: its file is {file}', { file: 'lab-NAME.yaml' })),
    )
    .option('--seed <n>', say(msg('the same seed gives the same lab')))
    .option(
      '--speed <n>',
      say(msg('cluster seconds per second, {fastest} at most', { fastest })),
      '1',
    )
    .option('--clients <n>', say(msg('how many client VMs')), '3')
    .option('--stop <orderly|cut>', say(msg('how a grader is to stop its VMs')), 'orderly')
    .option(
      '--nomad <version>',
      say(msg('which Nomad it imitates: {usual} (default) or {other}', nomad)),
    )
    .addHelpText('after', exampleText(example, language))
    .action(async (flags: LabFlags) => {
      process.exitCode = await serve(flags, language)
    })
  for (const one of labCommands(language)) command.addCommand(one)
  return command
}

async function serve(flags: LabFlags, language: Language): Promise<number> {
  const seed =
    flags.seed === undefined
      ? Math.floor(Math.random() * 1e6)
      : wholeOf('seed', flags.seed, 0, 2 ** 31)
  const speed = Math.min(fastest, numberOf('speed', flags.speed, 0.1, 1e9))
  const clients = wholeOf('clients', flags.clients, 1, 100)
  const { defaultVersions, startLab } = await import('../lab/lab.ts')
  const how = wordOf('stop', flags.stop, ['orderly', 'cut'])
  const nomad = wordOf('nomad', flags.nomad, ['1.4.4', '2.0.5']) ?? defaultVersions.nomad
  const out = flags.out ?? labFileOf(flags)
  mustBeFile(out)
  await mustBeFree(out)
  const versions = { nomad, consul: defaultVersions.consul } as const
  const lab = await startLab({ seed, clients, time: { kind: 'wall', speed }, how, versions })
  try {
    await writeOut(
      out,
      `# SIMULATED: a lab, not a cluster. Gone when its process ends.\n${stringify(lab.file)}`,
    )
    await untilItEnds(lab, { ...flags, out, speed }, language)
  } finally {
    await lab.close()
  }
  return exit.passed
}

async function untilItEnds(
  lab: Lab,
  flags: Pick<LabFlags, 'name' | 'lang'> & { out: string; speed: number },
  language: Language,
): Promise<void> {
  const { waysIn } = await import('./lab/lines.ts')
  const { recordLab } = await import('./lab/record.ts')
  const { labFront } = await import('./lab/server.ts')
  const { makeFaultSwitch } = await import('../lab/named-faults.ts')
  const { out, name, speed } = flags
  const which = out === 'lab.yaml' ? '' : name === undefined ? ` --lab ${out}` : ` --name ${name}`
  const lines = await waysIn(lab, which, language)
  const record = recordLab(lab)
  const ended = Promise.withResolvers<void>()
  const front = { record, faults: makeFaultSwitch(lab.world), speed, lines, end: ended.resolve }
  const forced = flags.lang === undefined ? undefined : language
  lab.front(labFront({ ...front, language: forced }))

  const { versions } = lab.world
  const begun = msg(
    '{simulated} cluster ({imitated}), seed {seed}, {speed} cluster second(s) a second. Ctrl-C ends it.',
    {
      ...{ simulated: simulatedWord, seed: `${lab.seed}`, speed: `${speed}` },
      imitated: `Nomad ${versions.nomad}, Consul ${versions.consul}`,
    },
  )
  const page = msg('Its page: {address}', { address: `http://${lab.doors.power}/` })
  const file = msg('Cluster file: {path}', { path: resolve(out) })
  const said = [begun, page, file].map((one) => inLanguage(one, language))
  process.stdout.write(`${said.join('\n')}\n${lines}\n`)
  process.once('SIGINT', () => ended.resolve())
  process.once('SIGTERM', () => ended.resolve())
  await ended.promise
  record.end()
}
