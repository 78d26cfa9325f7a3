import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const elsewhere = mkdtempSync(join(tmpdir(), 'grade-package-'))
afterAll(() => rmSync(elsewhere, { recursive: true }))

test('what the package holds grades on the lab from an empty folder', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await execa('npm', ['pack', '--json', '--pack-destination', elsewhere], {
    cwd: root,
  })
  const [pack] = JSON.parse(stdout.slice(stdout.indexOf('[')))
  expect(pack.unpackedSize).toBeLessThan(4e6)
  const names: string[] = pack.files.map(({ path }: { path: string }) => path)
  expect(names).toContain('dist/suites/03-apache.spec.js')
  expect(names).toContain('dist/helpers/cluster/local/vm.sh')
  expect(names.filter((name) => /\.test\.|^tests|^node_modules/.test(name))).toEqual([])

  const grade = join(root, 'dist/bin/grade.js')
  const ran = await execa(process.execPath, [grade, '--items', '01.1', '--json'], {
    cwd: elsewhere,
  })
  expect(JSON.parse(ran.stdout).items).toMatchObject([{ id: '01.1', verdict: 'passed' }])
})
