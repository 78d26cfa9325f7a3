import { IntlMessageFormat } from 'intl-messageformat'
import { ca } from '../../locales/ca.ts'
import { es } from '../../locales/es.ts'

/** The sentences that the grader can say, in English and in ICU's message format. */
export type Key = keyof typeof ca
/** A language's sentence for each of them: one that lacks is an error of the compiler. */
export type Catalogue = Record<Key, string>

const catalogues: Record<string, Readonly<Record<string, string>>> = { ca, es }

export type Language = string
/** In the order of the exercise sheet's readers. */
export const languages: readonly Language[] = ['ca', 'es', 'en']

/** What a sentence is filled with: foreign text, a number, other sentences, or a list of names. */
export type Value = string | number | Message | readonly string[] | readonly Message[]

/**
 * Something to be told, in no language yet: the key of a sentence and what it is filled with. Plain
 * data: it goes through evidence and between threads. `values` hold foreign text as it came.
 */
export interface Message {
  text: string
  values: Readonly<Record<string, Value>>
}

/** The names in braces of a sentence; the words of a plural's cases have a space or a # in them. */
type Names<S> = S extends `${string}{${infer Inside}}${infer Rest}`
  ? Name<Inside> | Names<Rest>
  : never
type Name<S> = S extends `${infer N},${string}`
  ? N
  : S extends `${string} ${string}` | `#${string}`
    ? never
    : S
type Filled<K> = [Names<K>] extends [never] ? [] : [values: Record<Names<K> & string, Value>]

/** A sentence of the grader's own, to be told in the reader's language. */
export function msg<K extends Key>(text: K, ...[values]: Filled<K>): Message {
  return { text, values: values ?? {} }
}

/** What somebody else said (a server, a file, a program): it stays as it is. */
export const said = (text: string): Message => ({ text: '{said}', values: { said: text } })

/** Several sentences, one after another; those that are nothing are left out. */
export const sentences = (...parts: (Message | false | undefined)[]): Message => ({
  text: '{sentences}',
  values: { sentences: parts.filter((part) => part !== false && part !== undefined) },
})

/** The message in a language, on one line if its values are. English where a language lacks it. */
export function inLanguage(message: Message, language: Language): string {
  const values = Object.entries(message.values).map(
    ([name, value]) => [name, filled(value, language)] as const,
  )
  try {
    return String(formatOf(message.text, language).format(Object.fromEntries(values)))
  } catch {
    // Evidence that was damaged, or is of another version: its sentence as it stands.
    return message.text
  }
}

/** A title of the rubric, or another text that may be of a teacher's own making. */
export const textIn = (text: string, language: Language) => catalogues[language]?.[text] ?? text

function filled(value: Value, language: Language): string | number {
  if (typeof value !== 'object') return value
  if ('text' in value) return inLanguage(value, language)
  if (value.every((one) => typeof one === 'string')) return value.join(', ')
  return (value as readonly Message[]).map((one) => inLanguage(one, language)).join(' ')
}

const formats = new Map<string, IntlMessageFormat>()

function formatOf(text: string, language: Language): IntlMessageFormat {
  const key = `${language} ${text}`
  const known = formats.get(key)
  if (known) return known
  const own = catalogues[language]?.[text]
  // `<` is a sign like any other: nothing here is markup.
  const made = new IntlMessageFormat(own ?? text, own ? language : 'en', undefined, {
    ignoreTag: true,
  })
  formats.set(key, made)
  return made
}
