import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { graderVersion } from '../version.ts'
import { digits, localeOf } from './allowed.ts'

/** What a bug report needs to know of the grader and of what it runs on; nothing of whose it is. */
export interface Installation {
  grader: string
  rubric: string
  /** A clone of the project, or a package of npm (then nobody can have changed it unnoticed). */
  from: 'clone' | 'package'
  /** Of a clone: 40 digits, '' where git does not say. */
  commit: string
  /** Of a clone: whether tracked files differ from that commit; null where git does not say. */
  changed: boolean | null
  node: string
  /** The Node that found itself too old and started this one; '' otherwise. */
  startedBy: string
  /** '' when npm did not start it. */
  npm: string
  platform: string
  arch: string
  /** Of the operating system's kernel: numbers only. */
  release: string
  /** `ca_ES`; '' where none is set, `other` where it is none. */
  locale: string
}

type Env = Readonly<Record<string, string | undefined>>

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `release`: of os.release(). Runs git twice in a clone, for a second at most each. */
export function installationOf(rubric: string, release: string, env: Env): Installation {
  const clone = existsSync(`${root}.git`)
  const [, npm = ''] = /\bnpm\/(\S+)/.exec(env.npm_config_user_agent ?? '') ?? []
  return {
    grader: graderVersion,
    rubric,
    from: clone ? 'clone' : 'package',
    ...(clone ? stateOfClone() : { commit: '', changed: false }),
    node: digits(process.versions.node),
    startedBy: digits(env.GRADE_STARTED_BY_OLD_NODE ?? ''),
    npm: digits(npm),
    platform: process.platform,
    arch: process.arch,
    release: digits(release),
    locale: localeOf(env),
  }
}

function stateOfClone(): Pick<Installation, 'commit' | 'changed'> {
  const head = git('rev-parse', 'HEAD')?.trim() ?? ''
  const status = git('status', '--porcelain', '--untracked-files=no')
  const commit = /^[0-9a-f]{40}$/.test(head) ? head : ''
  return { commit, changed: status === undefined ? null : status !== '' }
}

/** undefined where there is no git, or git says no. */
function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', ['-C', root, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 1000,
      encoding: 'utf8',
    })
  } catch {
    return undefined
  }
}
