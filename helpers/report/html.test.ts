import { expect, test } from 'vitest'
import { hostileResult, hostileTexts, sampleItem, sampleResult } from '../../tests/golden/sample.ts'
import { verdicts } from '../grade/result.ts'
import { renderHtml } from './html.ts'
import { verdictWords } from './words.ts'

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
    expect(page).toMatch(new RegExp(`<td class="verdict">. ${verdictWords[verdict]}</td>`))
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
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=|\son\w+=/i)
  expect(page.match(/href="([^"]*)"/g)?.every((link) => link.startsWith('href="#'))).toBe(true)
})
