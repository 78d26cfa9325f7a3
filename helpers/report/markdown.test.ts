import { expect, test } from 'vitest'
import { hostileResult, hostileTexts, sampleResult } from '../../tests/golden/sample.ts'
import { renderMarkdown } from './markdown.ts'

test('SIMULATED is the first word, and only of a simulated run', () => {
  expect(renderMarkdown(sampleResult())).toMatch(/^SIMULATED\b/)
  const real = sampleResult()
  real.cluster = { ...real.cluster, kind: 'local', simulated: false }
  expect(renderMarkdown(real)).toMatch(/^# Núria l·l: 2\.3–3\.3 of 7\n/)
  expect(renderMarkdown(real)).not.toContain('SIMULATED')
})

test('hostile text makes no line, cell, tag, link or code of its own', () => {
  const usual = renderMarkdown(hostileResult('a name')).split('\n')
  for (const text of hostileTexts) {
    const lines = renderMarkdown(hostileResult(text)).split('\n')
    expect(lines.length).toBe(usual.length)
    expect(lines.map(cells)).toEqual(usual.map(cells))
    const all = lines.join('\n')
    expect(all).not.toMatch(/<|(^|[^\\])`|:\/\/|www\.|(^|[^\\])\[/)
    expect(all).not.toMatch(/[^\P{Cc}\n]/u)
  }
})

test('an item shows sentence, hint, line, criteria and times', () => {
  const text = renderMarkdown(sampleResult())
  expect(text).toContain('**What to do:** Write static = 80 into the port block.')
  expect(text).toContain('At nginx.nomad:12')
  expect(text).toContain('- ✗ not met: all replicas at port 80: box-5 has port 28764')
  expect(text).toContain('| 33.5 s | consul | nginx is at')
  expect(text).toContain('Marks: 0.3 of 1')
})

/** How many cells a line has for a reader of Markdown. */
const cells = (line: string) => line.match(/(?<!\\)\|/g)?.length ?? 0
