import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { inLanguage, type Language, msg } from './language/message.ts'
import type { Shot } from './report/html/page.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]
const longestMs = 10_000
const largestPng = 200_000

/** The path of a Chromium or Chrome that is installed: on PATH, or where it usually is. */
export function findBrowser(env: Record<string, string | undefined>): string | undefined {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter((dir) => dir !== '')
    .flatMap((dir) => names.map((name) => join(dir, name)))
  return [...onPath, ...places].find((path) => existsSync(path))
}

/** Chromium has no sandbox for root. */
export const isRoot = () => process.getuid?.() === 0

/**
 * A picture of a page that evidence holds. Nobody is contacted: scripts are off and every request is
 * refused. Never rejects: what went wrong is said in place of the picture.
 */
export async function screenshotOf(
  html: string,
  env: Record<string, string | undefined>,
  language: Language,
): Promise<Shot> {
  const none = (why: string): Shot => ({ none: why })
  const executablePath = findBrowser(env)
  if (!executablePath)
    return none(inLanguage(msg('no picture: no Chromium or Chrome was found'), language))
  let browser: Browser | undefined
  let late: NodeJS.Timeout | undefined
  try {
    const { chromium } = await import('playwright-core')
    browser = await chromium.launch({
      executablePath,
      timeout: longestMs,
      chromiumSandbox: !isRoot(),
      args: ['--host-resolver-rules=MAP * ~NOTFOUND', '--disable-background-networking'],
    })
    late = setTimeout(() => void browser?.close(), longestMs)
    const page = await browser.newPage({
      viewport: { width: 800, height: 480 },
      javaScriptEnabled: false,
      offline: true,
    })
    await page.route('**/*', (route) => route.abort())
    await page.setContent(html, { timeout: longestMs / 2, waitUntil: 'domcontentloaded' })
    const png = await page.screenshot({ timeout: longestMs / 2 })
    if (png.byteLength > largestPng)
      return none(inLanguage(msg('no picture: it would be too large'), language))
    return { png: png.toString('base64') }
  } catch {
    return none(inLanguage(msg('no picture: the browser could not make one'), language))
  } finally {
    clearTimeout(late)
    await browser?.close().catch(() => {})
  }
}
