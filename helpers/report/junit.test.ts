import { expect, test } from 'vitest'
import { create } from 'xmlbuilder2'
import { hostileResult, hostileTexts, sampleItem, sampleResult } from '../../tests/golden/sample.ts'
import { renderJunit } from './junit.ts'

/** What a strict reader would refuse, '' when nothing (xmlbuilder2's own reader takes anything). */
function faultOf(xml: string): string {
  const open: string[] = []
  const text = `(?:[^<&]|&(?:amp|lt|gt|quot|apos);)`
  const attributes = `(?: [a-z]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos);)*")*`
  const token = new RegExp(`<(/?)([a-z-]+)${attributes}(/?)>|${text}+`, 'gy')
  const body = xml.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '')
  for (let at = 0; at < body.length; at = token.lastIndex) {
    const found = token.exec(body)
    if (!found) return `at ${body.slice(at, at + 40)}`
    const [whole, closes, name = '', empty] = found
    if (!name && whole.includes(']]>')) return 'text has ]]>'
    if (closes && open.pop() !== name) return `${name} is closed but was not open`
    if (name && !closes && !empty) open.push(name)
  }
  return open.length === 0 ? '' : `${open.join(', ')} is never closed`
}

test('the strict reader refuses what is not well-formed', () => {
  for (const bad of ['<a><b></a>', '<a x="<"/>', '<a>&</a>', '<a>', '<a>]]></a>', '<a b=c/>']) {
    expect(faultOf(bad)).not.toBe('')
  }
  expect(faultOf('<a x="1 &lt; 2"><b/>text &amp; more</a>\n')).toBe('')
})

const read = (xml: string) => create(xml).end({ format: 'object' }) as Record<string, never>

test('each verdict has its element', () => {
  const elements = {
    passed: undefined,
    failed: 'failure',
    partial: 'failure',
    blocked: 'skipped',
    missing: 'skipped',
    inconclusive: 'error',
  } as const
  for (const [verdict, element] of Object.entries(elements)) {
    const item = sampleItem('01.1', verdict as keyof typeof elements)
    const xml = renderJunit(sampleResult({ items: [item] }))
    expect(/<(failure|skipped|error) /.exec(xml)?.[1]).toBe(element)
    expect(xml).toContain(`<property name="verdict" value="${verdict}"/>`)
  }
})

test('the totals count what is there', () => {
  const { testsuites } = read(renderJunit(sampleResult()))
  expect(testsuites).toMatchObject({ '@tests': '7', '@failures': '2', '@errors': '1' })
  expect(testsuites).toMatchObject({ '@skipped': '2', '@time': '43.340' })
})

test('a simulated run says so in the name and in a property', () => {
  const xml = renderJunit(sampleResult())
  expect(xml).toContain('<testsuite name="SIMULATED Nomad and Consul exercise: Núria l·l"')
  expect(xml).toContain('<property name="simulated" value="true"/>')
  const real = sampleResult()
  real.cluster = { ...real.cluster, kind: 'file', simulated: false }
  expect(renderJunit(real)).not.toContain('SIMULATED')
})

test('the message is the sentence, the text names file, line and hint', () => {
  const xml = renderJunit(sampleResult())
  expect(xml).toContain('message="Nomad gave nginx port 28764, and port 80 was wanted."')
  expect(xml).toContain('at nginx.nomad:12\nWhat to do: Write static = 80')
  expect(xml).toMatch(/<testcase [^>]*file="nginx.nomad" line="12"/)
})

test('hostile text leaves the XML well-formed, with the same elements', () => {
  const tags = (xml: string) => xml.match(/<[/?a-z-]+/g)
  const usual = tags(renderJunit(hostileResult('a name')))
  for (const text of hostileTexts) {
    const xml = renderJunit(hostileResult(text))
    expect(faultOf(xml)).toBe('')
    expect(tags(xml)).toEqual(usual)
    expect(xml).not.toMatch(/[^\P{Cc}\n]|&#x?[01]?[0-9a-f];/u)
  }
})
