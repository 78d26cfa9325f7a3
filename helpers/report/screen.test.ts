import { expect, test } from 'vitest'
import { hostileResult, hostileTexts, sampleItem, sampleResult } from '../../tests/golden/sample.ts'
import { columnsOf, cut, wrap } from './columns.ts'
import { createProgress, progressLine } from './progress.ts'
import { lookOf, renderItemLine, renderOpening, renderScreen } from './screen.ts'

const pipe = { color: false, columns: 100, rewrites: false }
const terminal = { color: true, columns: 60, rewrites: true }

test('SIMULATED is the first word of the screen, and only of a simulated run', () => {
  expect(renderScreen(sampleResult(), 'reports/x', pipe)).toMatch(/^SIMULATED\b/)
  const real = sampleResult()
  real.cluster = { ...real.cluster, kind: 'file', simulated: false }
  expect(renderOpening(real, pipe)).not.toContain('SIMULATED')
})

test('an item that settled is one line', () => {
  const item = sampleResult().items[1]!
  expect(renderItemLine(item, pipe)).toBe(
    '01.2  ✓ passed        19.3 s  when its VM stops, nginx reappears on another VM\n',
  )
  expect(renderItemLine(sampleItem('03.4', 'missing'), pipe)).toBe(
    '03.4  – not handed in  4.0 s  the title of 03.4\n',
  )
})

test('what was not passed is there in full, then the score and the report', () => {
  const screen = renderScreen(sampleResult(), 'reports/nuria/latest/report.html', pipe)
  for (const line of [
    '    Nomad gave nginx port 28764, and port 80 was wanted.',
    '    at nginx.nomad:12',
    '    What to do: Write static = 80 into the port block.',
    '    ✗ not met: all replicas at port 80: box-5 has port 28764',
    '        33.5 s  consul   nginx is at box-5:28764, box-7:21903, box-8:30011',
    'Score: 2.3–3.3 of 7',
    'Report: reports/nuria/latest/report.html',
  ]) {
    expect(screen.split('\n')).toContain(line)
  }
})

test('colour only on a terminal without NO_COLOR', () => {
  const tty = { isTTY: true, columns: 120 }
  expect(lookOf(tty, {})).toEqual({ color: true, columns: 120, rewrites: true })
  expect(lookOf(tty, { NO_COLOR: '1' })).toEqual({ color: false, columns: 120, rewrites: true })
  expect(lookOf({}, {})).toEqual({ color: false, columns: 100, rewrites: false })
  expect(renderScreen(sampleResult(), 'r', pipe)).not.toContain('\u001b')
  expect(renderScreen(sampleResult(), 'r', terminal)).toContain('\u001b[')
})

test('hostile text is no command to a terminal or a runner, and takes no line', () => {
  const usual = renderScreen(hostileResult('a name'), 'r', { ...pipe, columns: 9000 })
  for (const text of hostileTexts) {
    const screen = renderScreen(hostileResult(text), text, { ...pipe, columns: 9000 })
    expect(screen).not.toMatch(/[^\P{Cc}\n]|##\[|^\s*::/mu)
    expect(screen.split('\n').length).toBe(usual.split('\n').length)
    const narrow = renderScreen(hostileResult(text), text, { ...pipe, columns: 40 })
    expect(narrow).not.toMatch(/##\[|^\s*::/m)
  }
})

test('progress says what is waited for, how long, and how long it should take', () => {
  const waiting = { item: '01.2', waitingFor: 'box-7 is declared down', elapsed: 12.4 }
  expect(progressLine(waiting, pipe)).toBe('01.2  … box-7 is declared down  12 s')
  expect(progressLine({ ...waiting, estimate: 24 }, pipe)).toBe(
    '01.2  … box-7 is declared down  █████░░░░░ 12 s of about 24 s',
  )
  expect(progressLine({ ...waiting, estimate: 9 }, pipe)).toContain('late: expected after 9 s')
  const narrow = progressLine({ ...waiting, waitingFor: '李'.repeat(80) }, terminal)
  expect(columnsOf(narrow)).toBeLessThan(60)
})

test('a terminal rewrites one line; a file gets a line now and then', () => {
  const at = (elapsed: number) => ({ item: '01.2', waitingFor: 'box-7', elapsed })
  const lines = createProgress(pipe)
  expect(lines.show(at(0))).toBe('01.2  … box-7  0 s\n')
  expect(lines.show(at(10))).toBe('')
  expect(lines.show(at(31))).toBe('01.2  … box-7  31 s\n')
  expect(lines.clear()).toBe('')
  const line = createProgress(terminal)
  expect(line.clear()).toBe('')
  expect(line.show(at(1))).toMatch(/^\r.*[^\n]$/)
  expect(line.clear()).toBe('\r\u001b[2K')
})

test('lines are cut and broken by what a terminal shows', () => {
  expect(cut('abcdef', 4)).toBe('abc…')
  expect(columnsOf('\u001b[31m李a\u001b[0m')).toBe(3)
  expect(wrap('one two three', 10, '  ', 2)).toBe('  one two\n    three')
})
