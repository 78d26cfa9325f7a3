import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lastState } from '../harness.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A block of commands of a page; `skip`: why it is not run; `exit`: what it ends with. */
export interface Block {
  page: string
  line: number
  commands: string
  skip: string
  exit: number
}

/** The pages that people read first: README, CONTRIBUTING, docs/*.md. */
export const pages = (): string[] => [
  ...['README.md', 'CONTRIBUTING.md'],
  ...readdirSync(join(root, 'docs')).flatMap((name) =>
    name.endsWith('.md') ? [`docs/${name}`] : [],
  ),
]

export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

/**
 * Every block of `sh`. `<!-- not run: why -->` above one leaves it out; `<!-- exit 1: why -->` is for
 * those that show a lost mark.
 */
export function blocksOf(page: string): Block[] {
  const text = textOf(page)
  const found = [
    ...text.matchAll(/(?:^<!-- (not run|exit \d): (.*) -->\n)?^```sh\n([\s\S]*?)^```$/gm),
  ]
  return found.map(([, word = '', why = '', commands = ''], i, all) => ({
    ...{ page, commands, line: text.slice(0, all[i]?.index).split('\n').length },
    skip: word === 'not run' ? why : '',
    exit: Number(/exit (\d)/.exec(word)?.[1] ?? 0),
  }))
}

/**
 * Makes a folder look like a fresh clone after `npm ci`, with the names that the pages use as examples:
 * DIR, my-folder and submissions/anna are right hand-ins, and `grade` is installed.
 */
export function likeAClone(folder: string): void {
  const shared = ['bin', 'examples', 'helpers', 'lab', 'locales', 'node_modules', 'suites']
  for (const name of shared) symlinkSync(join(root, name), join(folder, name))
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  for (const name of ['DIR', 'my-folder', 'submissions/anna'])
    cpSync(lastState, join(folder, name), { recursive: true })
  mkdirSync(join(folder, 'path'))
  const grade = `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin/grade.js')}' "$@"\n`
  writeFileSync(join(folder, 'path', 'grade'), grade, { mode: 0o755 })
  // What the first command of the README does was done.
  const npm = '#!/bin/sh\n[ "$1" = ci ] || exec "$NPM" "$@"\n'
  writeFileSync(join(folder, 'path', 'npm'), npm, { mode: 0o755 })
}

/** Runs a block there, as a person would paste it. Resolves to its exit code and all it said. */
export function runBlock(folder: string, block: Block): Promise<{ code: number; said: string }> {
  const env = {
    ...Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST)/.test(name)),
    ),
    PATH: `${join(folder, 'path')}:${process.env.PATH}`,
  }
  const script = `NPM=$(PATH=\${PATH#*:}; command -v npm); export NPM; set -e\n${block.commands}`
  const options = { cwd: folder, env, timeout: 300_000 }
  return new Promise((resolve) => {
    execFile('sh', ['-c', script], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 70 : 0
      resolve({ code, said: stdout + stderr })
    })
  })
}
