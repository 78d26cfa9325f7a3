import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Command } from 'commander'
import { stringify } from 'yaml'
import type { Lab } from '../lab/contract.ts'
import { exit } from './exit.ts'
import { mustBeFile, numberOf, wholeOf, wordOf, writeOut } from './flags.ts'

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
export function labCommand(): Command {
  return new Command('lab')
    .description('run a simulated cluster in this process, until Ctrl-C')
    .option('--out <file>', 'where its cluster file is written', 'lab.yaml')
    .option('--seed <n>', 'the same seed gives the same lab')
    .option('--speed <n>', `cluster seconds per second, ${fastest} at most`, '1')
    .option('--clients <n>', 'how many client VMs', '3')
    .option('--stop <orderly|cut>', 'how a grader is to stop its VMs', 'orderly')
    .option('--nomad <version>', 'which Nomad it imitates: 1.4.4 (default) or 2.0.5')
    .addHelpText(
      'after',
      '\nExample:\n  grade lab --out lab.yaml &\n  grade --submission . --cluster lab.yaml',
    )
    .action(async (flags: LabFlags) => {
      process.exitCode = await serve(flags)
    })
}

async function serve(flags: LabFlags): Promise<number> {
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
    process.stdout.write(
      `SIMULATED cluster (${imitated}), seed ${seed}, ${speed} cluster second(s) a second. ` +
        `Ctrl-C ends it.\nCluster file: ${resolve(flags.out)}\n${await waysIn(lab)}\n`,
    )
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
async function waysIn(lab: Lab): Promise<string> {
  const { doors } = lab
  const server = lab.world.server.name
  const client = [...lab.world.vms.values()].find((vm) => !vm.isServer)?.name ?? server
  const [dnsHost, dnsPort] = (doors[`dns ${server}`] ?? '').split(':')
  const power = `http://${doors.power}/vms`
  const all = Object.entries(doors).map(([name, at]) => `  ${name.padEnd(16)} ${at}`)
  return `${all.join('\n')}

In another terminal:
  export NOMAD_ADDR=http://${doors[`nomad ${server}`]} CONSUL_HTTP_ADDR=${doors[`consul ${server}`]}
  dig @${dnsHost} -p ${dnsPort} nginx.service.consul ANY
  ssh -F ${await writeSshConfig(lab)} ${client} hostname
Stop and start a VM:
  curl -X POST ${power}/${client}/stop    (or cut)
  curl -X POST ${power}/${client}/start
The addresses of the exercise, for curl, nomad, consul and a browser:
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
