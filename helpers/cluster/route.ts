import type { Socket } from 'node:net'

/**
 * How a machine of the cluster is reached. HTTP, DNS over TCP, SSH and TCP probes all open their
 * sockets here, so that nothing above can tell a real cluster from the lab.
 */
export interface Route {
  /**
   * Opens a TCP connection within `deadline` ms of wall time. Rejects with an Error whose `code` is
   * ECONNREFUSED, EHOSTUNREACH, ETIMEDOUT or ECONNRESET.
   */
  connect(host: string, port: number, deadline: number): Promise<Socket>
  /** Where a UDP datagram for host:port goes, or undefined when only TCP gets there. */
  udp(host: string, port: number): { host: string; port: number } | undefined
  /** A datagram to a machine of this very process, and what comes back; undefined: nothing ever. */
  datagram?(host: string, port: number, bytes: Buffer): Promise<Buffer | undefined>
}

/** The wires of a lab in this very process, without sockets of the system. */
export interface Wires {
  dial(host: string, port: number): Promise<Socket>
  datagram(host: string, port: number, bytes: Buffer): Promise<Buffer | undefined>
}
