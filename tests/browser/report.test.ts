import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderHtml } from '../../helpers/report/html.ts'
import { findBrowser, screenshotOf } from '../../helpers/screenshot.ts'
import { hostileResult, sampleResult } from '../golden/sample.ts'
import { openBrowser } from './browser.ts'
import { recorded, told, withSource } from './pages.ts'

const path = findBrowser(process.env)
const why = path ? '' : ' (skipped: no Chromium or Chrome is installed)'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const right = told(recorded('1.4.4', 'orderly-usual-heartbeats-10-of-10'))
const file =
  'job "nginx" {\n  group "nginx" {\n    count = 3\n    update {\n      canary = 1\n    }\n  }\n}\n'
const failing = told(withSource(recorded('1.4.4', '02.1-canary'), '02.1', file), 'ca')
const names = [
  "=cmd|'/C calc'!A0",
  '</script><script>alert(1)</script>',
  '::notice::Points 10/10',
  '../../x',
  'Núria l·l',
  'نورة العربي',
  '👩‍🚀 Zoë',
]
const pages: [string, string][] = [
  ['a right run', renderHtml(right.result, right.seen)],
  ['a failing run in Catalan', renderHtml(failing.result, failing.seen)],
  ['every verdict and an interval', renderHtml(sampleResult())],
  ...names.map((name): [string, string] => [
    `a student called ${name}`,
    renderHtml(hostileResult(name), withName(name)),
  ]),
]

/** The same name wherever evidence may bring a text of the student's. */
function withName(name: string) {
  const { pictures } = right.seen
  const [first] = Object.values(pictures)
  const lanes = first?.lanes.map((lane) => ({ ...lane, vm: name })) ?? []
  return {
    ...(first && { pictures: { '01.1': { ...first, lanes } } }),
    sources: { '01.1': { file: name, text: `${name}\n\t${name}\n    ${name}` } },
    page: { address: '192.168.56.105', port: 80, title: name, html: '' },
    screenshot: { none: name },
  }
}

let browser: Browser
beforeAll(async () => {
  if (path) browser = await openBrowser(path)
})
afterAll(() => browser?.close())

/** Opens a page; what it asks for and what its console says is kept. */
async function open(html: string, options: Parameters<Browser['newPage']>[0] = {}) {
  const page = await browser.newPage(options)
  const asked: string[] = []
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  page.on('dialog', (dialog) => said.push(dialog.message()))
  await page.route('**/*', (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  await page.setContent(html)
  return { page, asked, said }
}

async function violations(page: Page, options = {}): Promise<string[]> {
  const seen = await page.evaluate(`${axe}; axe.run(document, ${JSON.stringify(options)})`)
  const { violations: found } = seen as { violations: { id: string; nodes: { html: string }[] }[] }
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

test.skipIf(!path)(`pages ask for nothing and say nothing to the console${why}`, async () => {
  for (const [name, html] of pages) {
    const { page, asked, said } = await open(html)
    expect([name, ...asked, ...said]).toEqual([name])
    expect(await page.locator('script, iframe, link').count(), name).toBe(0)
    await page.close()
  }
})

test.skipIf(!path)(`axe finds nothing, in light and in dark${why}`, async () => {
  // A name of others changes no element, so of those one page is enough.
  for (const [name, html] of pages.slice(0, 4)) {
    const { page } = await open(html, { bypassCSP: true })
    expect([name, ...(await violations(page))]).toEqual([name])
    await page.emulateMedia({ colorScheme: 'dark' })
    const colours = await violations(page, { runOnly: ['color-contrast'] })
    expect([name, 'dark', ...colours]).toEqual([name, 'dark'])
    await page.close()
  }
})

test.skipIf(!path)(`the keyboard reaches all that scrolls or opens${why}`, async () => {
  const { page } = await open(renderHtml(right.result, right.seen))
  const wanted = await page
    .locator('a[href], summary, [tabindex="0"]')
    .filter({ visible: true })
    .count()
  const focused = 'String([...document.querySelectorAll("*")].indexOf(document.activeElement))'
  const reached = new Set<string>()
  for (let presses = 0; presses < wanted; presses++) {
    await page.keyboard.press('Tab')
    reached.add(await page.evaluate(focused))
  }
  expect(wanted).toBeGreaterThan(20)
  expect(reached.size).toBe(wanted)
  const scrolls = await page.evaluate(
    '[...document.querySelectorAll(".scrolls, pre")].filter((e) => e.tabIndex !== 0).length',
  )
  expect(scrolls).toBe(0)
  const details = page.locator('#item-01-1 details').first()
  expect(await details.getAttribute('open')).toBeNull()
  await details.locator('summary').focus()
  await page.keyboard.press('Enter')
  expect(await details.getAttribute('open')).not.toBeNull()
  await page.close()
})

test.skipIf(!path)(
  `without script, on a phone, nothing is wider than the screen${why}`,
  async () => {
    const { page } = await open(renderHtml(failing.result, failing.seen), {
      viewport: { width: 360, height: 740 },
      javaScriptEnabled: false,
    })
    const box = await page.locator('body').boundingBox()
    expect(box?.width).toBeLessThanOrEqual(360)
    const image = page.locator('#item-02-1 svg[role="img"]')
    expect(await image.getAttribute('aria-labelledby')).toMatch(/-name .*-words$/)
    await page.locator('#item-02-1 summary').click()
    expect(await page.locator('#item-02-1 table.changes').isVisible()).toBe(true)
    expect(await page.locator('#item-02-1 code.here').textContent()).toMatch(/canary/)
    await page.close()
  },
)

test.skipIf(!path)(`the summary prints on at most two pages, the worst one too${why}`, async () => {
  const long = hostileResult('x y '.repeat(1000))
  const [one] = long.items
  if (one)
    long.items = Array.from({ length: 10 }, (_, n) => ({ ...one, id: `0${n}`, verdict: 'failed' }))
  for (const html of [renderHtml(right.result, right.seen), renderHtml(long)]) {
    const { page } = await open(html, { javaScriptEnabled: false })
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
    const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0
    expect(sheets).toBeGreaterThan(0)
    expect(sheets).toBeLessThanOrEqual(2)
    await page.close()
  }
})

test.skipIf(!path)(`the picture of a page contacts nobody and runs nothing${why}`, async () => {
  const html = '<h1>it works</h1><img src="http://192.0.2.1/x.png"><script>while(true){}</script>'
  const shot = await screenshotOf(html, process.env, 'en')
  expect('png' in shot && Buffer.from(shot.png, 'base64').subarray(1, 4).toString()).toBe('PNG')
  const page = renderHtml(right.result, { ...right.seen, screenshot: shot })
  expect(page).toContain('src="data:image/png;base64,')
})

test('without a browser the page says why there is no picture', async () => {
  const shot = await screenshotOf('<p>', { PATH: '' }, 'ca')
  if ('png' in shot) return expect(findBrowser({ PATH: '' })).toBeDefined()
  const html = renderHtml(right.result, { ...right.seen, screenshot: shot })
  expect(html).toContain('sense imatge')
})
