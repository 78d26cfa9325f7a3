import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { inLanguage, type Language, type Message, msg } from '../../helpers/language/message.ts'
import type { Lab } from '../../lab/contract.ts'

/** Every door, and lines to paste into another terminal: the command lines of the exercise against this lab. */
export async function waysIn(lab: Lab, which: string, language: Language): Promise<string> {
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
  nomad job run nginx.nomad
  dig @${dnsHost} -p ${dnsPort} nginx.service.consul ANY
  ssh -F ${await writeSshConfig(lab)} ${client} hostname
${say(msg('Stop and start a VM:'))}
  grade lab stop ${client}${which}
  grade lab start ${client}${which}
  curl -X POST ${power}/${client}/stop
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
