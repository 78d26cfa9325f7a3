import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { parseClusterFile } from '../helpers/cluster/load.ts'
import { jsonSchema } from '../helpers/cluster/mistakes.ts'
import { detectDrivers } from '../helpers/cluster/power/detect.ts'
import { clusterYaml } from '../helpers/doctor/cluster-yaml.ts'
import { discover } from '../helpers/doctor/discover.ts'
import { oneLine } from '../helpers/report/line.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { Fault, tell } from '../helpers/time/fault.ts'
import { exit, Usage } from './exit.ts'
import { mustBeFile, writeOut } from './flags.ts'

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
export function initCommand(): Command {
  return new Command('init')
    .description('write a cluster file by asking the cluster itself')
    .option(
      '--server <address>',
      'of the server (else NOMAD_ADDR, CONSUL_HTTP_ADDR, 192.168.56.101)',
    )
    .option('--out <file>', 'where it is written', 'cluster.yaml')
    .option('--force', 'write over a file that is there')
    .option('--schema', "print the cluster file's JSON Schema, and nothing else")
    .addHelpText(
      'after',
      '\nExample:\n  grade init --server 192.168.56.101 --out clusters/anna.yaml',
    )
    .action(async (flags: InitFlags) => {
      process.exitCode = await init(flags)
    })
}

async function init(flags: InitFlags): Promise<number> {
  if (flags.schema) {
    process.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`)
    return exit.passed
  }
  mustBeFile(flags.out)
  const path = resolve(flags.out)
  if (existsSync(path) && !flags.force)
    throw new Usage(
      `${flags.out} is there already: give another --out, or --force to write over it.`,
    )
  const asked = await serverOf(flags.server, process.env)
  const say = (sentence: string) => void process.stdout.write(oneLine(sentence))
  say(`Asking ${asked.server} …`)
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
    say(
      `${flags.out} is written: the server ${found.serverName}, clients ${names.join(', ') || 'none'}.`,
    )
    for (const sentence of open) say(`! ${sentence}`)
    say(`Next: grade doctor --cluster ${flags.out}`)
    return exit.passed
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    process.stderr.write(oneLine(`grade: nothing was written: ${tell(error)}`))
    return exit.inconclusive
  }
}

/** The server's address, and what the file must say besides when its ports are unusual. */
async function serverOf(
  flag: string | undefined,
  env: Record<string, string | undefined>,
): Promise<{ server: string; extra: Record<string, { address: string }> }> {
  const named = flag ?? env.NOMAD_ADDR ?? env.CONSUL_HTTP_ADDR ?? (await askServer())
  const url = URL.parse(named.includes('://') ? named : `http://${named}`)
  if (!url || url.hostname === '') throw new Usage(`${named} is no address of a server.`)
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
async function askServer(): Promise<string> {
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) return usualServer
  const { input } = await import('@inquirer/prompts')
  return input({ message: "Address of the server's VM", default: usualServer })
}
