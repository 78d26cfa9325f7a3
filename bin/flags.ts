import { statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { msg } from '../helpers/language/message.ts'
import { codeOf } from '../helpers/time/fault.ts'
import { Usage } from './exit.ts'

/** The number that a flag gives; throws Usage when it is none, or out of its range. */
export function numberOf(flag: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= min && value <= max))
    throw new Usage(
      msg('{flag} is a number from {min} to {max}, not "{text}".', {
        ...{ flag: `--${flag}`, min: `${min}`, max: `${max}`, text },
      }),
    )
  return value
}

/** As numberOf, for what is counted. */
export function wholeOf(flag: string, text: string, min: number, max: number): number {
  const value = numberOf(flag, text, min, max)
  if (!Number.isInteger(value))
    throw new Usage(
      msg('{flag} is a whole number from {min} to {max}, not "{text}".', {
        ...{ flag: `--${flag}`, min: `${min}`, max: `${max}`, text },
      }),
    )
  return value
}

/** One of the words that a flag takes; undefined when the flag was not given. */
export function wordOf<Word extends string>(
  flag: string,
  text: string | undefined,
  words: readonly [Word, ...Word[]],
): Word | undefined {
  const word = words.find((one) => one === text)
  if (text === undefined || word !== undefined) return word
  const most = words.slice(0, -1)
  throw new Usage(
    msg('{flag} is {most} or {last}, not "{text}".', {
      ...{ flag: `--${flag}`, most, last: words.at(-1) ?? '', text },
    }),
  )
}

const out = { flag: '--out' }

/** Throws Usage when no file can be written there, before anything slow is begun for it. */
export function mustBeFile(flag: string): void {
  const is = flag === '' ? undefined : statSync(flag, { throwIfNoEntry: false })
  if (flag === '' || is?.isDirectory())
    throw new Usage(
      is
        ? msg('{flag} is the file to write, and "{path}" is a folder.', { ...out, path: flag })
        : msg('{flag} is the file to write, and "{path}" is no name.', { ...out, path: flag }),
    )
}

/** Writes the file that `--out` names, and makes its folder. */
export async function writeOut(flag: string, text: string): Promise<void> {
  const path = resolve(flag)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  } catch (error) {
    throw notWritten(flag, error)
  }
}

/** What a person is told when `--out` cannot be written; see folders that an earlier `sudo` made. */
export function notWritten(flag: string, error: unknown): Usage {
  return new Usage(
    msg(
      'Nothing can be written to {path} ({code}): see whose folder it is (an earlier run with {sudo}?), or give another {flag}.',
      { path: flag, code: codeOf(error) || `${error}`, sudo: 'sudo', ...out },
    ),
  )
}
