import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { languages } from '../../helpers/language/message.ts'
import { renderClassPage } from '../../helpers/report/class-page.ts'
import { findBrowser } from '../../helpers/screenshot.ts'
import { sampleClass } from '../class-page-sample.ts'
import { hostileResult } from '../golden/sample.ts'
import { openBrowser } from './browser.ts'

const path = findBrowser(process.env)
const why = path ? '' : ' (skipped: no Chromium or Chrome is installed)'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A long name, one without a blank, one from the right, and one that is none. */
const odd = ['Núria '.repeat(40), 'x'.repeat(300), 'نورة العربي', '<script>alert(1)</script>', '']
const all = [
  ...sampleClass(),
  ...odd.map((name) => ({ result: hostileResult(name), path: `${name}/report.html` })),
]

let browser: Browser
beforeAll(async () => {
  if (path) browser = await openBrowser(path)
})
afterAll(() => browser?.close())

test.skipIf(!path)(
  `the class page: axe finds nothing, and it asks for nothing${why}`,
  async () => {
    const page = await browser.newPage({ bypassCSP: true })
    const heard: string[] = []
    page.on('console', (message) => heard.push(message.text()))
    page.on('dialog', (dialog) => heard.push(dialog.message()))
    await page.route('**/*', (route) => {
      heard.push(route.request().url())
      return route.abort()
    })
    await page.setContent(renderClassPage(all))
    for (const [colorScheme, options] of [
      ['light', {}],
      ['dark', { runOnly: ['color-contrast'] }],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      const seen = await page.evaluate(`${axe}; axe.run(document, ${JSON.stringify(options)})`)
      const { violations } = seen as { violations: { id: string; nodes: { html: string }[] }[] }
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
      expect([colorScheme, ...told, ...heard]).toEqual([colorScheme])
    }
    await page.close()
  },
  60_000,
)

test.skipIf(!path)(
  `it fits phone and paper, and folds names${why}`,
  async () => {
    for (const language of languages) {
      const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
      await page.setContent(renderClassPage(all, language))
      // Tables scroll by themselves; the page does not.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
      const closed = page.locator('.what details').first()
      expect(await closed.locator('a').first().isVisible()).toBe(false)
      await closed.locator('summary').focus()
      await page.keyboard.press('Enter')
      expect(await closed.locator('a').first().isVisible()).toBe(true)
      // 182 mm of an A4 sheet.
      await page.setViewportSize({ width: 688, height: 900 })
      await page.emulateMedia({ media: 'print' })
      await page.setContent(renderClassPage(sampleClass(), language))
      const width = await page.evaluate('document.documentElement.scrollWidth')
      expect([language, width]).toEqual([language, 688])
      await page.close()
    }
  },
  60_000,
)
