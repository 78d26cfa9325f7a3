import { type Browser, chromium } from 'playwright-core'
import { isRoot } from '../../helpers/screenshot.ts'

/** A browser for our own pages. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, chromiumSandbox: !isRoot(), timeout: 20_000 })
