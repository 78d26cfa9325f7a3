import pico from 'picocolors'
import { plain } from '../grade/text.ts'
import { inLanguage, type Message, msg } from '../language/message.ts'
import { padEnd, wrap } from '../report/columns.ts'
import type { Look } from '../report/screen.ts'
import type { Examination } from './examine.ts'
import { type Finding, findingIn } from './finding.ts'

const signs = { fatal: '✗', warning: '!', info: '·' } as const
const order = ['fatal', 'warning', 'info'] as const

/** What `grade doctor` prints. Ends with a line end. */
export function renderExamination(seen: Examination, look: Look, language = 'en'): string {
  const colors = pico.createColors(look.color)
  const paint = { fatal: colors.red, warning: colors.yellow, info: colors.dim, fit: colors.green }
  const tell = (one: Finding) => {
    const { sentence, cure } = findingIn(one, language)
    const head = wrap(plain(sentence, 2000), look.columns - 2, '  ').trimStart()
    const next = cure === '' ? '' : `\n${wrap(`→ ${plain(cure, 2000)}`, look.columns, '    ', 2)}`
    return `${paint[one.weight](signs[one.weight])} ${head}${next}`
  }
  const told = order.flatMap((weight) => seen.findings.filter((one) => one.weight === weight))
  const last = paint[seen.fit ? 'fit' : 'fatal'](inLanguage(ending(seen), language))
  return `${[table(seen, language), ...told.map(tell), '', last].join('\n')}\n`
}

function table({ clients }: Examination, language: string): string {
  if (clients.length === 0) return ''
  const word = (text: Message) => inLanguage(text, language)
  const rows = [
    ['VM', word(msg('address')), 'Nomad', 'Consul', ''],
    ...clients.map((one) => [
      one.name,
      one.address,
      one.nomad,
      one.consul,
      word(one.fit ? msg('fit') : msg('not fit')),
    ]),
  ].map((row) => row.map((cell) => plain(cell, 60)))
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((r) => (r[at] ?? '').length)))
  const lines = rows.map((row) => row.map((cell, at) => padEnd(cell, widths[at] ?? 0)).join('  '))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function ending({ fit, clients, findings }: Examination): Message {
  if (fit) {
    const good = clients.filter((one) => one.fit).map((one) => one.name)
    return msg('Fit: {good} can be graded on.', { good })
  }
  const count = findings.filter((one) => one.weight === 'fatal').length
  return count === 1
    ? msg('Not fit: one thing to mend (✗).')
    : msg('Not fit: {count} things to mend (✗).', { count })
}
