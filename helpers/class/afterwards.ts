import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { evidenceIn } from '../evidence-file.ts'
import { applyOverrides, type Overrides } from '../grade/overrides.ts'
import type { Result } from '../grade/result.ts'
import { onScale } from '../grade/scale.ts'
import type { Scale } from '../grade/scale-schema.ts'
import { type Miss, missesIn, type Way } from '../report/class-afterwards.ts'
import type { Entry } from '../report/class-page-line.ts'
import type { Row } from './row.ts'

/** The teacher's word, as `grade report` applies it. */
export interface Word {
  overrides: Overrides
  scale: Scale | undefined
}

export function withWord(result: Result, { overrides, scale }: Word): Result {
  const decided = applyOverrides(result, overrides)
  return scale ? onScale(decided, scale) : decided
}

/** A student's row of the class page, which is in the folder `out`. */
export function entryOf(row: Row, out: string, word: Word): Entry {
  const { student, report, notes, runs } = row
  const page = report === undefined ? '' : relative(out, join(report, 'report.html'))
  return {
    ...{ student, notes, ways: waysOf(row), path: page.replaceAll('\\', '/') },
    result: row.result && withWord(row.result, word),
    misses: runs.flatMap(missesOf),
  }
}

function waysOf({ late, handed, parked, interrupted, own }: Row): Way[] {
  const ways: [Way, boolean][] = [
    ['late', late],
    ['missing', handed === 'missing'],
    ['refused', handed === 'refused'],
    ['parked', parked && !own],
    ['interrupted', interrupted],
    ['own', own],
  ]
  return ways.flatMap(([way, is]) => (is ? way : []))
}

/** The VMs that a run stopped. Only those records are parsed: a class has hundreds of runs. */
function missesOf(dir: string): Miss[] {
  try {
    const text = readFileSync(join(dir, 'evidence.ndjson'), 'utf8')
    const lines = text.split('\n').filter((line) => line.includes('"kind":"stop"'))
    return missesIn(evidenceIn(lines.join('\n'), dir))
  } catch {
    // A run without evidence, or with a damaged one, has no such times; what that means is told elsewhere.
    return []
  }
}
