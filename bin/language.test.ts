import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const program = join(import.meta.dirname, 'grade.js')
const folder = mkdtempSync(join(tmpdir(), 'grade-language-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The real command line, in a locale. */
function grade(args: string[], locale = 'C.UTF-8') {
  const env = { ...process.env, NO_COLOR: '1', COLUMNS: '200', LC_ALL: locale }
  const ran = spawnSync(process.execPath, [program, ...args], {
    ...{ cwd: folder, env, encoding: 'utf8', timeout: 30_000 },
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

test('--help is in the language that was asked for, else in that of the environment', () => {
  const ca = grade(['--help', '--lang', 'ca'])
  expect(ca.code).toBe(0)
  expect(ca.out).toMatch(/^Ús: grade/)
  expect(ca.out).toContain('corregeix un alumne')
  expect(ca.out).toContain('grade anna --items 02,03.1')
  expect(ca.out).not.toMatch(/Options:|Commands:|Examples:|Exit:/)
  const es = grade(['restore', '--help'], 'es_ES.UTF-8')
  expect(es.out).toMatch(/^Uso: grade restore/)
  expect(es.out).toContain('solo este clúster')
  expect(grade(['--help'], 'ja_JP.UTF-8').out).toMatch(/^Usage: grade/)
})

test('what is wrong with a command line is said in that language, too', () => {
  expect(grade(['--items', '9', '--lang', 'es'])).toMatchObject({
    code: 64,
    err: expect.stringMatching(/^grade: --items conoce 01\.1, .* y 01, 02, 03; no «9»\.$/m),
  })
  expect(grade(['lab', '--bad', '--lang', 'ca'])).toMatchObject({
    code: 64,
    err: expect.stringContaining('error: l’opció «--bad» no existeix'),
  })
  expect(grade(['doctor', '--lang', 'fr']).err).toMatch(/^grade: --lang is .* not "fr"\.$/m)
})

test('doctor says what is wrong, and what to do, in Catalan; a mistake in the file as well', () => {
  const file = join(folder, 'cluster.yaml')
  // Nobody listens on the port of the discard service.
  writeFileSync(
    file,
    'server: 127.0.0.1\nnomad: { port: 9 }\nconsul: { port: 9 }\nssh: { port: 9, agent: false, config: none }\n',
  )
  const { code, out } = grade(['doctor', '--lang', 'ca', '--cluster', file])
  expect(code).toBe(2)
  expect(out).toContain('Ni Nomad (9), ni Consul (9), ni SSH responen a 127.0.0.1')
  expect(out).toContain('→ Engega la seva màquina virtual i espera un minut')
  expect(out).toMatch(/No apte: hi ha \d coses per arreglar|No apte: hi ha una cosa per arreglar/)
  writeFileSync(file, 'server: 127.0.0.1\nclusters: []\n')
  expect(grade(['doctor', '--lang', 'ca', '--cluster', file]).err).toMatch(
    /cluster\.yaml:2: no hi ha cap clau "clusters".* Corregeix aquesta línia/,
  )
})
