import { Command } from 'commander'
import { expect, test } from 'vitest'
import { labCommand } from './lab.ts'
import { refuseWhatNpmKept } from './npm-flags.ts'
import { runCommand } from './run.ts'

const program = new Command('grade')
program.addCommand(runCommand('en')).addCommand(labCommand('en'))

/** What is said to somebody whose flags are in npm's environment; '' when nothing is. */
function said(args: string[], kept: Record<string, string>, event = 'grade'): string {
  try {
    refuseWhatNpmKept(program, args, { npm_lifecycle_event: event, ...kept })
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

// As npm 11.19 hands on `npm run grade anna --items 01.2 --no-screenshot` (2026-11-25).
const kept = { npm_config_items: 'true', npm_config_screenshot: '' }

test('flags that npm kept for itself are named, and what to type', () => {
  expect(said(['anna', '01.2'], kept)).toBe(
    'npm kept --items, --no-screenshot for itself: write npm run grade "--" … --items … (in PowerShell with the quotes).',
  )
  expect(said(['lab', 'stop', 'box-7'], { npm_config_cut: 'true' })).toMatch(/^npm kept --cut/)
})

test('npm’s own settings, and flags that arrived, are nobody’s mistake', () => {
  expect(said(['anna'], { npm_config_user_agent: 'npm/11', npm_config_cache: '/x' })).toBe('')
  expect(said(['anna', '--json'], { npm_config_json: 'true' })).toBe('')
  expect(said(['anna', '--seed=7'], { npm_config_seed: '' })).toBe('')
  expect(said(['anna'], kept, 'test')).toBe('')
})
