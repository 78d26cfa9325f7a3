import pico from 'picocolors'
import { plain } from '../grade/text.ts'
import { padEnd, wrap } from '../report/columns.ts'
import type { Look } from '../report/screen.ts'
import type { Examination } from './examine.ts'
import type { Finding } from './finding.ts'

const signs = { fatal: '✗', warning: '!', info: '·' } as const
const order = ['fatal', 'warning', 'info'] as const

/** What `grade doctor` prints. Ends with a line end. */
export function renderExamination(seen: Examination, look: Look): string {
  const colors = pico.createColors(look.color)
  const paint = { fatal: colors.red, warning: colors.yellow, info: colors.dim }
  const tell = (one: Finding) => {
    const head = wrap(plain(one.sentence, 2000), look.columns - 2, '  ').trimStart()
    const cure =
      one.cure === '' ? '' : `\n${wrap(`→ ${plain(one.cure, 2000)}`, look.columns, '    ', 2)}`
    return `${paint[one.weight](signs[one.weight])} ${head}${cure}`
  }
  const told = order.flatMap((weight) => seen.findings.filter((one) => one.weight === weight))
  return `${[table(seen), ...told.map(tell), '', ending(seen, colors)].join('\n')}\n`
}

function table({ clients }: Examination): string {
  if (clients.length === 0) return ''
  const rows = [
    ['VM', 'address', 'Nomad', 'Consul', ''],
    ...clients.map((one) => [
      one.name,
      one.address,
      one.nomad,
      one.consul,
      one.fit ? 'fit' : 'not fit',
    ]),
  ].map((row) => row.map((cell) => plain(cell, 60)))
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((r) => (r[at] ?? '').length)))
  const lines = rows.map((row) => row.map((cell, at) => padEnd(cell, widths[at] ?? 0)).join('  '))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function ending(
  { fit, clients, findings }: Examination,
  colors: ReturnType<typeof pico.createColors>,
) {
  if (fit) {
    const good = clients.filter((one) => one.fit).map((one) => one.name)
    return colors.green(`Fit: ${good.join(', ')} can be graded on.`)
  }
  const count = findings.filter((one) => one.weight === 'fatal').length
  return colors.red(`Not fit: ${count === 1 ? 'one thing' : `${count} things`} to mend (✗).`)
}
