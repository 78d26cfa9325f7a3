import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { rubric } from '../../suites/rubric.ts'
import { mergeRuns } from '../grade/merge.ts'
import type { Result } from '../grade/result.ts'
import type { Language } from '../language/message.ts'
import { readResult } from '../result-file.ts'
import { readRunFolder } from '../run-folder.ts'
import { codeOf } from '../time/fault.ts'

/**
 * What the runs of one hand-in come to, undefined where none got as far as its first record. A run
 * that was killed counts with what its evidence settles; an inconclusive item changes no mark.
 */
export function resultOfRuns(dirs: readonly string[], language: Language): Result | undefined {
  const begun = dirs.filter(isBegun)
  const own = ownReports(begun)
  if (own !== undefined) return readResult(join(own, 'result.json'))
  const runs = begun.flatMap((dir) => readRun(dir) ?? [])
  if (runs.length === 0) return undefined
  return mergeRuns(runs, rubric, { overrides: [], waivers: [] }, language)
}

/** A folder that was made, and then nothing more, is no run. */
export const isBegun = (dir: string) =>
  ['evidence.ndjson', 'result.json'].some((name) => existsSync(join(dir, name)))

/** The folder whose own reports tell all: that of a single run which ended. */
export function ownReports(begun: readonly string[]): string | undefined {
  const [only, ...others] = begun
  if (only === undefined || others.length > 0) return undefined
  return existsSync(join(only, 'result.json')) ? only : undefined
}

/** Undefined where a run was killed before its first record. */
function readRun(dir: string) {
  try {
    return readRunFolder(dir).run
  } catch (error) {
    if (codeOf(error) === 'NO_RUN') return undefined
    throw error
  }
}

/** Those of the items asked for that the result does not settle. */
export const openItems = (result: Result | undefined, asked: readonly string[]): string[] =>
  asked.filter((id) => {
    const item = result?.items.find((one) => one.id === id)
    return item === undefined || item.verdict === 'inconclusive'
  })

/** Those that lost a mark. */
export const lostItems = (result: Result | undefined, asked: readonly string[]): string[] =>
  asked.filter((id) => {
    const verdict = result?.items.find((one) => one.id === id)?.verdict
    return verdict !== undefined && verdict !== 'passed' && verdict !== 'inconclusive'
  })

/** Those that no run was asked for. */
export const newItems = (result: Result | undefined, asked: readonly string[]): string[] =>
  asked.filter((id) => !result?.items.some((one) => one.id === id))
