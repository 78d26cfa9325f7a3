import { expect, test } from 'vitest'
import { resultWith, sampleClass } from '../../tests/class-page-sample.ts'
import { hostileResult, hostileTexts, sampleResult } from '../../tests/golden/sample.ts'
import { applyOverrides } from '../grade/overrides.ts'
import { onScale, scales } from '../grade/scale.ts'
import { msg } from '../language/message.ts'
import { lagsOf, marksOf, unknowns } from './class-afterwards.ts'
import { renderItemsCsv } from './class-items-csv.ts'
import { renderClassPage } from './class-page.ts'
import { lineOf } from './class-page-line.ts'

const links = (page: string) => [...page.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)
const grid = (page: string) => page.slice(page.indexOf('<table class="grid">'))
/** What a reader sees of it. */
const read = (page: string) =>
  page
    .slice(page.indexOf('<body>'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
const sample = sampleClass()
const lines = sample.map((entry) => lineOf(entry, 'en'))

test('students are in the order of their names, with mark, verdicts and the way to their report', () => {
  const entry = (student: string) => ({
    result: sampleResult({ student, language: 'ca' }),
    path: `${student}/latest/report.html`,
  })
  const page = renderClassPage(['Zoë', 'Àlex', 'Núria l·l'].map(entry))
  expect(links(grid(page))).toEqual([
    './%C3%80lex/latest/report.html',
    './N%C3%BAria%20l%C2%B7l/latest/report.html',
    './Zo%C3%AB/latest/report.html',
  ])
  expect(page).toContain('<html lang="ca">')
  expect(page).toContain('2,3–3,3 de 7')
  expect(page).toContain('aria-label="no concloent"')
  expect(read(page)).toMatch(/^ SIMULATED/)
  expect(renderClassPage(sample)).not.toContain('SIMULATED')
})

test('an item has its share of those handed in and known, and why it was lost, names folded', () => {
  const page = renderClassPage(sample)
  expect(read(page)).toMatch(/02\.1 the title of 02\.1 1 of 3 33 % 2 · 2 1 21\.0 s 21\.0 s/)
  expect(read(page)).toMatch(/02\.3 the title of 02\.3 3 of 5 60 % · 2 · 1 /)
  const causes = page.slice(page.indexOf('Why marks were lost'), page.indexOf('When Nomad missed'))
  expect(read(`<body>${causes}`)).toContain(
    '2 × For example: The replica on box-5 is at port 24426, not 80. Set static = 80. port-other Who Bernat Vila , Carla Mas',
  )
  expect(links(causes)).toContain('./Bernat%20Vila/latest/report.html#item-02-1')
  expect(causes).not.toContain('<details open')
  const [, ...rows] = renderItemsCsv(
    sample.flatMap(({ result }) => result ?? []),
    'en',
  ).split('\n')
  expect(rows[3]).toBe(
    '02.1,the title of 02.1,1,0,2,0,2,1,0,0.3333,21,21,port-other,2,"The replica on box-5 is at port 24426, not 80."',
  )
})

test('what a cluster hid is told once with its cure; not what a hand-in hid', () => {
  const [only, ...others] = unknowns(lines)
  expect(others).toEqual([])
  expect(only).toMatchObject({ items: 4, ids: ['02.1', '02.2'], cluster: { server: '10.0.0.2' } })
  expect(read(renderClassPage(sample))).toContain(
    'the cluster at 10.0.0.2 : 4 items of 2 students (02.1, 02.2) box-7 does not answer over SSH. Start box-7',
  )
  const open = { verdict: 'inconclusive', cause: 'ambiguous', sentence: 'Which file?' } as const
  const which = { result: resultWith('Ivet', { '01.1': open }), path: '' }
  const refused = {
    ...{ result: resultWith('Jan', { '01.1': { ...open, cause: 'unfit' } }), path: '' },
    ...{ ways: ['refused'] as const, notes: [msg('Handed in late.')] },
  }
  const page = renderClassPage([which, refused])
  expect(page).not.toContain('Fix the lab')
  expect(read(page)).toMatch(/Ivet Which file\? Jan refused Handed in late\./)
})

test('marks are counted with the teacher’s word and on the scale; what is open is none', () => {
  const marks = marksOf(lines)
  expect(marks).toMatchObject({ middle: 7, open: 2, missing: 1, none: 1, top: 10 })
  expect(marks.bars).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1])
  const bernat = sample[1]?.result ?? sampleResult()
  const override = {
    student: 'Bernat Vila',
    item: '02.1',
    marks: 1,
    reason: 'x',
    date: '2026-11-25',
  }
  const decided = applyOverrides(bernat, { overrides: [override], waivers: [] })
  const entry = { result: onScale(decided, scales.percent as NonNullable<typeof scales.percent>) }
  const page = renderClassPage([{ ...entry, path: '' }])
  expect(read(page)).toContain('The middle mark is 80 of 100.')
  expect(read(page)).toContain('02.1 the title of 02.1 1 of 1 100 %')
  expect(read(`<body>${grid(page)}`)).toMatch(/8 of 10 80 .*✗ \*/)
})

test('how long Nomad took to miss VMs is told by the way in which they were stopped', () => {
  const misses = [1, 2, 9].map((s) => ({ how: 'orderly' as const, missedMs: s * 1000 }))
  expect(lagsOf([{ student: 'a', result: undefined, ways: [], misses }])).toEqual([
    { how: 'orderly', n: 3, middle: 2000, longest: 9000, foretold: undefined },
  ])
  expect(read(renderClassPage(sample))).toContain(
    'Power cut, 6 times: usually after 21.4 s, at most after 21.4 s. Their heartbeats foretold 25.0 s',
  )
})

test('who was never graded, and who handed in nothing, stand there too', () => {
  const page = read(renderClassPage(sample))
  expect(page).toMatch(/Hand-ins to look at .*Gil Roca not handed in Hug Serra interrupted/)
  expect(page).toMatch(/Hug Serra interrupted not graded( ·){10}/)
})

test('a name is text, and a link leads nowhere but below the folder of the page', () => {
  const tags = (page: string) => page.match(/<[/a-z!][^>]*>/g)?.length
  const usual = tags(renderClassPage([{ result: hostileResult('a'), path: 'a/report.html' }]))
  for (const text of hostileTexts) {
    const path = `${text.replaceAll('/', '-')}/report.html`
    const page = renderClassPage([{ result: hostileResult(text), path }])
    expect(tags(page)).toBe(usual)
    for (const link of links(page))
      expect(new URL(link ?? '', 'file:///a/').href).toMatch(/^file:\/\/\/a\//)
  }
  for (const path of ['../x', '/etc/passwd', 'a//b', 'javascript:alert(1)', 'http://x.example/'])
    for (const link of links(renderClassPage([{ result: sampleResult(), path }])))
      expect(new URL(link ?? '', 'file:///a/').href).toMatch(/^file:\/\/\/a\//)
})
