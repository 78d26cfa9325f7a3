import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { resultSchema } from '../../helpers/grade/result.ts'
import { hostileTexts } from '../golden/sample.ts'
import { reference, tempFolder } from '../harness.ts'

/**
 * The real command on a folder whose every name and every line comes from somebody who wants the
 * screen, the reports or a runner to obey: each file that is written and each byte of the screen.
 */
const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))
const inject =
  '\u001b[2J\u009b31m\u0007\r\n::error::owned\n##[add-mask]x</script><img src=x>\u202e|`'
/** The same in a string of HCL, which knows \uXXXX. */
const inHcl = JSON.stringify(inject).replaceAll('\u009b', '\\u009b').replaceAll('\u202e', '\\u202e')

function raw(text: string): string[] {
  const found = text.match(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]|##\[|^[^\S\n]*::/gmu) ?? []
  return [...new Set(found.map((one) => JSON.stringify(one)))]
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

async function grade(cwd: string, ...args: string[]) {
  const env = { NO_COLOR: '1', npm_lifecycle_event: undefined, VITEST: undefined }
  return execa(process.execPath, [program, ...args], { cwd, env, reject: false })
}

/** Job files that fail in as many ways as there are sentences that quote them. */
function handIn(folder: string): void {
  cpSync(reference, folder, { recursive: true })
  const stage = (name: string, change: (text: string) => string) => {
    const path = join(folder, name)
    const text = readFileSync(path, 'utf8')
    expect(change(text)).not.toBe(text)
    writeFileSync(path, change(text))
  }
  stage('01.1-nginx.nomad', (text) => text.replace(/image *= "[^"]*"/, `image = ${inHcl}`))
  stage('01.3-nginx.nomad', (text) => text.replace(/driver *= "docker"/, `driver = ${inHcl}`))
  stage('02.1-nginx.nomad', (text) => text.replace('service {', `service {\ntags = [${inHcl}]`))
  stage('03.1-apache.nomad', (text) => text.replace(/job "[^"]*"/, `job ${inHcl}`))
  for (const [n, text] of hostileTexts.entries()) {
    const name = text.replaceAll(/[/\0]/g, '_').slice(0, 60)
    writeFileSync(join(folder, `${n}${name}.nomad`), `job ${inHcl} { ${text}`)
    mkdirSync(join(folder, `d${n}${name}`), { recursive: true })
  }
  writeFileSync(join(folder, 'stages.yaml'), `"01.1": ${JSON.stringify(inject)}\n`)
}

test('a folder full of commands: the screen, every report and every folder name are harmless', async () => {
  using folder = tempFolder()
  const submission = join(folder.path, 'handed in')
  handIn(submission)
  const student = `../${inject.replaceAll('\n', ' ')} CON`
  const ran = await grade(
    folder.path,
    student,
    '--submission',
    submission,
    '--items',
    '01.1,02.1,03.1',
  )
  expect([0, 1, 2, 64]).toContain(ran.exitCode)
  expect(raw(ran.stdout)).toEqual([])
  expect(raw(ran.stderr)).toEqual([])
  const reports = filesBelow(join(folder.path, 'reports'))
  expect(
    reports.map((path) => relative(folder.path, path)).filter((name) => raw(name).length > 0),
  ).toEqual([])
  const leaks: string[] = []
  for (const path of reports) {
    const text = readFileSync(path, 'utf8')
    // Evidence is the one file that holds what was seen as it was seen: JSON, a line each.
    if (path.endsWith('evidence.ndjson'))
      for (const line of text.trim().split('\n')) JSON.parse(line)
    else leaks.push(...raw(text).map((one) => `${path}: ${one}`))
  }
  expect(leaks).toEqual([])
  const result = reports.find((path) => path.endsWith('result.json')) ?? ''
  expect(resultSchema.parse(JSON.parse(readFileSync(result, 'utf8'))).student).toBe(student)
}, 120_000)

test.each([
  ['a student of no submission', [`x${inject}`]],
  ['a cluster file that is not there', ['--cluster', `${inject}.yaml`]],
  ['an unknown option', [`--${inject}`]],
  ['restore, of a file that is not there', ['restore', '--cluster', `${inject}.yaml`]],
])('what was typed is told and obeys nobody: %s', async (_, args) => {
  using folder = tempFolder()
  const ran = await grade(folder.path, ...args)
  expect(ran.exitCode).not.toBe(0)
  expect([...raw(ran.stdout), ...raw(ran.stderr)]).toEqual([])
  expect(ran.stderr + ran.stdout).toMatch(/owned/)
})

test('a cluster file with commands in it: its mistakes are told harmlessly', async () => {
  using folder = tempFolder()
  const text = `server: 192.168.56.101\n${JSON.stringify(inject)}: 1\npower: { driver: ${JSON.stringify(inject)} }\n`
  writeFileSync(join(folder.path, 'cluster.yaml'), text)
  for (const command of [['run', '--submission', reference], ['doctor']]) {
    const ran = await grade(folder.path, ...command)
    expect(ran.exitCode).not.toBe(0)
    expect([...raw(ran.stdout), ...raw(ran.stderr)]).toEqual([])
  }
})
