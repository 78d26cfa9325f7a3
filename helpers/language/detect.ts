import { type Language, languages } from './message.ts'

/**
 * The language of whoever reads: the one that was asked for, else the locale's (LC_ALL, LC_MESSAGES,
 * LANG, in that order; where none is set, as on Windows, the system's). English when there is no
 * catalogue of it.
 */
export function detectLanguage(
  wanted: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ownLocale()
  const known = (name: string) => languages.find((one) => one === name.toLowerCase())
  return known(wanted ?? '') ?? known(locale.split(/[-_.@]/)[0] ?? '') ?? 'en'
}

const ownLocale = () => new Intl.DateTimeFormat().resolvedOptions().locale
