import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** What the program prints and how it ends; a string is standard output with exit code 0. */
export type Said = string | { out?: string; err?: string; code?: number }

export interface Fake {
  /** Folder that is first on PATH until `remove`. */
  dir: string
  /** The command lines it was run with, in order. */
  calls(): string[]
  remove(): void
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/**
 * Puts a program of that name first on PATH: a shell script that answers each command line with what
 * the table says, one answer after the other and the last one for ever. A key that begins with `~` is
 * found anywhere in the command line. What is not in the table ends with exit code 99.
 */
export function fakeProgram(name: string, table: Record<string, Said | Said[]>): Fake {
  const dir = mkdtempSync(join(tmpdir(), 'fake-power-'))
  const cases = Object.entries(table).map(([key, value], row) => {
    const answers = (Array.isArray(value) ? value : [value]).map((answer, at, all) => {
      const { out = '', err = '', code = 0 } = typeof answer === 'string' ? { out: answer } : answer
      const which = at === all.length - 1 ? '*' : at
      return `${which}) printf %s ${quoted(out)}; printf %s ${quoted(err)} >&2; exit ${code};;`
    })
    const pattern = key.startsWith('~') ? `*${quoted(key.slice(1))}*` : quoted(key)
    return `${pattern}) count ${row}; case $n in\n${answers.join('\n')}\nesac;;`
  })
  // Only what the shell can do by itself: tests run it hundreds of times.
  const script = `#!/bin/sh
printf '%s\\n' "$*" >>${quoted(join(dir, 'calls'))}
count() {
  n=0
  if test -e ${quoted(dir)}/$1; then read -r n <${quoted(dir)}/$1; fi
  echo $((n + 1)) >${quoted(dir)}/$1
}
case "$*" in
${cases.join('\n')}
esac
echo "not in the table: $*" >&2
exit 99
`
  writeFileSync(join(dir, name), script)
  chmodSync(join(dir, name), 0o755)
  const before = process.env.PATH
  process.env.PATH = `${dir}${delimiter}${before}`
  return {
    dir,
    calls() {
      const path = join(dir, 'calls')
      return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []
    },
    remove() {
      process.env.PATH = before
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
