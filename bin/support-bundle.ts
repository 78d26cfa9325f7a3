import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { loadClusterFile } from '../helpers/cluster/load.ts'
import { inLanguage, type Language, type Message, msg } from '../helpers/language/message.ts'
import { safeJson } from '../helpers/report/json.ts'
import { oneLine } from '../helpers/report/line.ts'
import { readRunFolder } from '../helpers/run-folder.ts'
import { supportBundle } from '../helpers/support/bundle.ts'
import { Fault, told } from '../helpers/time/fault.ts'
import { rubric } from '../suites/rubric.ts'
import { exit, Usage } from './exit.ts'
import { mustBeFile, writeOut } from './flags.ts'
import { exampleText } from './help.ts'
import { installationHere } from './version.ts'

interface BundleFlags {
  cluster?: string
  out: string
}

/** `grade support-bundle`: what a bug report may hold, for a person to read and to send. */
export function supportBundleCommand(language: Language): Command {
  const say = (sentence: Message) => inLanguage(sentence, language)
  return new Command('support-bundle')
    .description(say(msg('write what a bug report may hold, and show it; nothing is sent')))
    .argument('[run]', say(msg("a run's folder: its verdicts, causes and timings")))
    .option('--cluster <file>', say(msg('the cluster file: which kinds of things it asks for')))
    .option('--out <file>', say(msg('write it there')), 'grade-support.json')
    .addHelpText('after', exampleText('grade support-bundle reports/anna/latest', language))
    .action(async (run: string | undefined, flags: BundleFlags) => {
      process.exitCode = await bundle(run, flags, language)
    })
}

async function bundle(
  path: string | undefined,
  flags: BundleFlags,
  language: Language,
): Promise<number> {
  mustBeFile(flags.out)
  const named = [path, flags.cluster].find((one) => one !== undefined && !existsSync(one))
  // `latest` may be a text file beside where a link would be.
  if (named !== undefined && !existsSync(`${named}.txt`))
    throw new Usage(msg('There is no {path}.', { path: named }))
  const file = flags.cluster ?? (existsSync('cluster.yaml') ? 'cluster.yaml' : undefined)
  const made = supportBundle({
    ...{ installation: installationHere(), rubric },
    ...(file !== undefined && { cluster: await orTrouble(() => loadClusterFile(resolve(file))) }),
    ...(path !== undefined && { run: await orTrouble(async () => readRunFolder(path)) }),
  })
  const text = safeJson(made)
  await writeOut(flags.out, text)
  const wrote = msg(
    'This is all that {path} holds. Read it, then send it yourself: nothing was sent.',
    { path: flags.out },
  )
  process.stdout.write(`${text}\n${oneLine(inLanguage(wrote, language))}`)
  return exit.passed
}

/** What cannot be read is a part of the report: its code goes in, its sentence to the screen. */
async function orTrouble<T>(read: () => Promise<T>): Promise<T | { trouble: string }> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    process.stderr.write(oneLine(`grade: ${inLanguage(told(error), 'en')}`))
    return { trouble: error.code }
  }
}
