import { expect, test } from 'vitest'
import { hostileTexts } from '../../tests/golden/sample.ts'
import { plain, withoutCommands } from './text.ts'

test('ordinary names and words of any script stay as they are', () => {
  for (const name of [
    'Núria l·l',
    'نورة العربي',
    '👩‍🚀 Zoë 🏳️‍🌈',
    "L'Hospitalet",
    '李小龙',
    'क्षि',
  ]) {
    expect(plain(name)).toBe(name)
  }
})

test('what a terminal obeys is gone', () => {
  expect(plain('\u001b[31mred\u001b[0m')).toBe('red')
  expect(plain('\u001b]0;a title\u0007text')).toBe('text')
  expect(plain('\u009b2Jtext\u0007\u0008')).toBe('text')
  expect(plain('\u001b]0;no end')).toBe('0;no end')
})

test('a text is one line', () => {
  expect(plain('one\r\n  two\tthree\u2028four')).toBe('one two three four')
})

test('text that turns the line or hides itself is shown as it was written', () => {
  expect(plain('abc\u202ecba\u202c\u2066x\u2069 a\u200bb\ufeff')).toBe('abccbax ab')
})

test('accents do not pile up', () => {
  expect(plain(`a${'\u0301'.repeat(50)}`)).toBe(`a${'\u0301'.repeat(4)}`)
})

test('long text is cut between characters', () => {
  expect(plain('abcdef', 6)).toBe('abcdef')
  expect(plain('abcdefg', 6)).toBe('abcde…')
  expect(plain('ab👩‍🚀👩‍🚀', 6)).toBe('ab👩‍🚀…')
  expect(plain('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxx…')
})

test('hostile text of any length ends quickly and is safe again when asked twice', () => {
  for (const text of [...hostileTexts, '\u001b]'.repeat(100_000), '\u001b['.repeat(100_000)]) {
    const once = plain(text)
    expect(once).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
    expect([...once].length).toBeLessThanOrEqual(300)
    expect(plain(once)).toBe(once)
  }
})

test('a runner finds no command', () => {
  expect(withoutCommands('a\n  ::notice::b\n::error::c')).toBe('a\n  : :notice::b\n: :error::c')
  expect(withoutCommands('x ##[group]y')).toBe('x ## [group]y')
  expect(withoutCommands('the address ::1')).toBe('the address ::1')
})

test('the marks of a verdict are nobody else’s', () => {
  expect(plain('01.1 ✓ passed')).toBe('01.1 * passed')
})
