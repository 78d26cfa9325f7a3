import type { Result } from '../grade/result.ts'
import { stateOf } from '../grade/standing.ts'
import { plain, withoutCommands } from '../grade/text.ts'
import { inLanguage, type Language, type Message } from '../language/message.ts'
import type { Afterwards } from './class-afterwards.ts'
import { clean, nameless } from './clean.ts'
import { html, type Markup } from './markup.ts'

/** One student's row. */
export interface Entry extends Partial<Afterwards> {
  result: Result | undefined
  /** Where the student's report is, from the page's own folder, with forward slashes. */
  path: string
  /** What a teacher should know: why there is no mark, that it was late. */
  notes?: readonly Message[]
}

/** A row whose texts are harmless. */
export type Line = Afterwards & { path: string; notes: string[] }

/** As the page shows it. */
export function lineOf(entry: Entry, language: Language): Line {
  const result = entry.result && clean(entry.result)
  const student = result?.student ?? harmless(entry.student ?? '')
  return {
    ...{ student: student || nameless(language), result, path: entry.path },
    ways: entry.ways ?? (entry.result && isMissing(entry.result) ? ['missing'] : []),
    notes: (entry.notes ?? []).map((note) => harmless(inLanguage(note, language))),
    misses: entry.misses ?? [],
  }
}

const harmless = (text: string) => withoutCommands(plain(text, 800))
const isMissing = (result: Result) => stateOf(result) === 'not handed in'

/** A student's name, with the way to the report where there is one. */
export function nameOf({ student, path }: Line, anchor = ''): Markup {
  const name = html`<bdi>${student}</bdi>`
  const link = hrefOf(path)
  return link === '' ? name : html`<a href="${link}${anchor}">${name}</a>`
}

/** A link below the page's own folder and nowhere else; '' when the path leads elsewhere. */
function hrefOf(path: string): string {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '..' || part === '.')) return ''
  return `./${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`
}
