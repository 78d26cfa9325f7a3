import { globSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import SSHConfig from 'ssh-config'
import { msg } from '../../language/message.ts'
import { codeOf, Fault } from '../../time/fault.ts'

/** What an OpenSSH client configuration says of one host; '' and [] where it says nothing. */
export interface HostConfig {
  hostName: string
  user: string
  port: number
  identityFiles: string[]
  identitiesOnly: boolean
  /** A socket, or `none`. */
  identityAgent: string
  proxyJump: string
  knownHostsFiles: string[]
  strictHostKeyChecking: string
}

export type ReadConfig = (...names: string[]) => HostConfig

/** A name that only sections for everybody (`Host *`) match. */
const anybody = 'zz-nobody-is-called-so'
const deepest = 8

/**
 * Reads ~/.ssh/config, or the file that is named (`none`: no file). What one host's section says
 * wins over what is said for everybody, whichever of the host's names the section has.
 */
export function readSshConfig(named: string | undefined, home: string): ReadConfig {
  const path = named ?? join(home, '.ssh', 'config')
  const text = named === 'none' ? '' : withIncludes(path, named !== undefined, home)
  const config = SSHConfig.parse(text)
  // A `Match exec` runs a program each time: what a name means is asked once.
  const known = new Map<string, ReturnType<typeof config.compute>>()
  const ask = (name: string) => {
    const answer = known.get(name) ?? config.compute(name, { ignoreCase: true })
    known.set(name, answer)
    return answer
  }
  const general = ask(anybody)
  return (...names) => {
    const own = names.map(ask)
    const all = (key: string): string[] => {
      const usual = listed(general[key])
      const special = own.map((one) => listed(one[key]))
      return special.find((one) => one.join() !== usual.join() && one.length > 0) ?? usual
    }
    const one = (key: string) => all(key)[0] ?? ''
    refuseCommand(one('proxycommand'), names[0] ?? '', path)
    const fill = (value: string) =>
      value
        .replace(/^~(?=[/\\]|$)/, home)
        .replace(/%d/g, home)
        .replace(/%[hn]/g, one('hostname') || (names[0] ?? ''))
        .replace(/%r/g, one('user'))
    return {
      hostName: one('hostname').replace(/%h/g, names[0] ?? ''),
      user: one('user'),
      port: Number(one('port')) || 0,
      identityFiles: all('identityfile')
        .filter((file) => file !== 'none')
        .map(fill),
      identitiesOnly: /^yes$/i.test(one('identitiesonly')),
      identityAgent: fill(one('identityagent')),
      proxyJump: /^none$/i.test(one('proxyjump')) ? '' : one('proxyjump'),
      knownHostsFiles: all('userknownhostsfile')
        .filter((file) => file !== 'none')
        .map(fill),
      strictHostKeyChecking: one('stricthostkeychecking').toLowerCase(),
    }
  }
}

const listed = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** The library leaves Include to us: the files stand where their line stood. */
function withIncludes(path: string, mustBe: boolean, home: string, depth = 0): string {
  const text = read(path, mustBe)
  if (depth >= deepest) return text
  return text.replace(/^[ \t]*include[ \t=]+(.+)$/gim, (_, patterns: string) =>
    patterns
      .split(/\s+/)
      .map((one) => one.replace(/^"|"$/g, '').replace(/^~(?=[/\\]|$)/, home))
      .filter((one) => one !== '')
      .flatMap((one) => globSync(isAbsolute(one) ? one : join(home, '.ssh', one)).sort())
      .map((file) => withIncludes(file, false, home, depth + 1))
      .join('\n'),
  )
}

function read(path: string, mustBe: boolean): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (!mustBe) return ''
    const seen = msg('The SSH configuration {path} cannot be read ({code}).', {
      ...{ path, code: codeOf(cause) },
    })
    const cure = msg('Correct "{key}" in the cluster file, or leave it out.', {
      key: 'ssh: config:',
    })
    throw new Fault(seen, { code: 'SSH_CONFIG', cure, cause })
  }
}

function refuseCommand(command: string, name: string, path: string): void {
  if (command === '' || /^none$/i.test(command)) return
  throw new Fault(
    msg('{path} reaches {name} by a ProxyCommand, which is not understood here.', { path, name }),
    {
      code: 'SSH_CONFIG',
      cure: msg('Write the way as ProxyJump there, or as "{key}" in the cluster file.', {
        key: 'ssh: jump:',
      }),
    },
  )
}
