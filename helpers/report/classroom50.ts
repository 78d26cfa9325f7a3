import type { Result } from '../grade/result.ts'
import { standingOf, stateOf } from '../grade/standing.ts'
import { toldOf } from './about-grade.ts'
import { clean } from './clean.ts'
import { safeJson } from './json.ts'
import { renderMarkdown } from './markdown.ts'
import { wholePoints } from './points.ts'
import { heading } from './words.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Variables that the autograder's job sets, and the result cannot do without. */
const needed = ['CLASSROOM', 'ASSIGNMENT', 'SUBMISSION_TAG', 'COMMIT_URL', 'RELEASE_URL'] as const

/** Those that are not set: there is no Classroom 50 here. */
export const absentIn = (env: Environment): string[] => needed.filter((name) => !env[name])

/** A release's text may be 125,000 characters long on GitHub. */
const longestBody = 120_000

/**
 * What a Classroom 50 autograder leaves: result.json (schema classroom50/result/v1: whole points, no
 * other key at the top) and release-body.md. Nothing while the mark is not known: the grader's exit
 * code then leaves the earlier grade as it is.
 */
export function renderClassroom50(
  foreign: Result,
  env: Environment,
): { 'result.json': string; 'release-body.md': string } | undefined {
  if (stateOf(foreign) === 'inconclusive') return undefined
  const result = clean(foreign)
  const items = wholePoints(result.items)
  const time = (at: string) => at.replace(/\.\d+Z$/, 'Z')
  const file = {
    schema: 'classroom50/result/v1',
    classroom: env.CLASSROOM ?? '',
    assignment: env.ASSIGNMENT ?? '',
    assignment_type: env.ASSIGNMENT_TYPE || 'individual',
    owner: env.OWNER || env.USERNAME || '',
    submission: env.SUBMISSION_TAG ?? '',
    commit: env.COMMIT_URL ?? '',
    release: env.RELEASE_URL ?? '',
    review: env.REVIEW_URL || (env.COMMIT_URL ?? ''),
    datetime: time(result.startedAt),
    graded_at: time(result.finishedAt),
    score: items.reduce((total, { points }) => total + points, 0),
    'max-score': items.reduce((total, { max }) => total + max, 0),
    tests: items.map(({ item, points, max }) => ({
      'test-name': heading(item),
      passed: standingOf(item) === 'passed',
      score: points,
      'max-score': max,
      verdict: item.verdict,
      reason: toldOf(item),
    })),
  }
  const body = renderMarkdown(foreign)
  return {
    'result.json': safeJson(file),
    'release-body.md': body.length <= longestBody ? body : `${body.slice(0, longestBody)}…\n`,
  }
}
