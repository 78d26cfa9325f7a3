import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { parseClusterFile } from '../helpers/cluster/load.ts'
import { jsonSchema } from '../helpers/cluster/mistakes.ts'
import { detectDrivers } from '../helpers/cluster/power/detect.ts'
import { clusterYaml } from '../helpers/doctor/cluster-yaml.ts'
import { discover } from '../helpers/doctor/discover.ts'
import {
  inLanguage,
  type Language,
  type Message,
  msg,
  sentences,
  type Text,
  tellIn,
} from '../helpers/language/message.ts'
import { oneLine } from '../helpers/report/line.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { Fault, told } from '../helpers/time/fault.ts'
import { exit, Usage } from './exit.ts'
import { mustBeFile, writeOut } from './flags.ts'
import { exampleText } from './help.ts'

interface InitFlags {
  server?: string
  out: string
  force?: boolean
  schema?: boolean
}

/** The course's server (lab-conventions §1): tried when nothing else is named. */
const usualServer = '192.168.56.101'
const schemaFile = fileURLToPath(new URL('../cluster.schema.json', import.meta.url))

/** `grade init`: writes a cluster file by asking the cluster. */
export function initCommand(language: Language): Command {
  const say = (sentence: Message) => inLanguage(sentence, language)
  const usual = 'NOMAD_ADDR, CONSUL_HTTP_ADDR, 192.168.56.101'
  return new Command('init')
    .description(say(msg('write a cluster file by asking the cluster itself')))
    .option('--server <address>', say(msg('of the server (else {usual})', { usual })))
    .option('--out <file>', say(msg('where it is written')), 'cluster.yaml')
    .option('--force', say(msg('write over a file that is there')))
    .option('--schema', say(msg("print the cluster file's JSON Schema, and nothing else")))
    .addHelpText(
      'after',
      exampleText('grade init --server 192.168.56.101 --out clusters/anna.yaml', language),
    )
    .action(async (flags: InitFlags) => {
      process.exitCode = await init(flags, language)
    })
}

async function init(flags: InitFlags, language: Language): Promise<number> {
  if (flags.schema) {
    process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`)
    return exit.passed
  }
  mustBeFile(flags.out)
  const path = resolve(flags.out)
  if (existsSync(path) && !flags.force)
    throw new Usage(
      msg('{path} is there already: give another {flag}, or {force} to write over it.', {
        ...{ path: flags.out, flag: '--out', force: '--force' },
      }),
    )
  const asked = await serverOf(flags.server, process.env, language)
  const say = (sentence: Text) => void process.stdout.write(oneLine(tellIn(sentence, language)))
  say(msg('Asking {server} …', { server: asked.server }))
  const clock = wallClock()
  try {
    const found = await discover({ server: asked.server, ...asked.extra }, clock, {
      stateDir: resolve('.grade'),
      say,
    })
    const names = found.clients.map((one) => one.name)
    const schema = relative(dirname(path), schemaFile).replaceAll('\\', '/')
    const nodes = found.clients.map(({ name, host }) => ({ name, address: host }))
    const { text, open } = clusterYaml(found, await detectDrivers(nodes, clock), {
      schema,
      extra: asked.extra,
    })
    // A file that we could not read ourselves is written by nobody's mistake but ours.
    parseClusterFile(text, path)
    await writeOut(flags.out, text)
    const written = { path: flags.out, server: found.serverName }
    say(
      names.length > 0
        ? msg('{path} is written: the server {server}, clients {names}.', { ...written, names })
        : msg('{path} is written: the server {server}, clients none.', written),
    )
    for (const sentence of open) say(`! ${tellIn(sentence, language)}`)
    say(msg('Next: {code}', { code: `grade doctor --cluster ${flags.out}` }))
    return exit.passed
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const why = msg('grade: nothing was written: {why}', { why: advice(error) })
    process.stderr.write(oneLine(inLanguage(why, language)))
    return exit.inconclusive
  }
}

/** There is no cluster file yet that could be corrected. */
function advice(error: Fault): Message {
  if (error.code !== 'server-off') return told(error)
  const flag = '--server ADDRESS'
  const next = msg('Start its VM and wait a minute, or give the right address: {flag}', { flag })
  return sentences(error.said, next)
}

/** The server's address, and what the file must say besides when its ports are unusual. */
async function serverOf(
  flag: string | undefined,
  env: Record<string, string | undefined>,
  language: Language,
): Promise<{ server: string; extra: Record<string, { address: string }> }> {
  const named = flag ?? env.NOMAD_ADDR ?? env.CONSUL_HTTP_ADDR ?? (await askServer(language))
  const url = URL.parse(named.includes('://') ? named : `http://${named}`)
  if (!url || url.hostname === '')
    throw new Usage(msg('{named} is no address of a server.', { named }))
  const server = url.hostname.replace(/^\[|\]$/g, '')
  const extra: Record<string, { address: string }> = {}
  const { NOMAD_ADDR, CONSUL_HTTP_ADDR } = env
  if (flag === undefined) {
    if (NOMAD_ADDR && !/^http:\/\/[^:/]+(:4646)?\/?$/.test(NOMAD_ADDR))
      extra.nomad = { address: NOMAD_ADDR }
    if (CONSUL_HTTP_ADDR && !/^(http:\/\/)?[^:/]+(:8500)?\/?$/.test(CONSUL_HTTP_ADDR))
      extra.consul = { address: CONSUL_HTTP_ADDR }
  }
  return { server, extra }
}

/** Nothing names the server: a person is asked; without one the course's address is tried. */
async function askServer(language: Language): Promise<string> {
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) return usualServer
  const { input } = await import('@inquirer/prompts')
  return input({
    message: inLanguage(msg("Address of the server's VM"), language),
    default: usualServer,
  })
}
