import { userInfo } from 'node:os'
import type { ClusterFile } from '../cluster/file.ts'
import { routeFor } from '../cluster/route-for.ts'
import { createSsh, type Ssh, type SshOptions, type Vm } from '../cluster/ssh/ssh.ts'
import { mayStop } from '../cluster/stop.ts'
import type { Message } from '../language/message.ts'
import type { Clock } from '../time/clock.ts'
import { codeOf, sentenceOf } from '../time/fault.ts'

export interface SshFound {
  /** The user that most VMs let in. */
  user: string
  /** The private key that was named; undefined: the course's, or what ~/.ssh/config says. */
  key: string | undefined
  /** VMs that are reached at a forwarded port of this machine instead of their own address. */
  forwarded: { name: string; port: number }[]
  /** VMs that let us in; of these, those where sudo asks for no password. */
  letIn: string[]
  sudo: string[]
  /** For each VM that cannot be stopped over SSH why not, in a sentence. */
  why: Map<string, Message>
}

interface Trying {
  file: ClusterFile
  clock: Clock
  options: SshOptions
  found: SshFound
}

/**
 * Tries SSH and sudo on each VM: as the user of the file, of ~/.ssh/config or of the course, then as the
 * present user and as root; with keys, never with a guessed password.
 */
export async function trySsh(
  file: ClusterFile,
  clock: Clock,
  vms: readonly Vm[],
  options: SshOptions,
): Promise<SshFound> {
  const others = [userInfo().username, 'root'].filter((user) => user !== file.ssh.user)
  let best: SshFound | undefined
  for (const user of [undefined, ...others]) {
    const own = user === undefined ? file : { ...file, ssh: { ...file.ssh, user } }
    const { found, refused } = await asUser(own, clock, vms, options)
    if (!best || found.letIn.length > best.letIn.length) best = found
    // Another user helps only where somebody answers and does not know this one.
    if (!refused) break
  }
  return best as SshFound
}

async function asUser(
  file: ClusterFile,
  clock: Clock,
  vms: readonly Vm[],
  options: SshOptions,
): Promise<{ found: SshFound; refused: boolean }> {
  const ssh = createSsh(file, routeFor(file), clock, options)
  const user = ssh.resolve(vms[0] ?? { name: file.server, host: file.server }).user
  const found: SshFound = {
    ...{ user, key: file.ssh.key },
    ...{ forwarded: [], letIn: [], sudo: [], why: new Map() },
  }
  const trying = { file, clock, options, found }
  const codes = await Promise.all(vms.map((vm) => tryOne(trying, ssh, vm)))
  ssh.close()
  return { found, refused: codes.includes('SSH_AUTH') }
}

/** '' when the VM let us in, else the code of the failure. */
async function tryOne(trying: Trying, ssh: Ssh, vm: Vm): Promise<string> {
  try {
    await letsIn(trying.found, ssh, vm)
    return ''
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'SSH_AUTH' && (await forwarded(trying, vm))) return ''
    trying.found.why.set(vm.name, sentenceOf(error))
    return code
  }
}

async function letsIn(found: SshFound, ssh: Ssh, vm: Vm, wanted?: string): Promise<void> {
  const ran = await ssh.exec(vm, 'hostname')
  if (wanted !== undefined && ran.stdout.trim() !== wanted) throw new Error('another VM')
  found.letIn.push(vm.name)
  try {
    await mayStop(ssh, vm)
    found.sudo.push(vm.name)
  } catch (error) {
    found.why.set(vm.name, sentenceOf(error))
  }
}

/** box-5 behind NAT is often 127.0.0.1:2205 (lab-conventions §1); whether it is box-5, it says itself. */
async function forwarded({ file, clock, options, found }: Trying, vm: Vm): Promise<boolean> {
  const number = /(\d{1,2})$/.exec(vm.name)?.[1]
  if (!number || file.ssh.hosts[vm.name] || file.lab || file.local) return false
  const port = 2200 + Number(number)
  const hosts = { ...file.ssh.hosts, [vm.name]: { host: '127.0.0.1', port } }
  const own = { ...file, ssh: { ...file.ssh, hosts } }
  const ssh = createSsh(own, routeFor(own), clock, options)
  try {
    await letsIn(found, ssh, vm, vm.name)
    found.forwarded.push({ name: vm.name, port })
    return true
  } catch {
    return false
  } finally {
    ssh.close()
  }
}
