import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { resultSchema } from '../../helpers/grade/result.ts'
import { lastState, reference, tempFolder } from '../harness.ts'

/**
 * A folder full of files that other programs run or obey. Each would write a canary; the real command
 * grades the folder, and no canary is there, and no verdict is another one.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))

/** What each trap does, in the language of whoever would run it. */
const traps = (canary: (by: string) => string): Record<string, string> => {
  const js = (by: string) => `require('node:fs').writeFileSync(${JSON.stringify(canary(by))}, '')\n`
  const esm = (by: string) =>
    `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(canary(by))}, '')\nexport default { test: { include: [], passWithNoTests: true } }\n`
  const shell = (by: string) => `#!/bin/sh\ntouch ${canary(by)}\n`
  return {
    'vitest.config.ts': esm('vitest.config.ts'),
    'vitest.config.mjs': esm('vitest.config.mjs'),
    'vite.config.ts': esm('vite.config.ts'),
    'vitest.workspace.ts': esm('vitest.workspace.ts'),
    'vitest.setup.ts': esm('vitest.setup.ts'),
    'stryker.config.mjs': esm('stryker'),
    'nginx.test.ts': esm('a test'),
    'suites/01-one-nginx.spec.ts': esm('a suite'),
    'suites/rubric.ts': esm('a rubric'),
    'trap.cjs': js('required'),
    'trap.mjs': esm('imported'),
    'node_modules/vitest/package.json': '{ "name": "vitest", "main": "index.js" }',
    'node_modules/vitest/index.js': js('vitest of the folder'),
    'node_modules/.bin/node': shell('node of the folder'),
    'node_modules/.bin/git': shell('git of the folder'),
    '.npmrc': 'node-options=--require ./trap.cjs\nscript-shell=./trap.sh\nignore-scripts=false\n',
    'trap.sh': shell('script-shell'),
    'package.json': JSON.stringify({
      name: 'nginx',
      scripts: { grade: './trap.sh', pregrade: './trap.sh', postinstall: './trap.sh' },
      imports: { '#x': './trap.mjs' },
      vitest: { setupFiles: ['./trap.mjs'] },
    }),
    'tsconfig.json':
      '{ "extends": "./trap.json", "compilerOptions": { "paths": { "*": ["./*"] } } }',
    '.env': 'NODE_OPTIONS=--require ./trap.cjs\nNOMAD_ADDR=http://198.51.100.7:4646\n',
    NOMAD_ADDR: 'http://198.51.100.7:4646\n',
    CONSUL_HTTP_ADDR: 'http://198.51.100.7:8500\n',
    'cluster.yaml': `server: 198.51.100.7\npower:\n  driver: command\n  list: touch ${canary('cluster.yaml')}\n`,
    'clusters/anna.yaml': 'server: 198.51.100.7\n',
    'rubric.yaml': 'items: { "01.1": { marks: 100 } }\n',
    'result.json': '{ "score": { "points": 10 } }\n',
    'reports/evidence.ndjson': '{ "kind": "run" }\n',
    '.grade/trusted': 'nonsense\n',
    '.gitattributes': '* diff=trap filter=trap merge=trap\n',
  }
}

const gitConfig = (canary: (by: string) => string) => `[core]
	repositoryformatversion = 0
	fsmonitor = touch ${canary('fsmonitor')}
	hooksPath = hooks
	sshCommand = touch ${canary('sshCommand')}
	pager = touch ${canary('pager')}
	editor = touch ${canary('editor')}
	alternateRefsCommand = touch ${canary('alternateRefsCommand')}
[diff]
	external = touch ${canary('ext-diff')}
[diff "trap"]
	textconv = touch ${canary('textconv')}
	command = touch ${canary('diff command')}
[filter "trap"]
	clean = touch ${canary('clean')}
	smudge = touch ${canary('smudge')}
	process = touch ${canary('process')}
[include]
	path = /etc/gitconfig
[uploadpack]
	packObjectsHook = touch ${canary('packObjectsHook')}
`

