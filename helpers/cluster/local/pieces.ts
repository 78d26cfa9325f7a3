import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import which from 'which'
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
export async function whatIsMissing(machine: Machine): Promise<string[]> {
  if (machine.platform !== 'linux')
    return ['it needs Linux (its VMs are namespaces): on another system use the lab, or your VMs']
  const path = fullPath(machine.path)
  const found = await Promise.all(
    Object.keys(programs).map((name) => which(name, { path, nothrow: true })),
  )
  const absent = Object.entries(programs).filter((_, i) => found[i] === null)
  return [
    ...(machine.root ? [] : ['it needs root: run the same command with sudo']),
    ...absent.map(([name, from]) => `${name} is not on PATH: install ${from}`),
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
    const all = without ? [...missing, without.message.replace(/\.$/, '')] : missing
    throw new Fault(`No local cluster can be made here: ${all.join('; ')}.`, {
      code: 'LOCAL_MISSING',
      cure: `${without ? `${without.cure} ` : ''}grade --cluster lab needs none of this.`,
    })
  }
  const args = ['--net', '--mount', '--pid', '--ipc', '--uts', '--cgroup', '--fork', 'true']
  await promisify(execFile)('unshare', args, {
    env: { ...process.env, PATH: fullPath(machine.path) },
  }).catch((cause) => {
    const said = String(cause.stderr ?? cause.message).trim()
    throw new Fault(`No local cluster can be made here: no namespaces may be made (${said}).`, {
      code: 'LOCAL_MISSING',
      cure: 'Inside a container it must have been started with --privileged.',
      cause,
    })
  })
}
