import type { ClusterFile } from './file.ts'
import { isLoopback, type Vm } from './ssh/login.ts'

/** Which VM has an address: SSH is set up by the node's name, HTTP and DNS know addresses only. */
export interface Names {
  learn(nodes: { name: string; address: string }[]): void
  /** Until its name is known, a VM is called by its address. */
  of(address: string): Vm
}

export function createNames(file: ClusterFile): Names {
  const names = new Map<string, string>()
  for (const [name, { host }] of Object.entries(file.ssh.hosts)) {
    // Ports forwarded to this machine: their address is nobody's own.
    if (host && !isLoopback(host)) names.set(host, name)
  }
  return {
    learn(nodes) {
      for (const { name, address } of nodes) names.set(address, name)
    },
    of: (address) => ({ name: names.get(address) ?? address, host: address }),
  }
}
