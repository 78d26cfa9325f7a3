import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Who may import whom: for each place (the longest matching path counts) the places it may import
 * besides itself. Packages have owners in the table below. docs/whats-here.md says why.
 */
const mayImport: Record<string, string[]> = {
  suites: ['helpers/item.ts', 'helpers/grade/rubric.ts'],
  lab: [],
  // The words of a suite and the engine behind them.
  helpers: ['suites/rubric.ts', 'helpers', 'package.json'],
  // What the grader says, and in which languages.
  'helpers/language': ['locales'],
  locales: ['helpers/language'],
  'helpers/grade': ['helpers/submission/job.ts', 'helpers/submission/types.ts', 'helpers/language'],
  'helpers/submission': ['helpers/language', 'helpers/grade/rubric.ts'],
  'helpers/time': [
    'helpers/language',
    'helpers/grade/reason.ts',
    'helpers/grade/replicas.ts',
    'helpers/submission/job.ts',
  ],
  'helpers/cluster': [
    'helpers/time',
    'helpers/language',
    'helpers/socket.ts',
    'helpers/http.ts',
    'helpers/loose.ts',
  ],
  'helpers/nomad': [
    'helpers/time',
    'helpers/language',
    'helpers/http.ts',
    'helpers/loose.ts',
    'helpers/grade/view.ts',
  ],
  'helpers/consul': [
    'helpers/time',
    'helpers/language',
    'helpers/http.ts',
    'helpers/socket.ts',
    'helpers/loose.ts',
    'helpers/grade/view.ts',
  ],
  'helpers/web': [
    'helpers/time',
    'helpers/language',
    'helpers/http.ts',
    'helpers/socket.ts',
    'helpers/grade/rubric.ts',
    'helpers/grade/view.ts',
  ],
  'helpers/report': ['helpers/grade', 'helpers/language'],
  bin: ['helpers', 'lab', 'suites'],
  tests: ['bin', 'helpers', 'lab', 'suites'],
}

/** Package → the only places that may import it. */
const owners: Record<string, string[]> = {
  ssh2: ['helpers/cluster/ssh', 'lab/doors'],
  undici: [
    'helpers/http.ts',
    'helpers/http-connections.ts',
    'helpers/http-exchange.ts',
    'helpers/web/count.ts',
  ],
  'dns-packet': ['helpers/consul', 'lab/doors'],
  execa: ['helpers/cluster/power', 'helpers/cluster/local'],
  'ssh-config': ['helpers/cluster/ssh'],
  which: ['helpers/cluster/power', 'helpers/cluster/local'],
  '@inquirer/prompts': ['bin'],
  '@cdktn/hcl2json': ['helpers/submission', 'lab/nomad/hcl'],
  'allure-js-commons': ['helpers/report'],
  vitest: ['bin', 'tests', 'vitest.config.ts', 'vitest.suites.config.ts'],
  commander: ['bin'],
  'intl-messageformat': ['helpers/language'],
  'csv-parse': ['helpers/report', 'helpers/class'],
  'csv-stringify': ['helpers/report'],
  'big.js': ['helpers/grade'],
  'playwright-core': ['helpers/screenshot.ts'],
}

interface Import {
  file: string
  line: number
  /** Path from the root, or a package's name. */
  target: string
  own: boolean
}

const files = [
  'suites',
  'helpers',
  'locales',
  'lab',
  'bin',
  'tests',
  'vitest.config.ts',
  'vitest.suites.config.ts',
]
  .flatMap((place) => (place.endsWith('.ts') ? [place] : below(place)))
  .filter((file) => file.endsWith('.ts'))

