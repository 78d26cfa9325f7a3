import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resultSchema } from '../../helpers/grade/result.ts'
import { renderHtml } from '../../helpers/report/html.ts'
import { renderJunit } from '../../helpers/report/junit.ts'
import { renderMarkdown } from '../../helpers/report/markdown.ts'
import { renderScreen } from '../../helpers/report/screen.ts'
import { sampleResult } from './sample.ts'

// A change that is meant is recorded with `npx vitest run -u tests/golden`, and read in the diff.
const look = { color: false, columns: 100, rewrites: false }

test('the HTML page is the recorded one', async () => {
  await expect(renderHtml(sampleResult())).toMatchFileSnapshot('recorded/report.html')
})

test('the Markdown is the recorded one', async () => {
  // Not called .md: a formatter would change what was recorded.
  await expect(renderMarkdown(sampleResult())).toMatchFileSnapshot('recorded/report.md.txt')
})

test('the JUnit XML is the recorded one', async () => {
  await expect(renderJunit(sampleResult())).toMatchFileSnapshot('recorded/junit.xml')
})

test('the screen is the recorded one', async () => {
  const screen = renderScreen(sampleResult(), 'reports/Núria l·l/latest/report.html', look)
  await expect(screen).toMatchFileSnapshot('recorded/screen.txt')
})

test("the example in result.json's manual is one, and the manual names every field", async () => {
  const manual = await readFile(join(import.meta.dirname, '../../docs/result-json.md'), 'utf8')
  const example = /```json\n(.*?)```/s.exec(manual)?.[1] ?? ''
  const read = JSON.parse(example)
  expect(resultSchema.parse(read)).toEqual(read)
  const prose = manual.slice(0, manual.indexOf('```json'))
  const { items, cluster, submission, score } = resultSchema.shape
  const shapes = [resultSchema, items.element, cluster, submission, score]
  for (const field of shapes.flatMap(({ shape }) => Object.keys(shape))) {
    expect(prose).toMatch(new RegExp(`\`([a-z]+\\.)?${field}[.\`]`))
  }
})
