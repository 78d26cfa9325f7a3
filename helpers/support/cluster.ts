import type { ClusterFile } from '../cluster/file.ts'

/** Of a cluster file: which kinds of things it asks for. No name, address, path, key or token. */
export function clusterKinds(file: ClusterFile) {
  const { ssh, power, nomad, consul } = file
  const api = (of: ClusterFile['nomad']) => ({
    token: of.token !== undefined,
    tls: of.tls !== undefined || /^https:/.test(of.address ?? ''),
    address: of.address !== undefined,
  })
  return {
    made: file.lab ? 'lab' : file.local ? 'local' : 'file',
    clients: file.clients === 'discover' ? 'discover' : file.clients.length,
    exclude: file.exclude.length,
    images: file.images.length,
    route: file.route,
    driver: power?.driver ?? 'none',
    how: power?.how ?? 'orderly',
    renamed: Object.keys(power?.names ?? {}).length,
    ssh: {
      key: ssh.key !== undefined,
      password: ssh.password !== undefined,
      passphrase: ssh.passphrase !== undefined,
      agent: ssh.agent !== undefined && ssh.agent !== false,
      jumps: ssh.jump?.split(',').length ?? 0,
      hosts: Object.keys(ssh.hosts).length,
    },
    ...{ nomad: api(nomad), consul: api(consul) },
    heartbeats: file.local?.heartbeats ?? 'usual',
  } as const
}
