import { posix, relative, resolve, sep } from 'node:path'
import type { ItemResult, Result } from '../grade/result.ts'
import { standingOf } from '../grade/standing.ts'
import { clean } from './clean.ts'
import { renderMarkdown } from './markdown.ts'
import { heading } from './words.ts'

/** GitHub takes 1 MiB of summary from a step, and nothing of one that is longer. */
const longestSummary = 1024 * 1024

/** The Markdown report, within what a step's summary may hold: then without what was seen. */
export function renderSummary(result: Result): string {
  const whole = renderMarkdown(result)
  if (Buffer.byteLength(whole) <= longestSummary) return whole
  return renderMarkdown({
    ...result,
    notes: result.notes.slice(0, 20),
    items: result.items.map((item) => ({ ...item, changes: [], notes: item.notes.slice(0, 20) })),
  })
}

/** GitHub shows ten annotations of a step; the others vanish without a word. */
const mostAnnotations = 10

/**
 * Workflow commands that put what an item lost on its line of the job file. `workspace` is the
 * checkout, from which GitHub counts paths. What others wrote is escaped as GitHub's toolkit does, so
 * that it neither ends its command nor begins one.
 */
export function renderAnnotations(foreign: Result, workspace: string): string {
  const result = clean(foreign)
  return result.items
    .filter((item) => ['failed', 'partial', 'missing', 'inconclusive'].includes(standingOf(item)))
    .sort((a, b) => Number(isOpen(a)) - Number(isOpen(b)))
    .slice(0, mostAnnotations)
    .map((item) => annotation(item, result.submission.dir, workspace))
    .join('')
}

const isOpen = (item: ItemResult) => standingOf(item) === 'inconclusive'

function annotation(item: ItemResult, folder: string, workspace: string): string {
  const properties: [string, string][] = []
  if (item.file) {
    properties.push(['file', inCheckout(item.file, folder, workspace)])
    if (item.line !== undefined) properties.push(['line', String(item.line)])
  }
  properties.push(['title', heading(item)])
  const text = [item.sentence, item.hint].filter((part) => part !== '').join(' ')
  const list = properties.map(([key, value]) => `${key}=${escapeProperty(value)}`).join(',')
  return `::${isOpen(item) ? 'warning' : 'error'} ${list}::${escapeData(text)}\n`
}

function inCheckout(file: string, folder: string, workspace: string): string {
  const way = relative(resolve(workspace), resolve(folder)).replaceAll(sep, '/')
  return way.startsWith('..') ? file : posix.join(way, file)
}

/** As toolkit/packages/core/src/command.ts documents it: %, line ends; of a property also : and , */
const escapeData = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string) =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
