import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { ca } from '../../locales/ca.ts'
import { rubric } from '../../suites/rubric.ts'
import { languages } from './message.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const catalogues = await Promise.all(
  languages
    .filter((language) => language !== 'en')
    .map(async (language): Promise<[string, Record<string, string>]> => {
      const module = await import(/* @vite-ignore */ join(root, 'locales', `${language}.ts`))
      return [language, module[language]]
    }),
)

type Ast = ReturnType<IntlMessageFormat['getAst']>

/** The names that a sentence is filled with, also those inside a plural's cases. */
function namesIn(parts: Ast): string[] {
  return parts.flatMap((part) => {
    const own = 'value' in part && part.type !== 0 ? [String(part.value)] : []
    const cases =
      'options' in part ? Object.values(part.options).flatMap((o) => namesIn(o.value)) : []
    return [...own, ...cases]
  })
}

/** Throws where the text is no ICU message. */
const names = (text: string, language: string) =>
  [
    ...new Set(
      namesIn(new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst()),
    ),
  ].sort()

test.each(catalogues)(
  '%s: each sentence is a valid message with the names of its key',
  (lang, all) => {
    const wrong = Object.entries(all).filter(([key, text]) => {
      return names(text, lang).join() !== names(key, 'en').join()
    })
    expect(wrong).toEqual([])
  },
)

test('each language has the same sentences, and none is left in English', () => {
  for (const [language, all] of catalogues) {
    expect(Object.keys(all).sort(), language).toEqual(Object.keys(ca).sort())
    for (const text of Object.values(all))
      expect(text).not.toMatch(/\b(the|which|there is|was not)\b/)
  }
})

test('each title of the rubric is in each catalogue', () => {
  const rows = [...Object.values(rubric.items), ...Object.values(rubric.bonus)]
  const titles = rows.flatMap(({ title, criteria }) => [
    title,
    ...criteria.map((criterion) => criterion.title),
  ])
  for (const [, all] of catalogues)
    expect(titles.filter((title) => !Object.hasOwn(all, title))).toEqual([])
})

test('no sentence is kept that nobody says', () => {
  const source = ['bin', 'helpers', 'suites']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    )
    .join('\n')
    .replaceAll("\\'", "'")
    .replaceAll('\\"', '"')
  expect(Object.keys(ca).filter((key) => !source.includes(key))).toEqual([])
})
