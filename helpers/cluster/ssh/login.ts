import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { msg } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import type { ClusterFile } from '../file.ts'
import { type HostConfig, type ReadConfig, readSshConfig } from './config.ts'

/** A VM by the node's name and the address that Nomad gives. */
export interface Vm {
  name: string
  host: string
}

/** Whom we speak to, and what we may show there: every sentence names them. */
export interface Login {
  vm: string
  host: string
  port: number
  user: string
  /** Private keys in the order in which they are tried; `key` is the one that sentences name. */
  keys: string[]
  key: string
  /** The cluster file names the key: then it must be there. */
  keyNamed: boolean
  passphrase?: string
  password?: string
  /** The socket of an SSH agent. */
  agent?: string
  /** The cluster file names the agent: then it must be there. */
  agentNamed: boolean
  /** Of an agent only what belongs to `keys`. */
  identitiesOnly: boolean
  /** `SHA256:…`, without padding. */
  fingerprint?: string
  knownHosts: string[]
  /** yes: a key that is not known is refused; no: any is taken, as the person's own SSH does. */
  strict: 'yes' | 'ask' | 'no'
  /** Its host key is another each time: a lab, a local cluster. */
  fleeting: boolean
  /** The hosts between, the first one first. */
  jump: Login[]
}

export interface Surroundings {
  env: Record<string, string | undefined>
  home: string
}

/** The course's: `ssh -i ~/.ssh/id_ed25519_box box@192.168.56.10N` (lab-conventions). */
const usual = { user: 'box', key: '~/.ssh/id_ed25519_box', port: 22 }
const windowsAgent = '\\\\.\\pipe\\openssh-ssh-agent'

export function here(): Surroundings {
  return { env: process.env, home: homedir() }
}

/**
 * Where the SSH of a VM is and how one logs in: what the cluster file says, else what the person's
 * own ~/.ssh/config says for the VM's name or its address, else what is usual in the course. A lab
 * and a local cluster know only what their file says.
 */
export function createLogins(file: ClusterFile, { env, home }: Surroundings) {
  const fleeting = file.lab !== undefined || file.local !== undefined
  let config: ReadConfig | undefined
  const configOf: ReadConfig = (...names) => {
    config ??= readSshConfig(fleeting ? 'none' : file.ssh.config, home)
    return config(...names)
  }
  const { ssh } = file
  const atHome = (path: string) => path.replace(/^~(?=[/\\]|$)/, home)

  function base(name: string, said: Said, own: HostConfig): Omit<Login, 'host' | 'jump'> {
    const named = said.key ?? ssh.key
    const keys = [...new Set(named === undefined ? own.identityFiles : [atHome(named)])]
    if (named === undefined) keys.push(atHome(usual.key))
    return {
      vm: name,
      port: said.port ?? (own.port || usual.port),
      user: said.user ?? (own.user || usual.user),
      keys,
      key: keys[0] ?? '',
      keyNamed: named !== undefined,
      passphrase: ssh.passphrase ?? (env.GRADE_SSH_PASSPHRASE || undefined),
      password: said.password,
      agent: fleeting && ssh.agent !== true ? agentSaid(ssh.agent) : agentOf(ssh.agent, own, env),
      agentNamed: typeof ssh.agent === 'string',
      identitiesOnly: own.identitiesOnly,
      fingerprint: said.fingerprint?.replace(/=+$/, ''),
      knownHosts:
        own.knownHostsFiles.length > 0
          ? own.knownHostsFiles
          : [join(home, '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts'],
      strict: strictness(own.strictHostKeyChecking),
      fleeting,
    }
  }

  function hop(text: string): Login {
    const [, user, host = '', port] = hopForm.exec(text.trim()) ?? []
    if (!host) throw badHop(text)
    const name = host.replace(/^\[|\]$/g, '')
    const said = ssh.hosts[name] ?? {}
    const own = configOf(name)
    const written = { user: user ?? said.user, port: port ? Number(port) : said.port }
    // As ssh -J: without a name one logs in as oneself, never as the VM's user.
    const nobody = own.user || userInfo().username
    return {
      ...base(name, { ...said, ...written, user: written.user ?? nobody }, own),
      host: said.host ?? (own.hostName || name),
      jump: [],
    }
  }

  return (vm: Vm): Login => {
    const said = ssh.hosts[vm.name] ?? ssh.hosts[vm.host] ?? {}
    const own = configOf(vm.name, vm.host)
    const all = { user: ssh.user, port: ssh.port, password: ssh.password }
    const written = Object.fromEntries(Object.entries(said).filter(([, v]) => v !== undefined))
    const host = said.host ?? (own.hostName || vm.host)
    const chain = (ssh.jump ?? own.proxyJump).split(',').filter((one) => one.trim() !== '')
    const jump = chain[0] === 'none' ? [] : chain.map(hop)
    const to = { ...base(vm.name, { ...all, ...written }, own), host }
    // The jump host itself may be one of the VMs: it is reached without itself.
    const self = jump.findIndex((one) => isSame(one, to))
    return { ...to, jump: self < 0 ? jump : jump.slice(0, self) }
  }
}

/** Behind forwarded ports all VMs have this machine's address. */
function isSame(one: Pick<Login, 'host' | 'port' | 'vm'>, other: typeof one): boolean {
  if (one.vm === other.vm) return true
  return one.host === other.host && (one.port === other.port || !isLoopback(one.host))
}

interface Said {
  user?: string
  port?: number
  key?: string
  password?: string
  fingerprint?: string
}

const hopForm = /^(?:ssh:\/\/)?(?:([^@/]+)@)?(\[[^\]]+\]|[^:@/\s]+)(?::(\d{1,5}))?\/?$/

function badHop(text: string): Fault {
  return new Fault(msg('"{text}" is no jump host.', { text }), {
    code: 'SSH_CONFIG',
    cure: msg('Write it as {form}, several with commas between.', { form: 'user@host:port' }),
  })
}

const agentSaid = (said: boolean | string | undefined) =>
  typeof said === 'string' ? said : undefined

function agentOf(
  said: boolean | string | undefined,
  own: HostConfig,
  env: Surroundings['env'],
): string | undefined {
  if (typeof said === 'string') return said
  if (said === false || own.identityAgent === 'none') return undefined
  if (own.identityAgent && own.identityAgent !== 'SSH_AUTH_SOCK') return own.identityAgent
  return env.SSH_AUTH_SOCK || (process.platform === 'win32' ? windowsAgent : undefined)
}

function strictness(said: string): Login['strict'] {
  if (said === 'yes') return 'yes'
  return said === 'no' || said === 'off' ? 'no' : 'ask'
}

export const isLoopback = (host: string) => /^(127\.|localhost$|::1$)/.test(host)

/** How known_hosts calls it: VMs behind one address differ by their ports. */
export function knownName({ host, port }: Pick<Login, 'host' | 'port'>): string {
  return port === 22 ? host : `[${host}]:${port}`
}

/** 'box@192.168.56.101:22', by which a kept connection is told from another. */
export function loginId(to: Login): string {
  return [...to.jump, to].map((one) => `${one.user}@${one.host}:${one.port}`).join(' > ')
}
