import { release } from 'node:os'
import { type Installation, installationOf } from '../helpers/support/installation.ts'
import { rubric } from '../suites/rubric.ts'

/** The installation that runs now. */
export const installationHere = (): Installation =>
  installationOf(rubric.version, release(), process.env)

/** Git is asked only where somebody wants to know. */
export const isVersion = (args: readonly string[]): boolean =>
  args.includes('-V') || args.includes('--version')

/** `grade --version`: what a bug report needs. Never translated, so that anybody can read a report. */
export function versionText(): string {
  const { grader, from, commit, changed, node, startedBy, npm, platform, arch, ...rest } =
    installationHere()
  const what = [
    from,
    from === 'clone' && (commit ? `commit ${commit.slice(0, 12)}` : 'commit not known'),
    changed && 'files changed since',
  ].filter(Boolean)
  return [
    `grade ${grader} (${what.join(', ')})`,
    `rubric ${rest.rubric}`,
    `Node ${node}${startedBy && ` (started by ${startedBy})`}${npm && `, npm ${npm}`}`,
    `${platform} ${rest.release} ${arch}, locale ${rest.locale || 'not set'}`,
  ].join('\n')
}
