/**
 * `node tests/browser/example.ts`: makes reports/example/ again. Right: a run on a real cluster,
 * from its recorded evidence. Failing: a run on the lab of the sheet's files with two mistakes.
 * The README shows report.png. Needs a Chromium.
 */
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderHtml } from '../../helpers/report/html.ts'
import { renderJson } from '../../helpers/report/json.ts'
import { renderMarkdown } from '../../helpers/report/markdown.ts'
import { findBrowser, screenshotOf } from '../../helpers/screenshot.ts'
import { grade, reference } from '../harness.ts'
import { openBrowser } from './browser.ts'
import { readEvidence, recorded, told } from './pages.ts'

const out = (name: string) =>
  fileURLToPath(new URL(`../../reports/example/${name}`, import.meta.url))

/** The sheet's file of a stage with a block put after the line that begins with `after`. */
function mistakeIn(submission: string, file: string, after: string, block: string): void {
  const path = join(submission, file)
  const text = readFileSync(path, 'utf8').replace(new RegExp(`^.*${after}.*$`, 'm'), `$&\n${block}`)
  writeFileSync(path, text)
}

const folder = mkdtempSync(join(tmpdir(), 'grade-example-'))
const submission = join(folder, 'marta')
cpSync(reference, submission, { recursive: true })
mistakeIn(submission, '02.1-nginx.nomad', 'count = 3', '\n    update {\n      canary = 1\n    }')
const pinned =
  '\n  constraint {\n    attribute = "$${attr.unique.hostname}"\n    value     = "box-5"\n  }'
mistakeIn(submission, '01.1-nginx.nomad', 'datacenters', pinned)
await grade(submission, { student: 'marta', runDir: folder, language: 'en' })
const kept = join(folder, 'evidence.ndjson')
const failing = told(readEvidence(kept))
failing.result.evidence.sha256 = createHash('sha256').update(readFileSync(kept)).digest('hex')
rmSync(folder, { recursive: true })
failing.result.submission.dir = 'submissions/marta'
const catalan = told(recorded('2.0.5', '4-clients-cut-usual-heartbeats-10-of-10'), 'ca')
const right = told(recorded('1.4.4', '3-clients-orderly-usual-heartbeats-10-of-10'))

const browser = findBrowser(process.env)
if (!browser) throw new Error('No Chromium was found: the pictures are not made.')
const { page: given } = failing.seen
const screenshot = given && { screenshot: await screenshotOf(given.html, process.env, 'en') }
const pages = {
  report: renderHtml(failing.result, { ...failing.seen, ...screenshot }),
  right: renderHtml(right.result, right.seen),
  catalan: renderHtml(catalan.result, catalan.seen),
}
writeFileSync(out('report.html'), pages.report)
writeFileSync(out('result.json'), renderJson(failing.result))
writeFileSync(out('report.md'), renderMarkdown(failing.result))

const chromium = await openBrowser(browser)
for (const [name, html, width, height, dark, place] of [
  ['report', pages.report, 1180, 1500, false, ''],
  ['failing', pages.report, 1180, 1000, false, '#item-01-2'],
  ['phone', pages.report, 360, 1100, false, '#item-01-2'],
  ['projector', pages.report, 1920, 1080, true, ''],
  ['right', pages.right, 1180, 1000, true, '#item-02-3'],
  ['catalan', pages.catalan, 1180, 1000, false, '#item-02-3'],
] as const) {
  const page = await chromium.newPage({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: false,
  })
  await page.setContent(html)
  const where = place === '' ? page : page.locator(place)
  await where.screenshot({ path: out(`${name}.png`) })
  if (name === 'report') {
    await page.emulateMedia({ media: 'print', colorScheme: 'light' })
    await page.setViewportSize({ width: 688, height: 1020 })
    await page.screenshot({ path: out('print.png') })
  }
  await page.close()
}
await chromium.close()
