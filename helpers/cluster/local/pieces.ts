import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import which from 'which'
import { type Message, msg, sentences } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import type { Images } from './plan.ts'

/** Programs that a local cluster is made of, and the package of Debian that each is in. */
const programs: Record<string, string> = {
  nomad: 'nomad (from HashiCorp)',
  consul: 'consul (from HashiCorp)',
  dockerd: 'docker.io',
  sshd: 'openssh-server',
  'ssh-keygen': 'openssh-client',
  ip: 'iproute2',
  iptables: 'iptables',
  unshare: 'util-linux',
  mount: 'mount',
  curl: 'curl',
}

/** What this machine is, for `whatIsMissing`. */
export interface Machine {
  platform: string
  root: boolean
  /** As PATH; the folders of system programs are looked in as well. */
  path: string
}

/** PATH with the folders where system programs are, which not every shell has. */
export const fullPath = (path: string) => [path, '/usr/sbin', '/sbin'].filter(Boolean).join(':')

/** Everything that a local cluster lacks on this machine, each with its cure; [] when nothing. */
export async function whatIsMissing(machine: Machine): Promise<Message[]> {
  if (machine.platform !== 'linux')
    return [
      msg('it needs Linux (its VMs are namespaces): on another system use the lab, or your VMs'),
    ]
  const path = fullPath(machine.path)
  const found = await Promise.all(
    Object.keys(programs).map((name) => which(name, { path, nothrow: true })),
  )
  const absent = Object.entries(programs).filter((_, i) => found[i] === null)
  return [
    ...(machine.root
      ? []
      : [msg('it needs root: run the same command with {sudo}', { sudo: 'sudo' })]),
    ...absent.map(([name, from]) => msg('{name} is not on PATH: install {from}', { name, from })),
  ]
}

/**
 * Rejects with one Fault that names all that is missing; `images`: what was chosen, or the Fault that
 * tells why there are none, which is told along with the rest.
 */
export async function assureMachine(machine: Machine, images: Images | Fault): Promise<void> {
  const missing = await whatIsMissing(machine)
  if (missing.length > 0) {
    const linux = machine.platform === 'linux'
    const without = linux && images instanceof Fault ? images : undefined
    const all = without ? [...missing, without.said] : missing
    const why = all.reduce((first, second) => msg('{first}; {second}', { first, second }))
    const lab = msg('{code} needs none of this.', { code: 'grade --cluster lab' })
    throw new Fault(msg('No local cluster can be made here: {why}.', { why }), {
      code: 'LOCAL_MISSING',
      cure: sentences(without?.remedy, lab),
    })
  }
  const args = ['--net', '--mount', '--pid', '--ipc', '--uts', '--cgroup', '--fork', 'true']
  await promisify(execFile)('unshare', args, {
    env: { ...process.env, PATH: fullPath(machine.path) },
  }).catch((cause) => {
    const said = String(cause.stderr ?? cause.message).trim()
    const seen = msg('No local cluster can be made here: no namespaces may be made ({said}).', {
      said,
    })
    throw new Fault(seen, {
      code: 'LOCAL_MISSING',
      cure: msg('Inside a container it must have been started with {flag}.', {
        flag: '--privileged',
      }),
      cause,
    })
  })
}