const hooks = [
  'post-checkout',
  'post-index-change',
  'pre-commit',
  'reference-transaction',
  'fsmonitor-watchman',
]

interface Trapped extends Disposable {
  path: string
  canaries(): string[]
}

function trapped(from: string): Trapped {
  const folder = tempFolder()
  const path = join(folder.path, 'anna')
  const out = join(folder.path, 'canaries')
  mkdirSync(out)
  const canary = (by: string) => join(out, by.replace(/\W/g, '-'))
  cpSync(from, path, { recursive: true })
  // A history in which every stage is, made before the traps are laid.
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
      cwd: path,
      stdio: 'ignore',
    })
  git('init', '-q')
  git('add', '.')
  git('commit', '-q', '-m', '::set-output name=grade::10')
  for (const [file, text] of Object.entries(traps(canary))) {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), text, { mode: 0o755 })
  }
  writeFileSync(join(path, '.git/config'), gitConfig(canary))
  writeFileSync(join(path, '.git/objects/info/alternates'), '/\n../../../../other/.git/objects\n')
  mkdirSync(join(path, '.git/hooks'), { recursive: true })
  for (const hook of hooks) {
    writeFileSync(join(path, '.git/hooks', hook), `#!/bin/sh\ntouch ${canary(hook)}\n`, {
      mode: 0o755,
    })
  }
  return {
    path,
    canaries: () => readdirSync(out),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

const clean = (from: NodeJS.ProcessEnv) =>
  Object.fromEntries(
    Object.entries(from).filter(([name]) => !/^(VITEST|NODE_OPTIONS|npm_|GIT_)/.test(name)),
  )

test('the traps are live: git and Node run them where somebody lets them', () => {
  using folder = trapped(lastState)
  const env = { ...clean(process.env), NODE_OPTIONS: '--require ./trap.cjs' }
  execFileSync(process.execPath, ['-e', '0'], { cwd: folder.path, env })
  try {
    execFileSync('git', ['status'], { cwd: folder.path, stdio: 'ignore', timeout: 10_000 })
  } catch {
    // What it says does not matter.
  }
  expect(folder.canaries()).toEqual(expect.arrayContaining(['fsmonitor', 'required']))
})

test('npm run grade on the folder: nothing of it runs, and the grade is the files’', async () => {
  using folder = trapped(lastState)
  using out = tempFolder()
  const args = ['run', '-s', 'grade', '--', '--submission', folder.path, '--cluster', 'lab']
  const { stdout, exitCode } = await execa(
    'npm',
    [...args, '--out', out.path, '--items', '01.1,03.1', '--seed', '3', '--json'],
    { cwd: root, env: clean(process.env), extendEnv: false, reject: false, timeout: 170_000 },
  )
  expect(folder.canaries()).toEqual([])
  const result = resultSchema.parse(JSON.parse(stdout))
  expect(
    result.items.map((i) =>
      `${i.id} ${i.verdict} ${i.max} ${i.verdict === 'passed' ? '' : i.sentence}`.trim(),
    ),
  ).toEqual(['01.1 passed 1', '03.1 passed 1'])
  expect(result.cluster.kind).toBe('lab')
  expect(exitCode).toBe(0)
}, 180_000)

test('from inside the folder: its cluster file is not taken; with the lab named, nothing runs', async () => {
  using folder = trapped(lastState)
  using out = tempFolder()
  const grade = (...args: string[]) =>
    execa(process.execPath, [join(root, 'bin/grade.js'), '--submission', '.', ...args], {
      cwd: folder.path,
      env: clean(process.env),
      extendEnv: false,
      reject: false,
      timeout: 170_000,
    })
  const refused = await grade()
  expect(refused.exitCode).toBe(64)
  expect(refused.stderr).toMatch(/clusters\/anna\.yaml is in the folder that is graded/)
  const graded = await grade('--cluster', 'lab', '--items', '03.1', '--out', out.path, '--json')
  expect(folder.canaries()).toEqual([])
  // Journals and host keys of ours are beside what was handed in, and not looked for in it.
  expect(existsSync(join(folder.path, '..', '.grade'))).toBe(true)
  expect(resultSchema.parse(JSON.parse(graded.stdout)).items).toMatchObject([
    { id: '03.1', verdict: 'passed' },
  ])
}, 180_000)

/** What stages.yaml says → a file outside that would be a right 03.1. */
test('stages.yaml does not lead out of the folder, by no way', async () => {
  const { findSubmission } = await import('../../helpers/submission/find.ts')
  using folder = tempFolder()
  const outside = join(folder.path, 'secret.nomad')
  cpSync(join(reference, '03.1-apache.nomad'), outside)
  const path = join(folder.path, 'anna')
  mkdirSync(join(path, 'deep'), { recursive: true })
  cpSync(join(reference, '01.1-nginx.nomad'), join(path, '01.1-nginx.nomad'))
  symlinkSync(outside, join(path, 'link.nomad'))
  symlinkSync(folder.path, join(path, 'up'))
  symlinkSync('link.nomad', join(path, 'twice.nomad'))
  const ways = [
    outside,
    `file://${outside}`,
    '../secret.nomad',
    'deep/../../secret.nomad',
    '..\\secret.nomad',
    './/..//secret.nomad',
    'link.nomad',
    'twice.nomad',
    'up/secret.nomad',
    'C:\\secret.nomad',
    '~/secret.nomad',
    '/proc/self/environ',
    '/dev/stdin',
    '$HOME/secret.nomad',
  ]
  for (const way of ways) {
    writeFileSync(join(path, 'stages.yaml'), JSON.stringify({ '03.1': way }))
    const found = await findSubmission(path)
    expect(found.stages['03.1'], way).toMatchObject({ missing: 'not handed in' })
    expect(found.problems.length, way).toBe(1)
    expect(JSON.stringify(found), way).not.toContain('httpd')
  }
  rmSync(join(path, 'stages.yaml'))
  symlinkSync(outside, join(path, 'stages.yaml'))
  expect((await findSubmission(path)).problems).toMatchObject([{ code: 'stages-yaml' }])
})

test('a history outside by alternates, by a work tree or by a file .git is no history', async () => {
  const { versionsOf } = await import('../../helpers/submission/history.ts')
  using other = trapped(reference)
  using folder = tempFolder()
  const path = join(folder.path, 'anna')
  mkdirSync(join(path, '.git/objects/info'), { recursive: true })
  mkdirSync(join(path, '.git/refs/heads'), { recursive: true })
  cpSync(join(reference, '02.1-nginx.nomad'), join(path, '01.1-nginx.nomad'))
  const objects = join(other.path, '.git/objects')
  writeFileSync(join(path, '.git/objects/info/alternates'), `${objects}\n`)
  const head = readFileSync(join(other.path, '.git/HEAD'), 'utf8')
  const ref = head.replace('ref: ', '').trim()
  writeFileSync(join(path, '.git/HEAD'), head)
  cpSync(join(other.path, '.git', ref), join(path, '.git', ref))
  expect(await versionsOf(other.path, '01.1-nginx.nomad')).toHaveLength(1)
  expect(await versionsOf(path, '01.1-nginx.nomad')).toEqual([])
  rmSync(join(path, '.git'), { recursive: true })
  for (const gitdir of [join(other.path, '.git'), '../../anna/.git']) {
    writeFileSync(join(path, '.git'), `gitdir: ${gitdir}\n`)
    expect(await versionsOf(path, '01.1-nginx.nomad')).toEqual([])
  }
  expect(existsSync(join(path, '.git'))).toBe(true)
  expect(other.canaries()).toEqual([])
})
