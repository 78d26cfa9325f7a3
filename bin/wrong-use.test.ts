import { chownSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What a newcomer types wrong, beside tests/command.test.ts: one clear first line, never a stack. */
const program = fileURLToPath(new URL('grade.js', import.meta.url))
const cwd = mkdtempSync(join(tmpdir(), 'wrong-use-'))
beforeAll(() => {
  writeFileSync(join(cwd, 'file'), '')
  writeFileSync(join(cwd, 'c.yaml'), 'server: 127.0.0.1\nnomad: { port: 9 }\n')
})
afterAll(() => rmSync(cwd, { recursive: true }))

const grade = (args: string[]) =>
  execa(process.execPath, [program, ...args], { cwd, reject: false, timeout: 30_000 })

const wrong: [args: string[], says: RegExp, code?: number][] = [
  [['--out', 'file'], /Nothing can be written to file \(ENOTDIR\).*give another --out/],
  [['doctor', '--cluster', 'c.yaml', '--state', 'file'], /outage journal .* cannot be read/, 2],
  [['restore', '--cluster', 'none.yaml'], /There is no cluster file .*none\.yaml/],
  [['lab', '--out', 'file/lab.yaml'], /Nothing can be written to file\/lab\.yaml/],
]

for (const [args, says, code = 64] of wrong) {
  test(`grade ${args.map((one) => one || "''").join(' ')}: one sentence, exit ${code}`, async () => {
    const { stdout, stderr, exitCode } = await grade(args)
    expect(stderr).toMatch(says)
    expect(stderr.split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(exitCode).toBe(code)
  })
}

test('a reader that goes away ends neither the run nor its report', async () => {
  const run = execa(process.execPath, [program, '--items', '01.1', '--seed', '3'], {
    cwd,
    reject: false,
    timeout: 50_000,
    buffer: { stdout: false },
  })
  run.stdout.destroy()
  const { stderr, exitCode } = await run
  expect(stderr).toBe('')
  expect(exitCode).toBe(0)
  expect(existsSync(join(cwd, 'reports', 'reference', 'latest', 'report.html'))).toBe(true)
})

/** Whether another user may read the project and run this Node: not below /root, for one. */
function isOpenToAll(path: string): boolean {
  const above = dirname(path)
  return (statSync(path).mode & 0o5) === 0o5 && (above === path || isOpenToAll(above))
}

const others =
  process.getuid?.() === 0 &&
  [program, process.execPath].every((path) => isOpenToAll(dirname(path)))
test.skipIf(!others)(
  'who may not write into the project grades all the same (needs root, to become another user)',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'somebody-'))
    const nobody = 65_534
    try {
      chownSync(home, nobody, nobody)
      const { stderr, exitCode } = await execa(
        process.execPath,
        [program, '--items', '01.1', '--seed', '3'],
        {
          cwd: home,
          reject: false,
          timeout: 50_000,
          uid: nobody,
          gid: nobody,
          env: { HOME: home },
        },
      )
      expect(stderr).toBe('')
      expect(exitCode).toBe(0)
    } finally {
      rmSync(home, { recursive: true })
    }
  },
)
