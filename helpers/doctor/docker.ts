import type { Ran, Vm } from '../cluster/ssh/ssh.ts'
import type { Connected } from '../connect.ts'
import { msg } from '../language/message.ts'
import { type Finding, fatal, joined, warning } from './finding.ts'

type Hands = Pick<Connected, 'ssh'>

/** What the sheet's own jobs run. */
export const sheetImages = ['nginx:1.22.1', 'httpd:2.4.55']

/** What the images of a VM are, by its own Docker. */
export interface DockerSeen {
  missing: string[]
  /** Why Docker could not be asked, '' when it was. */
  trouble: string
  /** Docker may work: it is we who are not let near it. */
  denied: boolean
  /** `docker`, or `sudo -n docker` where the user is not in its group. */
  command: string
}

/** Asks a VM's Docker for images. Never rejects for what Docker says. */
export async function askDocker({ ssh }: Hands, vm: Vm, images: string[]): Promise<DockerSeen> {
  let ran: Ran | undefined
  let denied = false
  for (const command of ['docker', 'sudo -n docker']) {
    const line = `${command} image inspect --format '{{.Id}}' ${images.join(' ')}`
    ran = await ssh.exec(vm, line)
    const said = ran.stderr
    if (ran.code === 0) return { missing: [], trouble: '', denied: false, command }
    // Docker 28 says it twice in one line (docs/discoveries.md): our own names are looked for.
    const missing = images.filter((name) =>
      new RegExp(`no such (image|object): ${name}`, 'i').test(said),
    )
    if (missing.length > 0) return { missing, trouble: '', denied: false, command }
    // Nomad speaks to the daemon itself: neither group nor command line need be there for it.
    denied ||= /permission denied/i.test(said) || ran.code === 127
    if (!denied) break
  }
  const said = (ran?.stderr ?? '')
    .trim()
    .split('\n')[0]
    ?.slice(0, 200)
    .replace(/[.?!]+$/, '')
  const trouble = said || `exit ${ran?.code ?? '?'}`
  return { missing: [], trouble, denied, command: 'docker' }
}

/**
 * Whether Docker works on a VM and has what the sheet runs. `healthy`: what Nomad says of it, which
 * is as old as 30 s (cluster-facts §1.3), but looks where Docker really listens.
 */
export async function dockerTrouble(hands: Hands, vm: Vm, healthy: boolean): Promise<Finding[]> {
  const seen = await askDocker(hands, vm, sheetImages)
  if (seen.denied)
    return [
      warning(
        'docker',
        msg('On {vm} we may not ask Docker which images are there ({trouble}).', {
          ...{ vm: vm.name, trouble: seen.trouble.slice(0, 60) },
        }),
        msg('There: {code}, with the user that logs in. A run goes on without that.', {
          code: 'sudo usermod -aG docker USER',
        }),
        [vm.name],
      ),
    ]
  if (seen.trouble !== '' && healthy)
    return [
      warning(
        'docker',
        msg('Nomad calls Docker on {vm} healthy, but the docker command there says: {trouble}.', {
          ...{ vm: vm.name, trouble: seen.trouble },
        }),
        msg(
          'Ask again in half a minute: Nomad notices a dead Docker by then. If it listens elsewhere on purpose, set DOCKER_HOST for the user that logs in.',
        ),
        [vm.name],
      ),
    ]
  if (seen.trouble !== '')
    return [
      fatal(
        'docker',
        msg('Docker on {vm} cannot be asked: {trouble}.', { vm: vm.name, trouble: seen.trouble }),
        msg('There: {code}; {log} says why it stopped.', {
          code: 'sudo systemctl restart docker',
          log: 'journalctl -u docker -n 50',
        }),
        [vm.name],
      ),
    ]
  if (seen.missing.length === 0) return []
  const about = { vm: vm.name, missing: joined(seen.missing) }
  const cure = msg('{code} brings the images to every VM.', { code: 'grade doctor --load' })
  if (await mayPull(hands, vm, seen.command)) {
    const sentence = msg(
      '{vm} has not got {missing}: a first start there pulls, which may take minutes.',
      about,
    )
    return [warning('image-missing', sentence, cure, [vm.name])]
  }
  const sentence = msg(
    "{vm} has not got {missing}, and cannot reach Docker's registry to pull.",
    about,
  )
  return [fatal('image-missing', sentence, cure, [vm.name])]
}

/** By a mirror or a proxy of its own, Docker may pull where the VM itself reaches no registry. */
export async function mayPull({ ssh }: Hands, vm: Vm, docker: string): Promise<boolean> {
  const url = 'https://registry-1.docker.io/v2/'
  const reached = await ssh.exec(vm, `curl -s -o /dev/null -m 5 ${url}`)
  if (reached.code === 0) return true
  const format = '{{json .RegistryConfig.Mirrors}}{{.HTTPSProxy}}'
  const set = await ssh.exec(vm, `${docker} info --format '${format}'`)
  return set.code === 0 && /http/.test(set.stdout)
}
