import { expect, test } from 'vitest'
import { hostileResult, hostileTexts, sampleResult } from '../../tests/golden/sample.ts'
import { renderClassPage } from './class-page.ts'

const links = (page: string) => [...page.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)

test('students are in the order of their names, with mark, verdicts and the way to their report', () => {
  const entry = (student: string) => ({
    result: sampleResult({ student, language: 'ca' }),
    path: `${student}/latest/report.html`,
  })
  const page = renderClassPage(['Zoë', 'Àlex', 'Núria l·l'].map(entry))
  expect(links(page)).toEqual([
    './%C3%80lex/latest/report.html',
    './N%C3%BAria%20l%C2%B7l/latest/report.html',
    './Zo%C3%AB/latest/report.html',
  ])
  expect(page).toContain('<html lang="ca">')
  expect(page).toContain('2,3–3,3 de 7')
  expect(page).toContain('aria-label="no concloent"')
  expect(page.slice(page.indexOf('<body>'))).toMatch(/^<body>\s*<main>\s*<p class="simulated">/)
})

test('a name is text, and a link leads nowhere but below the folder of the page', () => {
  const tags = (page: string) => page.match(/<[/a-z!][^>]*>/g)?.length
  const usual = tags(renderClassPage([{ result: hostileResult('a'), path: 'a/report.html' }]))
  for (const text of hostileTexts) {
    const entry = { result: hostileResult(text), path: `${text.replaceAll('/', '-')}/report.html` }
    const page = renderClassPage([entry])
    expect(tags(page)).toBe(usual)
    for (const link of links(page))
      expect(new URL(link ?? '', 'file:///a/').href).toMatch(/^file:\/\/\/a\//)
  }
  for (const path of ['../x', '/etc/passwd', 'a//b', 'javascript:alert(1)', 'http://x.example/'])
    for (const link of links(renderClassPage([{ result: sampleResult(), path }])))
      expect(new URL(link ?? '', 'file:///a/').href).toMatch(/^file:\/\/\/a\//)
})
