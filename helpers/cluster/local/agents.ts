import { existsSync } from 'node:fs'
import { addressOf, lowered, nameOf, type Plan, serverNumber } from './plan.ts'

/**
 * The configuration of the agents of one VM, by file name. They are the sheet's, but for what one
 * machine needs: quick elections of a lone server, no questions to clouds, images that are kept
 * (Nomad removes unused ones after three minutes, cluster-facts §0.2.14).
 */
export function configurationOf(n: number, plan: Plan): Record<string, string> {
  return {
    'consul.hcl': consul(n),
    'nomad.hcl': nomad(n, plan),
    'docker.json': JSON.stringify(docker(n)),
  }
}

const isServer = (n: number) => n === serverNumber

const consul = (n: number) => `
node_name = "${nameOf(n)}"
bind_addr = "${addressOf(n)}"
client_addr = "0.0.0.0"
data_dir = "/run/box/consul"
datacenter = "dc1"
${
  isServer(n)
    ? 'server = true\nbootstrap_expect = 1\nui_config { enabled = true }\nperformance { raft_multiplier = 1 }'
    : `retry_join = ["${addressOf(serverNumber)}"]\nretry_interval = "1s"`
}
${hasCni() ? 'connect { enabled = true }\nports { grpc = 8502 }' : ''}
`

/** With the plugins that Nomad's bridge network needs, the cluster has a mesh of services too. */
const hasCni = () => existsSync('/opt/cni/bin/bridge')

const nomad = (n: number, { heartbeats }: Plan) => `
name = "${nameOf(n)}"
data_dir = "/run/box/nomad"
bind_addr = "0.0.0.0"
datacenter = "dc1"
disable_update_check = true
advertise { http = "${addressOf(n)}" rpc = "${addressOf(n)}" serf = "${addressOf(n)}" }
consul { address = "127.0.0.1:8500" }
plugin "docker" { config { gc { image = false } } }
${
  isServer(n)
    ? `server {
  enabled = true
  bootstrap_expect = 1
  raft_multiplier = 1
  ${heartbeats === 'usual' ? '' : `min_heartbeat_ttl = "${lowered.shortestTtl}s"\n  heartbeat_grace = "${lowered.grace}s"`}
}`
    : `client {
  enabled = true
  network_interface = "eth1"
  servers = ["${addressOf(serverNumber)}:4647"]
  options = { "fingerprint.denylist" = "env_aws,env_gce,env_azure,env_digitalocean" }
}`
}
`

/** Each VM has a network of its own for containers, which nobody outside of it reaches. */
const docker = (n: number) => ({
  'data-root': '/run/box/docker',
  'storage-driver': 'overlay2',
  // One store of layers in every version of Docker: it is copied from VM to VM (images.ts).
  features: { 'containerd-snapshotter': false },
  hosts: ['unix:///run/docker.sock', 'unix:///run/box/docker.sock'],
  bip: `172.30.${n}.1/24`,
})
