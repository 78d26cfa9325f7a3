import type { Result } from '../grade/result.ts'
import { standingOf, stateOf } from '../grade/standing.ts'
import { toldOf } from './about-grade.ts'
import { clean } from './clean.ts'
import { type Pointed, wholePoints } from './points.ts'
import { heading } from './words.ts'

/** One environment variable holds 131,071 bytes; base64 makes four of three. */
const mostBytes = 60_000

/**
 * The step outputs that autograding-grading-reporter@v1 reads, a line each for `$GITHUB_OUTPUT`:
 * `runners=item0101,…`, then `item0101=<base64>` for every item, each a runner of one test with whole
 * points, so that the reporter's table and its Points agree on all but partial marks. Its rules
 * (measured on its code): ids of letters and digits only; `score` and `line_no` always there; a test's
 * message is shown for an error only, so the sentence stands in `test_code` too; without `max_score`
 * no Points are said, which is right while the mark is not known.
 */
export function renderReporter(foreign: Result): string {
  const result = clean(foreign)
  const graded = stateOf(foreign) !== 'inconclusive'
  const runners = wholePoints(result.items).map((one) => ({
    id: runnerOf(one.item.id),
    output: output(one, graded),
  }))
  return [
    `runners=${runners.map(({ id }) => id).join(',')}\n`,
    ...runners.map(({ id, output }) => `${id}=${output}\n`),
  ].join('')
}

/** item0102 of 01.2: a hyphen, a dot or a space would hide every error of the reporter's. */
const runnerOf = (id: string) =>
  `item${id
    .split(/[^a-z0-9]+/i)
    .map((part) => part.padStart(2, '0'))
    .join('')}`

function output({ item, points, max }: Pointed, graded: boolean): string {
  const standing = standingOf(item)
  const status =
    standing === 'passed' ? 'pass' : standing === 'inconclusive' ? 'error' : ('fail' as const)
  const of = (text: string) => ({
    version: 1,
    status,
    ...(graded && { max_score: max }),
    tests: [
      {
        name: heading(item),
        status,
        score: points,
        message: status === 'pass' ? '' : text,
        test_code: text,
        filename: item.file ?? '',
        line_no: 0,
        duration: Math.round(item.seconds * 1000),
      },
    ],
  })
  const json = JSON.stringify(of(toldOf(item)))
  const bounded = Buffer.byteLength(json) < mostBytes ? json : JSON.stringify(of(item.id))
  return Buffer.from(bounded).toString('base64')
}
