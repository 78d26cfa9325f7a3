import type { VmInside } from '../vm.ts'
import type { WorldInside } from '../world.ts'
import type { Ran } from './ssh-commands.ts'

/** What a look inside a VM asks: Docker, disk, clock, who listens. Undefined: another command. */
export function lookInside(text: string, vm: VmInside, world: WorldInside): Ran | undefined {
  const docker = /^(?:sudo -n )?docker (.*)$/.exec(text)?.[1]
  if (docker !== undefined) return runDocker(docker, vm, world)
  if (text === 'date +%s') {
    const ahead = world.faults.clocksAhead.get(vm.name) ?? 0
    return { code: 0, stdout: `${Math.floor(world.now() / 1000) + ahead}\n` }
  }
  if (/^df -Pk( \/[\w/]*)+$/.test(text)) return disk(vm, world)
  if (text === "sudo -n ss -ltnp 'sport = :80'") return listeners(vm, world)
  if (/^curl -s -o \/dev\/null -m \d+ https:\/\/registry-1\.docker\.io\/v2\/$/.test(text)) {
    // curl(1): 28 is a time-out.
    return { code: world.faults.registryDown ? 28 : 0 }
  }
  return undefined
}

const sheetImages = ['nginx:1.22.1', 'httpd:2.4.55']

function runDocker(args: string, vm: VmInside, world: WorldInside): Ran | undefined {
  const known = /^(image inspect --format '\{\{\.Id\}\}' .+|load -q|info --format .+)$/.test(args)
  if (!known) return undefined
  if (world.faults.dockerDead.has(vm.name)) {
    const socket = 'unix:///var/run/docker.sock'
    const why = `Cannot connect to the Docker daemon at ${socket}. Is the docker daemon running?`
    return { code: 1, stderr: `${why}\n` }
  }
  if (args === 'load -q') {
    // Whatever was sent is taken for the sheet's images.
    for (const image of sheetImages) vm.images.add(image)
    return { code: 0, stdout: sheetImages.map((one) => `Loaded image: ${one}\n`).join('') }
  }
  // No mirror and no proxy.
  if (args.startsWith('info')) return { code: 0, stdout: '[]\n' }
  const asked = args.split(' ').slice(4)
  const missing = asked.filter((image) => !vm.images.has(image))
  const stdout = asked.filter((image) => vm.images.has(image)).map((image) => `sha256:${image}\n`)
  const stderr = missing.map(
    (one) => `Error response from daemon: no such image: ${one}: No such image: ${one}\n`,
  )
  return { code: missing.length > 0 ? 1 : 0, stdout: stdout.join(''), stderr: stderr.join('') }
}

function disk(vm: VmInside, world: WorldInside): Ran {
  const size = 10_000_000
  const free = world.faults.disksFull.has(vm.name) ? 20_480 : 6_000_000
  const percent = `${Math.round(((size - free) / size) * 100)}%`
  const head = 'Filesystem     1024-blocks    Used Available Capacity Mounted on\n'
  return { code: 0, stdout: `${head}/dev/sda1  ${size} ${size - free} ${free} ${percent} /\n` }
}

function listeners(vm: VmInside, world: WorldInside): Ran {
  const head = 'State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n'
  if (!vm.isListening(80)) return { code: 0, stdout: head }
  const who = world.faults.squatters.get(vm.name) ?? 'docker-proxy'
  const process = `users:(("${who}",pid=812,fd=4))`
  return {
    code: 0,
    stdout: `${head}LISTEN 0      511          0.0.0.0:80        0.0.0.0:*    ${process}\n`,
  }
}
