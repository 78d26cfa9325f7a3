import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Command } from 'commander'
import { stringify } from 'yaml'
import { inLanguage, type Language, type Message, msg } from '../helpers/language/message.ts'
import type { Lab } from '../lab/contract.ts'
import { exit } from './exit.ts'
import { mustBeFile, numberOf, wholeOf, wordOf, writeOut } from './flags.ts'
import { exampleText } from './help.ts'

interface LabFlags {
  out: string
  seed?: string
  speed: string
  clients: string
  stop: string
  nomad?: string
}

const fastest = 20

/** `grade lab`: the embedded lab in a process of its own, with real ports on loopback. */
export function labCommand(language: Language): Command {
  const say = (sentence: Message) => inLanguage(sentence, language)
  const example = 'grade lab --out lab.yaml &\n  grade --submission . --cluster lab.yaml'
  return new Command('lab')
    .description(say(msg('run a simulated cluster in this process, until Ctrl-C')))
    .option('--out <file>', say(msg('where its cluster file is written')), 'lab.yaml')
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
      say(
        msg('which Nomad it imitates: {usual} (default) or {other}', {
          usual: '1.4.4',
          other: '2.0.5',
        }),
      ),
    )
    .addHelpText('after', exampleText(example, language))
    .action(async (flags: LabFlags) => {
      process.exitCode = await serve(flags, language)
    })
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
  mustBeFile(flags.out)
  const versions = { nomad, consul: defaultVersions.consul } as const
  const lab = await startLab({ seed, clients, time: { kind: 'wall', speed }, how, versions })
  try {
    await writeOut(
      flags.out,
      `# SIMULATED: a lab, not a cluster. Gone when its process ends.\n${stringify(lab.file)}`,
    )
    const imitated = `Nomad ${nomad}, Consul ${versions.consul}`
    const begun = msg(
      '{simulated} cluster ({imitated}), seed {seed}, {speed} cluster second(s) a second. Ctrl-C ends it.',
      { simulated: 'SIMULATED', imitated, seed: `${seed}`, speed: `${speed}` },
    )
    const file = msg('Cluster file: {path}', { path: resolve(flags.out) })
    const lines = [begun, file].map((one) => inLanguage(one, language))
    process.stdout.write(`${lines.join('\n')}\n${await waysIn(lab, language)}\n`)
    await new Promise<void>((end) => {
      process.once('SIGINT', end)
      process.once('SIGTERM', end)
    })
  } finally {
    await lab.close()
  }
  return exit.passed
}

/** Every door, and lines to paste into another terminal: the command lines of the exercise against this lab. */
async function waysIn(lab: Lab, language: Language): Promise<string> {
  const say = (sentence: Message) => inLanguage(sentence, language)
  const { doors } = lab
  const server = lab.world.server.name
  const client = [...lab.world.vms.values()].find((vm) => !vm.isServer)?.name ?? server
  const [dnsHost, dnsPort] = (doors[`dns ${server}`] ?? '').split(':')
  const power = `http://${doors.power}/vms`
  const all = Object.entries(doors).map(([name, at]) => `  ${name.padEnd(16)} ${at}`)
  return `${all.join('\n')}

${say(msg('In another terminal:'))}
  export NOMAD_ADDR=http://${doors[`nomad ${server}`]} CONSUL_HTTP_ADDR=${doors[`consul ${server}`]}
  dig @${dnsHost} -p ${dnsPort} nginx.service.consul ANY
  ssh -F ${await writeSshConfig(lab)} ${client} hostname
${say(msg('Stop and start a VM:'))}
  curl -X POST ${power}/${client}/stop    (cut)
  curl -X POST ${power}/${client}/start
${say(msg('The addresses of the exercise, for curl, nomad, consul and a browser:'))}
  export http_proxy=http://${doors.connect} no_proxy=127.0.0.1,localhost
  curl http://${lab.world.vms.get(client)?.ip}:8500/v1/agent/services`
}

/** For `ssh -F`, beside the key, with which it is removed. Names and addresses both work. */
async function writeSshConfig(lab: Lab): Promise<string> {
  const { key, user } = lab.file.ssh as { key: string; user: string }
  const hosts = [...lab.world.vms.values()].map(({ name, ip }) => {
    const [host, port] = (lab.doors[`ssh ${name}`] ?? '').split(':')
    return `Host ${name} ${ip}\n  HostName ${host}\n  Port ${port}\n`
  })
  // Host keys are new with each lab.
  const all = `Host *
  User ${user}
  IdentityFile ${key}
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
`
  const path = join(dirname(key), 'ssh_config')
  await writeFile(path, hosts.join('') + all)
  return path
}