function below(place: string): string[] {
  return readdirSync(join(root, place), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}

const text = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
const imports: Import[] = files.flatMap((file) =>
  [...(text.get(file) ?? '').matchAll(/(?:from|import|require\()\s*\(?['"]([^'"\n]+)['"]/g)].map(
    (m) => {
      const target = m[1] ?? ''
      const own = target.startsWith('.')
      const path = own
        ? posix.normalize(posix.join(posix.dirname(file), target))
        : packageOf(target)
      return {
        file,
        line: (text.get(file) ?? '').slice(0, m.index).split('\n').length,
        target: path,
        own,
      }
    },
  ),
)

function packageOf(target: string): string {
  const parts = target.split('/')
  return target.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

const isBelow = (file: string, place: string) => file === place || file.startsWith(`${place}/`)

/** The longest place of the table that the file is in. */
function placeOf(file: string): string | undefined {
  return Object.keys(mayImport)
    .filter((place) => isBelow(file, place))
    .sort((a, b) => b.length - a.length)[0]
}

/** Tests, and what only tests are built with. */
const isTest = (file: string) =>
  file.endsWith('.test.ts') ||
  /\/testing(-\w+)?\.ts$/.test(file) ||
  ['helpers/submission/submission-folder.ts', 'helpers/cluster/ssh/test-sshd.ts'].includes(file)
const say = ({ file, line, target }: Import) => `${file}:${line} imports ${target}`

test('no file imports what its place may not', () => {
  const wrong = imports.filter(({ file, target, own }) => {
    if (!own || isTest(file)) return false
    const place = placeOf(file)
    if (!place || isBelow(target, place)) return false
    return !(mayImport[place] ?? []).some((allowed) => isBelow(target, allowed))
  })
  expect(wrong.map(say)).toEqual([])
})

test('the lab and the helpers share nothing, not even in their tests', () => {
  const crossing = imports.filter(
    ({ file, target }) =>
      (isBelow(file, 'lab') && isBelow(target, 'helpers')) ||
      (isBelow(file, 'helpers') && isBelow(target, 'lab')),
  )
  expect(crossing.map(say)).toEqual([])
})

test('each package has one owner', () => {
  const wrong = imports.filter(({ file, target, own }) => {
    if (own || isTest(file) || isBelow(file, 'tests')) return false
    const allowed = owners[target]
    return allowed !== undefined && !allowed.some((place) => isBelow(file, place))
  })
  expect(wrong.map(say)).toEqual([])
})

test('only the judge’s side of the house is free of acts: no clock, no network, no files there', () => {
  const pure = files.filter((f) => isBelow(f, 'helpers/grade') && !isTest(f))
  const acting = pure.filter((f) =>
    /Date\.now|setTimeout|Math\.random|node:(fs|net|http)/.test(text.get(f) ?? ''),
  )
  expect(acting).toEqual([])
})

test('time and chance come from time/ and the lab’s world', () => {
  const allowed = ['helpers/time', 'lab/clock.ts', 'lab/random.ts', 'lab/lab.ts', 'bin', 'tests']
  const wrong = files.filter(
    (file) =>
      !isTest(file) &&
      !allowed.some((place) => isBelow(file, place)) &&
      /Date\.now\(\)|Math\.random\(\)/.test(text.get(file) ?? ''),
  )
  expect(wrong).toEqual([])
})

test('files are short enough to hold one idea', () => {
  const long = files
    // A language is one file, however much there is to say.
    .filter((file) => !isTest(file) && !isBelow(file, 'tests') && !isBelow(file, 'locales'))
    .map((file) => ({ file, lines: (text.get(file) ?? '').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300)
  expect(long).toEqual([])
})

test('a spec reads like a story: no vitest, no client, no milliseconds', () => {
  const specs = files.filter((file) => file.endsWith('.spec.ts'))
  expect(specs.length).toBeGreaterThan(0)
  for (const file of specs) expect(text.get(file)).not.toMatch(/vitest|\bms\b|\d+_000|client\b/)
})

test('the table names places that exist', () => {
  for (const place of Object.keys(mayImport)) {
    expect(
      files.some((file) => isBelow(file, place)),
      place,
    ).toBe(true)
  }
  expect(dirname(resolve(root, 'tests'))).toBe(resolve(root))
})
