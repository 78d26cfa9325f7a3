import { stringify } from 'yaml'
import type { FoundDriver } from '../cluster/power/detect.ts'
import { inLanguage, type Message, msg } from '../language/message.ts'
import type { Discovered } from './discover.ts'
import { inOrder } from './finding.ts'

export interface Written {
  text: string
  /** What could not be found out, and what to write there. */
  open: Message[]
}

/**
 * The text of a cluster file for what was found. `schema`: path of cluster.schema.json as an editor
 * finds it from the file.
 */
export function clusterYaml(
  found: Discovered,
  drivers: readonly FoundDriver[],
  by: { schema: string; extra: Record<string, unknown> },
): Written {
  const names = found.clients.map((one) => one.name)
  const ssh = sshPart(found)
  const power = powerPart(names, drivers)
  const { nomad, consul } = found.versions
  const kept = found.kept.map(({ name, why }) => `# ${name} is never stopped: ${why}.\n`).join('')
  const text =
    `# yaml-language-server: $schema=${by.schema}\n` +
    '# Written by "grade init"; docs/cluster-yaml.md explains each key. "grade doctor" says what is fit.\n\n' +
    `${pair('server', found.server)}        # ${found.serverName}: Nomad ${nomad}, Consul ${consul}\n` +
    `clients: discover        # at this moment ${list(names)}; or node names, [${names.join(', ')}]\n` +
    `exclude: []              # clients that are never used or stopped\n` +
    kept +
    `${pair('datacenter', found.datacenter)}${found.datacenter === 'dc1' ? '' : '        # the sheet names dc1'}\n` +
    (Object.keys(by.extra).length > 0 ? stringify(by.extra) : '') +
    `\n${ssh.text}\n${power.text}\n` +
    '# Archives of "docker save" for grade doctor --load; without any the Docker of this machine is asked.\nimages: []\n'
  return { text, open: [...ssh.open, ...power.open] }
}

const pair = (key: string, value: string) => stringify({ [key]: value }).trimEnd()
const list = (names: readonly string[]) => (names.length === 0 ? 'none' : inOrder(names).join(', '))
/** Foreign text in a comment: one line. */
const comment = (text: string) => `# ${text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')}\n`

function sshPart({ ssh, clients }: Discovered): Written {
  const open: Message[] = []
  const hosts = Object.fromEntries(
    ssh.forwarded.map(({ name, port }) => [name, { host: '127.0.0.1', port }]),
  )
  const some = ssh.letIn.length > 0
  const part = {
    ssh: {
      user: some ? ssh.user : 'box',
      ...(ssh.key !== undefined && { key: ssh.key }),
      ...(ssh.forwarded.length > 0 && { hosts }),
    },
  }
  const troubles = clients.flatMap((one) => ssh.why.get(one.name) ?? [])
  open.push(...troubles)
  if (!some && clients.length > 0)
    open.push(
      msg('No VM lets us in by SSH: write the user and the private key under "{key}".', {
        key: 'ssh:',
      }),
    )
  const said = some
    ? comment(`lets ${ssh.user} in: ${list(ssh.letIn)}; sudo without a password: ${list(ssh.sudo)}`)
    : ''
  // Written out, it would win over what ~/.ssh/config says.
  const key = ssh.key === undefined ? '  # key: ~/.ssh/id_ed25519_box\n' : ''
  return {
    text:
      said + troubles.map((one) => comment(inLanguage(one, 'en'))).join('') + stringify(part) + key,
    open,
  }
}

function powerPart(names: readonly string[], drivers: readonly FoundDriver[]): Written {
  const knows = (one: FoundDriver) => names.filter((name) => name in one.matches).length
  const [best] = drivers.filter((one) => knows(one) > 0).sort((a, b) => knows(b) - knows(a))
  const how = 'orderly'
  if (!best) {
    const others = drivers.map((one) => one.title).join(', ')
    const inFile = { key: 'power:', page: 'docs/power.md' }
    return {
      text:
        comment(
          'How stopped VMs are started again: nothing was found that knows them. For example:',
        ) +
        '# power:\n#   driver: command\n#   how: orderly\n#   start: VBoxManage startvm {vm} --type headless\n' +
        '#   cut: VBoxManage controlvm {vm} poweroff\n',
      open: [
        others === ''
          ? msg('No way to start the VMs was found: write a "{key}" part ({page}).', inFile)
          : msg(
              'No way to start the VMs was found ({others} is here, and knows none of them): write a "{key}" part ({page}).',
              { others, ...inFile },
            ),
      ],
    }
  }
  const missing = names.filter((name) => !(name in best.matches))
  const part = { power: { ...best.file, how } }
  return {
    text:
      comment(
        'How stopped VMs are started again. how: orderly stops over SSH, cut takes the power away.',
      ) + stringify(part),
    open: missing.map((name) =>
      msg('{driver} knows no VM for {name}: write it under "{key}".', {
        ...{ driver: best.driver, name, key: 'power: names:' },
      }),
    ),
  }
}
