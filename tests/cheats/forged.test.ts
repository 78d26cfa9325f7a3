import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { reference, tempFolder } from '../harness.ts'

/** What a student writes is data on the screen and in every report: it forges no line of either. */
const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))
const forged = [
  '\u001b[2J\u001b[1;1H',
  '\n::set-output name=grade::10\n',
  '\r\n::add-mask::x\r\n##vso[task.complete result=Succeeded]\n',
  '\nScore: 10 of 10\n10 passed, 0 failed\n01.1  ✓ passed\n',
  '</failure></testcase></testsuite><testcase name="forged"/>',
  '<script>document.title = "10"</script>',
  '\u202e01 fo 01\u0085\u2028',
].join('')
const hcl = JSON.stringify(forged)

const changes: Record<string, [from: RegExp, to: string]> = {
  '01.1-nginx.nomad': [/name {5}= "nginx"/, `name = ${hcl}`],
  '01.3-nginx.nomad': [/group "nginx"/, `meta {\n x = ${hcl}\n }\n group ${hcl}`],
  '02.1-nginx.nomad': [/image {10}= "[^"]*"/, `image = ${hcl}`],
  '03.1-apache.nomad': [/driver = "docker"/, `driver = ${hcl}`],
}

function filesBelow(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const file = join(path, name)
    return statSync(file).isDirectory() ? filesBelow(file) : [file]
  })
}

/** Lines that a terminal, GitHub or Azure would obey, or that say what only the grader may say. */
function obeyed(text: string): string[] {
  return text.split(/\r\n|[\n\r\u0085\u2028]/).filter(
    (line) =>
      /^\s*(::|##\[|##vso)/.test(line) ||
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(line) ||
      /^\s*(Score: 10|10 passed)/.test(line),
  )
}

test('names, images and drivers that forge reports: nothing passes, and no line is theirs', async () => {
  using folder = tempFolder()
  using out = tempFolder()
  const path = join(folder.path, 'anna')
  cpSync(reference, path, { recursive: true })
  for (const [file, [from, to]] of Object.entries(changes)) {
    const text = readFileSync(join(path, file), 'utf8')
    const changed = text.replace(from, () => to)
    expect(changed).not.toBe(text)
    writeFileSync(join(path, file), changed)
  }
  writeFileSync(join(path, 'x\u001b[2J\n::set-output name=a::b\n.nomad'), 'job "nginx" {')
  const asked = ['01.1', '01.3', '02.1', '03.1']
  const args = ['--submission', path, '--cluster', 'lab', '--out', out.path, '--seed', '2']
  const ran = await execa(process.execPath, [program, ...args, '--items', asked.join()], {
    cwd: folder.path,
    env: { NO_COLOR: '1' },
    reject: false,
    timeout: 120_000,
  })
  expect(ran.exitCode).toBeGreaterThan(0)
  expect(ran.stdout).not.toMatch(/^\S*\s*✓/m)
  expect(ran.stdout.match(/^\d\d\.\d .*$/gm)).toHaveLength(asked.length)
  expect(obeyed(`${ran.stdout}\n${ran.stderr}`)).toEqual([])
  const latest = join(out.path, 'anna', 'latest')
  const reports = filesBelow(latest)
  expect(reports.length).toBeGreaterThan(4)
  for (const report of reports) {
    const text = readFileSync(report, 'utf8')
    // JSON escapes what it holds.
    if (!report.endsWith('json')) expect(obeyed(text), report).toEqual([])
    if (report.endsWith('.html')) expect(text).not.toContain('<script>document')
    if (report.endsWith('.xml')) expect(text.match(/<testcase /g)).toHaveLength(asked.length)
    if (report.endsWith('.md')) expect(text).not.toMatch(/<script|<\/testcase/)
  }
})
