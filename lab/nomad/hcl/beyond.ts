import { Gap } from './problem.ts'
import type { Item } from './scan.ts'

/** What Nomad reads in a block and the lab does not: neither an error of the file nor to be guessed. */
const beyond: Record<string, { always?: string; nomad2?: string }> = {
  group: { nomad2: 'max_run_duration' },
  task: { nomad2: 'action schedule secret' },
  resources: { always: 'device network', nomad2: 'numa secrets' },
  network: { always: 'device cidr ip reserved_ports', nomad2: 'cni' },
  port: { nomad2: 'ignore_collision' },
  service: { nomad2: 'cluster identity kind weights' },
  check: { nomad2: 'failures_before_warning notes tls_server_name' },
  restart: { nomad2: 'render_templates' },
  template: { always: 'change_script wait', nomad2: 'once' },
  vault: { nomad2: 'allow_token_expiration cluster disable_file role' },
  volume: { always: 'mount_options', nomad2: 'sticky' },
  volume_mount: { nomad2: 'selinux_label' },
  logs: { nomad2: 'disabled enabled' },
  artifact: { nomad2: 'chown insecure' },
}

/** Throws a Gap for what Nomad of this version would read in `block` (names: its job specification). */
export function refuseBeyond(block: string, item: Item, version: '1.4.4' | '2.0.5'): void {
  const { always = '', nomad2 = '' } = beyond[block] ?? {}
  const names = `${always} ${version === '2.0.5' ? nomad2 : ''}`.split(' ')
  const dynamic = item.kind === 'block' && item.name === 'dynamic'
  if (dynamic || names.includes(item.name)) throw new Gap(`"${item.name}" in ${block}`)
}
