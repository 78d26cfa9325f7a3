import type { Connected } from '../connect.ts'
import { type Message, msg } from '../language/message.ts'
import { type Finding, fatal } from './finding.ts'
import { whoListens } from './inside.ts'
import type { Client } from './standing.ts'

/** Nobody is there; anything else, also what speaks no HTTP, holds the port. */
const nobody = ['ECONNREFUSED', 'EHOSTUNREACH', 'ETIMEDOUT']

/**
 * Clients where something answers at port 80. `placed`: nodes on which Nomad itself has given the port
 * to an allocation.
 */
export async function port80Taken(
  cluster: Connected,
  clients: readonly Client[],
  placed: ReadonlySet<string>,
): Promise<Finding[]> {
  const asked = clients.filter(({ name }) => !placed.has(name))
  const found = await Promise.all(
    asked.map(async ({ name, host }) => {
      const look = await cluster.web(host, 80)
      if (nobody.includes(look.error)) return []
      const who = await whoListens(cluster, { name, host }, 80)
      const called = who || look.server
      const seen = called
        ? msg('Port 80 on {name} is held by {called}, outside Nomad.', { name, called })
        : msg('Port 80 on {name} is held by something outside Nomad.', { name })
      return [fatal('port-80', seen, cureFor(who), [name])]
    }),
  )
  return found.flat()
}

function cureFor(who: string): Message {
  if (/docker/.test(who))
    return msg('There: {code}, and stop that container.', {
      code: 'docker ps --filter publish=80',
    })
  // Debian's packages are called like their services, and start them by themselves.
  if (/^(apache2|nginx|httpd|lighttpd|caddy)$/.test(who))
    return msg('There: {code}', { code: `sudo systemctl disable --now ${who}` })
  return msg('There: {code} says which program it is; stop it.', {
    code: "sudo ss -ltnp 'sport = :80'",
  })
}
