import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { tempFolder } from './harness.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))

test('an IDE runs the suites under vitest: each item is a test, and -t chooses among them', async () => {
  using folder = tempFolder()
  const config = fileURLToPath(new URL('../vitest.suites.config.ts', import.meta.url))
  const report = join(folder.path, 'report.json')
  const args = [vitest, 'run', '--root', root, '--config', config, '-t', '^0[23]']
  const reported = ['--reporter', 'json', '--outputFile', report]
  const { exitCode } = await execa(process.execPath, [...args, ...reported], {
    cwd: folder.path,
    reject: false,
  })
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const tests: { title: string; status: string }[] = testResults.flatMap(
    (suite: { assertionResults: object[] }) => suite.assertionResults,
  )
  const passed = tests.filter((one) => one.status === 'passed').map((one) => one.title.slice(0, 4))
  expect(passed).toEqual(['02.1', '02.2', '02.3', '03.1', '03.2', '03.3', '03.4'])
  expect(exitCode).toBe(0)
})
