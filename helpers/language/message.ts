import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { IntlMessageFormat } from 'intl-messageformat'
import type { ca } from '../../locales/ca.ts'

/** The sentences that the grader can say, in English and in ICU's message format. */
export type Key = keyof typeof ca
/** A language's sentence for each of them: one that lacks is an error of the compiler. */
export type Catalogue = Record<Key, string>

/** Each file of locales/ is a language: `ca.ts` exports `ca`. */
const folder = new URL('../../locales/', import.meta.url)
const files = readdirSync(folder).filter((name) => /^[a-z]{2,3}\.[jt]s$/.test(name))
const fileOf = new Map(files.toSorted().map((name) => [name.split('.')[0] ?? '', name]))

export type Language = string
/** English, in which the sentences stand in the code, and those of the catalogues. */
export const languages: readonly [Language, ...Language[]] = ['en', ...fileOf.keys()]

type Texts = Readonly<Record<string, string>>
const read = new Map<Language, Texts | undefined>()
const require = createRequire(folder)

/** Read when it is first needed: a run in English needs none, which is a twentieth of a second. */
function catalogueOf(language: Language): Texts | undefined {
  const file = fileOf.get(language)
  if (file !== undefined && !read.has(language))
    read.set(language, (require(`./${file}`) as Record<string, Texts>)[language])
  return read.get(language)
}

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

/** A sentence that may come from before it had a language (old evidence, somebody else's words). */
export type Text = Message | string

/** Any text as a message: what is only a string is what somebody said. */
export function asMessage(text: Text): Message {
  if (typeof text === 'string') return said(text)
  // Evidence may be damaged, or of another version.
  const whole = typeof text?.text === 'string' && typeof text.values === 'object' && text.values
  return whole ? text : said(JSON.stringify(text) ?? '')
}

/** Any text in a language. */
export const tellIn = (text: Text, language: Language): string =>
  typeof text === 'string' ? text : inLanguage(asMessage(text), language)

/** Whether a text is a sentence of the grader's own, before it is filled; not what others said. */
export const isSentence = (text: string): boolean =>
  own(text, 'ca') !== undefined && /[a-z]{3}/i.test(text.replace(/\{\w+\}/g, ''))

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
    const text = String(formatOf(message.text, language).format(Object.fromEntries(values)))
    // A sentence that ends with another one has one stop.
    return text.replace(/([^.])\.\.$/, '$1.')
  } catch {
    // Evidence that was damaged, or is of another version: its sentence as it stands.
    return message.text
  }
}

/** A title of the rubric, or another text that may be of a teacher's own making. */
export const textIn = (text: string, language: Language) => own(text, language) ?? text

function own(text: string, language: Language): string | undefined {
  const catalogue = catalogueOf(language)
  return catalogue && Object.hasOwn(catalogue, text) ? catalogue[text] : undefined
}

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
  const translated = own(text, language)
  // `<` is a sign like any other: nothing here is markup.
  const made = new IntlMessageFormat(translated ?? text, translated ? language : 'en', undefined, {
    ignoreTag: true,
  })
  formats.set(key, made)
  return made
}
