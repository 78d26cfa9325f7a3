import { consulAccess, nomadAccess } from '../access.ts'
import type { Vm } from '../cluster/ssh/ssh.ts'
import type { Connected } from '../connect.ts'
import { msg } from '../language/message.ts'
import { codeOf, Fault } from '../time/fault.ts'

/** What one agent's port says to whoever knocks: '' when it speaks, else the network's code. */
export type Knock = '' | string

/** What nobody answers with: the machine is off, or no way leads there. */
const silent = new Set(['EHOSTUNREACH', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTDOWN'])

/** How a machine answers at its three doors. */
export interface Doors {
  nomad: Knock
  consul: Knock
  /** Undefined when a command could be run. */
  ssh: Error | undefined
  /** The port of SSH, whether or not a login would do. */
  sshd: Knock
}

/** Where the agents listen: on the server, and on each client at its own address. */
export const portsOf = ({ file }: Pick<Connected, 'file'>) => ({
  nomad: nomadAccess(file).port,
  consul: consulAccess(file).port,
})

export async function knock(cluster: Connected, vm: Vm): Promise<Doors> {
  const { nomad, consul } = portsOf(cluster)
  const [forNomad, forConsul, ssh] = await Promise.all([
    // Without a token and without TLS: that somebody answers is enough.
    cluster.web(vm.host, nomad),
    cluster.web(vm.host, consul),
    canRun(cluster, vm),
  ])
  const sshd = closed(codeOf(ssh)) || (await knockSshd(cluster, vm, ssh))
  return { nomad: closed(forNomad.error), consul: closed(forConsul.error), ssh, sshd }
}

/** A login may fail before anything was asked of the VM: for want of a key. */
async function knockSshd(cluster: Connected, vm: Vm, failed: Error | undefined): Promise<Knock> {
  if (!codeOf(failed).startsWith('SSH_KEY')) return ''
  const { host, port, jump } = cluster.ssh.resolve(vm)
  return jump.length > 0 ? '' : closed((await cluster.web(host, port)).error)
}

/** A port that answers what is no HTTP is open too. */
const closed = (error: string): Knock =>
  silent.has(error) || error === 'ECONNREFUSED' ? error : ''

async function canRun({ ssh }: Connected, vm: Vm): Promise<Error | undefined> {
  try {
    const ran = await ssh.exec(vm, 'true')
    if (ran.code === 0) return undefined
    const ended = ran.code ?? msg('a lost connection')
    return new Fault(
      msg('On {vm}, "{code}" ended with {ended}.', { vm: vm.name, code: 'true', ended }),
      {
        code: '',
      },
    )
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Nothing of it answers: not even a closed port, or every port is closed. */
export function isOff({ nomad, consul, sshd }: Doors): boolean {
  return nomad !== '' && consul !== '' && sshd !== ''
}

/** Whether an agent that refuses outside answers inside its VM: it listens on 127.0.0.1 only. */
export async function answersInside(
  { ssh }: Connected,
  vm: Vm,
  port: number,
): Promise<boolean | undefined> {
  const url = `http://127.0.0.1:${port}/v1/status/leader`
  const ran = await ssh.exec(vm, `curl -s -i -m 5 '${url}'`).catch(() => undefined)
  if (!ran || ran.code === 127) return undefined
  return ran.code === 0
}
