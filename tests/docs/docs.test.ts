import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { programOf } from '../../bin/main.ts'
import { tempFolder } from '../harness.ts'
import { blocksOf, likeAClone, pages, runBlock, textOf } from './blocks.ts'
import { madePages } from './write.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('pages that are made out of the code are what it says', async () => {
  for (const { path, text } of await madePages())
    expect(readFileSync(path, 'utf8'), 'npx node tests/docs/write.ts writes it').toBe(text)
})

test('links lead to files and headings that are there', () => {
  const wrong = pages().flatMap((page) => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)]
    return links.flatMap(([link, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, target))) return [`${page}: ${link}`]
      return anchor && !anchorsOf(target).has(anchor) ? [`${page}: ${link}`] : []
    })
  })
  expect(wrong).toEqual([])
})

/** As GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const headings = [...textOf(page).matchAll(/^#+ (.*)$/gm)]
  const plain = (text: string) => text.toLowerCase().replace(/[^\w\- ]/g, '')
  return new Set(headings.map(([, text = '']) => `#${plain(text).replaceAll(' ', '-')}`))
}

test('the tour names every folder, and what it names is there', () => {
  const tour = textOf('docs/whats-here.md')
  const below = (place: string) =>
    readdirSync(join(root, place), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(place, name))
  const top = ['bin', 'docs', 'examples', 'helpers', 'lab', 'locales', 'scripts', 'suites', 'tests']
  const all = [...top, ...top.flatMap(below)].map((path) => path.replaceAll('\\', '/'))
  expect(all.filter((path) => !tour.includes(`\`${path}/\``))).toEqual([])
  // And nothing that is gone.
  const named = [...tour.matchAll(/`([a-z]+)(\/[\w/.-]+)`/g)].flatMap(([, place = '', rest]) =>
    top.includes(place) ? [`${place}${rest}`] : [],
  )
  expect(named.length).toBeGreaterThan(100)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('every flag of a command that a page names exists', async () => {
  const program = await programOf(['help'], 'en')
  const commands = program.commands.flatMap((one) => [one, ...one.commands])
  const known = new Set(commands.flatMap(({ options }) => options.map(({ long }) => long ?? '')))
  const named = pages().flatMap((page) =>
    [...textOf(page).matchAll(/(?<=`|^ *)(?:npm run )?grade (.+?)(?=`|#|$)/gm)].flatMap(
      ([typed, after = '']) =>
        (after.match(/(?<=\s)--[a-z][\w-]*/g) ?? []).map((flag) => ({ page, typed, flag })),
    ),
  )
  expect(named.length).toBeGreaterThan(60)
  const ofAll = ['--help', '--version']
  expect(named.filter(({ flag }) => !known.has(flag) && !ofAll.includes(flag))).toEqual([])
})

test('a file of the project is run by the project’s own Node, which a newcomer’s npx finds', () => {
  for (const page of pages()) expect(textOf(page), page).not.toMatch(/(?<!npx )\bnode tests\//)
})

test.skipIf(process.platform === 'win32')(
  'the first commands of student and teacher do what the page says (all: npx node tests/docs/run.ts)',
  async () => {
    using folder = tempFolder()
    likeAClone(folder.path)
    for (const page of ['docs/student.md', 'docs/teacher.md']) {
      const first = blocksOf(page).find(({ skip }) => skip === '')
      if (!first) throw new Error(`${page} has no commands`)
      const { code, said } = await runBlock(folder.path, first)
      expect({ page, code, said }).toMatchObject({ page, code: 0 })
    }
    expect(existsSync(join(folder.path, 'reports/anna/latest/report.html'))).toBe(true)
  },
)
