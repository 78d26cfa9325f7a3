/** Terminal sequences: CSI, then OSC/DCS/PM/APC up to their end, then any other escape. */
const escapes = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must go
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must go
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)/g,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must go
  /\u001b[ -/]*[0-~]?/g,
]

/** Characters that turn the direction of a line, hide text, or are no characters at all. */
const invisible =
  /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu

/** The marks of a verdict are the grader's own: a wrapped line of a student's could begin with one. */
const verdictMarks = /[✓✔✗✘☑]/gu

/** More accents than this on one letter write over the lines above and below. */
const piledMarks = /(\p{M}{4})\p{M}+/gu

/** What most text is: nothing in it needs cleaning. */
const words = /^[!-~]+(?: [!-~]+)*$/

/**
 * Foreign text (a student's name, a job's, what a server answered) as one harmless line of at most
 * `limit` code points: no control characters, terminal sequences, bidi overrides, invisible text or
 * marks of a verdict; line ends and runs of spaces become one space. What was cut ends in `…`.
 */
export function plain(text: string, limit = 300): string {
  if (text.length <= limit && words.test(text)) return text
  // Bounded first: a server may answer megabytes.
  let kept = text.slice(0, limit * 16).toWellFormed()
  for (const sequence of escapes) kept = kept.replace(sequence, '')
  kept = kept
    .replace(/\s/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .replace(invisible, '')
    .replace(verdictMarks, '*')
    .replace(piledMarks, '$1')
    .replace(/ +/g, ' ')
    .trim()
  return bounded(kept, limit, text.length > limit * 16)
}

/** Cuts between what a reader sees as characters, so that no emoji or accent is split. */
function bounded(text: string, limit: number, longer: boolean): string {
  if (!longer && [...text].length <= limit) return text
  let kept = ''
  let length = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    length += [...segment].length
    if (length > limit - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/**
 * Text for a program's log where GitHub's runner listens: it takes a line that begins with `::`, and
 * `##[` anywhere, as a command; Azure's takes `##vso[`. Each is broken by a space.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*:):/gm, '$1 :').replace(/##(?=(vso)?\[)/g, '## ')
}
