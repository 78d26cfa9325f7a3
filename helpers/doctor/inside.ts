import type { Vm } from '../cluster/ssh/ssh.ts'
import type { Connected } from '../connect.ts'
import { msg } from '../language/message.ts'
import { type Finding, fatal } from './finding.ts'

type Hands = Pick<Connected, 'ssh' | 'clock'>

const leastFreeMb = 500

/** Nomad wants 300 MB for each allocation, and a pull needs as much again. */
export async function diskFull({ ssh }: Hands, vm: Vm): Promise<Finding[]> {
  // A folder that is not there is told on stderr, the others are still listed.
  const ran = await ssh.exec(vm, 'df -Pk / /var/lib/docker /opt/nomad')
  for (const line of ran.stdout.split('\n').slice(1)) {
    const [, , , free = '', , mount = ''] = line.trim().split(/\s+/)
    const mb = Math.floor(Number(free) / 1024)
    if (mount === '' || !(mb < leastFreeMb)) continue
    return [
      fatal(
        'disk',
        msg('The disk of {vm} is full: {mb} MB are free at {mount}.', { vm: vm.name, mb, mount }),
        msg('There: {code}', {
          code: 'docker system prune, sudo journalctl --vacuum-size=50M, sudo apt-get clean',
        }),
        [vm.name],
      ),
    ]
  }
  return []
}

/** Seconds that a VM's clock is ahead of ours; undefined when it does not say. */
export async function clockOffset({ ssh, clock }: Hands, vm: Vm): Promise<number | undefined> {
  const before = clock.now()
  const ran = await ssh.exec(vm, 'date +%s')
  if (ran.code !== 0 || !/^\d+\s*$/.test(ran.stdout)) return undefined
  return Number(ran.stdout) - (before + clock.now()) / 2000
}

const mostSeconds = 5

/** VMs whose clocks differ from what most of them say. */
export function clocksOff(offsets: ReadonlyMap<string, number>): Finding[] {
  const sorted = [...offsets.values()].sort((a, b) => a - b)
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  return [...offsets]
    .filter(([, offset]) => Math.abs(offset - usual) > mostSeconds)
    .map(([name, offset]) => {
      const by = Math.round(Math.abs(offset - usual))
      return fatal(
        'clock',
        offset > usual
          ? msg("The clock of {name} is {by} s ahead of the other VMs'.", { name, by })
          : msg("The clock of {name} is {by} s behind the other VMs'.", { name, by }),
        msg('There: {code}, or set it with {other}', {
          code: 'sudo timedatectl set-ntp true',
          other: 'sudo date -s',
        }),
        [name],
      )
    })
}

/** Who listens on a port of a VM, as `ss` names it; '' when that cannot be found out. */
export async function whoListens({ ssh }: Hands, vm: Vm, port: number): Promise<string> {
  const ran = await ssh.exec(vm, `sudo -n ss -ltnp 'sport = :${port}'`).catch(() => undefined)
  return /users:\(\("([^"]{1,40})"/.exec(ran?.stdout ?? '')?.[1] ?? ''
}
