import { expect, test } from 'vitest'
import { hostileResult, hostileTexts, sampleItem, sampleResult } from '../../tests/golden/sample.ts'
import { verdicts } from '../grade/result.ts'
import { renderHtml } from './html.ts'
import { verdictWord } from './words.ts'

/** What a reader sees, in order. */
const words = (page: string) =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .trim()
    .split(/\s+/)

const tags = (page: string) => page.match(/<[/a-z!][^>]*>/g) ?? []

test('SIMULATED is the first word of a simulated page, in its title and its body', () => {
  const page = renderHtml(sampleResult())
  expect(words(page)[0]).toBe('SIMULATED')
  expect(words(page.slice(page.indexOf('<body>')))[0]).toBe('SIMULATED')
})

test('a real cluster is not called simulated', () => {
  const real = sampleResult()
  real.cluster = { ...real.cluster, kind: 'file', simulated: false }
  expect(renderHtml(real)).not.toContain('SIMULATED')
})

test('the mark is on top, an interval where items are inconclusive', () => {
  const page = renderHtml(sampleResult())
  expect(page).toContain('<p class="mark">2.3–3.3 of 7</p>')
  expect(page).toContain('Inconclusive: 02.3.')
  const all = sampleResult()
  all.score = { points: 7, low: 7, high: 7, max: 7, asked: all.score.asked }
  expect(renderHtml(all)).toContain('<p class="mark">7 of 7</p>')
})

test('every verdict is said in a word', () => {
  for (const verdict of verdicts) {
    const page = renderHtml(sampleResult({ items: [sampleItem('01.1', verdict)] }))
    expect(page).toMatch(new RegExp(`<td class="verdict">. ${verdictWord(verdict, 'en')}</td>`))
  }
})

test('an item shows sentence, hint, line, criteria in words, notes and times', () => {
  const page = renderHtml(sampleResult())
  for (const text of [
    'Nomad gave nginx port 28764, and port 80 was wanted.',
    'Write static = 80 into the port block.',
    '<code>nginx.nomad:12</code>',
    'not met',
    'not looked at',
    'not known',
    'One leftover was set aside',
    '33.5 s',
    '2 tries',
  ]) {
    expect(page).toContain(text)
  }
})

test('numbers have no float noise', () => {
  const page = renderHtml(sampleResult())
  expect(page).toContain('0.3 of 1')
  expect(page).not.toContain('0000000')
})

test('hostile text adds no tag, no request and no control character', () => {
  const usual = tags(renderHtml(hostileResult('a name')))
  for (const text of hostileTexts) {
    const page = renderHtml(hostileResult(text))
    expect(tags(page)).toEqual(usual)
    expect(page).not.toMatch(/[^\P{Cc}\n]/u)
    expect(words(page)[0]).toBe('SIMULATED')
  }
})

test('the page fetches nothing and runs nothing', () => {
  const page = renderHtml(sampleResult())
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|src=|\son\w+=/i)
  expect(page.match(/href="([^"]*)"/g)?.every((link) => link.startsWith('href="#'))).toBe(true)
})

test('who, what, when and where are in the first 200 characters of an item', () => {
  const result = sampleResult({ student: 'a name that is long, and goes on and on '.repeat(20) })
  const section = renderHtml(result).split('id="item-02-1"')[1] ?? ''
  const begins = words(section.slice(section.indexOf('>') + 1))
    .join(' ')
    .slice(0, 200)
  for (const text of ['02.1', 'failed', 'a name that', '25 November 2026', 'nginx.nomad:12'])
    expect(begins).toContain(text)
})

const source = {
  file: 'nginx.nomad',
  text: '1\n\n3\n\n\n\n7\n8\n9\n10\n11\n  a <b> = "::x"\n13\n\n\n16',
}

test("the lines round the student's own are shown, and nothing of them is HTML", () => {
  const page = renderHtml(sampleResult(), { sources: { '02.1': source } })
  const shown = page.match(/<pre.*?<\/pre>/s)?.[0] ?? ''
  expect(words(shown)).toEqual(
    '9 9 10 10 11 11 ▶12 a &lt;b&gt; = &quot;::x&quot; 13 13 14 15'.split(' '),
  )
  expect(
    renderHtml(sampleResult(), { sources: { '02.1': { file: 'x', text: '' } } }),
  ).not.toContain('<pre')
})

test("the teacher's word and the run of an item are shown", () => {
  const evidence = { file: 'evidence.ndjson', sha256: 'cd'.repeat(32) }
  const item = sampleItem('01.1', 'failed', {
    points: 1,
    override: { marks: 1, reason: 'seen in class', date: '2026-11-25' },
    notes: ['The teacher gave 1: seen in class.'],
    run: {
      id: '2026-11-25T01-23-12Z',
      cluster: { kind: 'file', simulated: false, server: '192.168.56.101' },
      rubric: '2026-11',
      evidence,
    },
  })
  const page = renderHtml(sampleResult({ items: [item] }))
  expect(page).toContain('<p class="hint">The teacher gave 1: seen in class.</p>')
  expect(page).toContain('2026-11-25T01-23-12Z · the cluster at 192.168.56.101')
  expect(page).toContain('cd'.repeat(32))
})
