import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Result } from '../grade/result.ts'
import { renderAllure } from './allure.ts'
import { type More, renderHtml } from './html.ts'
import { renderJson } from './json.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'

export interface Written {
  /** Names relative to the run's folder, with forward slashes. */
  files: string[]
  /** One sentence per report that could not be written; the others are there. */
  faults: string[]
}

const renderers: Record<string, (result: Result, more: More) => string> = {
  'report.html': renderHtml,
  'report.md': renderMarkdown,
  'junit.xml': renderJunit,
}

/**
 * Writes result.json first and whole or not at all (an error there is thrown), then each report. A
 * report that fails loses its own file only.
 */
export async function writeReports(
  result: Result,
  runDir: string,
  more: More = {},
): Promise<Written> {
  await mkdir(runDir, { recursive: true })
  await writeFileAtomic(join(runDir, 'result.json'), renderJson(result))
  const written: Written = { files: ['result.json'], faults: [] }
  for (const [name, render] of Object.entries(renderers)) {
    await attempt(written, name, async () => {
      await writeFile(join(runDir, name), render(result, more))
      return [name]
    })
  }
  await attempt(written, 'allure-results', async () => {
    const files = renderAllure(result)
    await mkdir(join(runDir, 'allure-results'), { recursive: true })
    for (const { name, content } of files) {
      await writeFile(join(runDir, 'allure-results', name), content)
    }
    return files.map(({ name }) => `allure-results/${name}`)
  })
  return written
}

async function attempt(written: Written, name: string, write: () => Promise<string[]>) {
  try {
    written.files.push(...(await write()))
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error)
    written.faults.push(
      `The report ${name} was not written: ${seen}. The grade is in result.json; write it again with grade report.`,
    )
  }
}
