import type { Verdict } from '../grade/result.ts'
import type { Standing } from '../grade/standing.ts'
import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import type { Cause, ItemNumbers, Lag, Unknown } from './class-afterwards.ts'
import { type Line, nameOf } from './class-page-line.ts'
import { bar } from './class-page-marks.ts'
import { anchor } from './html/item.ts'
import { html, type Markup } from './markup.ts'
import { clusterName, heading, seconds, verdictWord } from './words.ts'

/** What clusters hid, and how to have it graded. */
export function unknownsSection(found: readonly Unknown[], language: Language): Markup {
  if (found.length === 0) return html``
  const tell = (message: Message) => inLanguage(message, language)
  const code = 'grade class ROSTER --pending'
  return html`<section class="alert">
<h2>${tell(msg('Fix the lab, not the grades'))}</h2>
<p>${tell(
    msg(
      'Here no mark was given or taken. Mend the cluster, then grade only what is open: {code}.',
      {
        code,
      },
    ),
  )}</p>
<ul>
${found.map((one) => html`<li>${unknown(one, language)}</li>\n`)}</ul>
</section>`
}

function unknown({ cluster, sentence, hint, items, ids, students }: Unknown, language: Language) {
  const tell = (message: Message) => inLanguage(message, language)
  const none = cluster.server === '' && cluster.kind === 'file'
  const where = none ? tell(msg('without a cluster')) : clusterName(cluster, language)
  const many = msg(
    '{items, plural, one {# item} other {# items}} of {students, plural, one {# student} other {# students}}',
    { items, students: students.length },
  )
  return html`<strong>${where}</strong>: ${tell(many)} (${ids.join(', ')})<br>${sentence} ${hint}
<details><summary>${tell(msg('Who'))}</summary>${students.map(
    (name, i) => html`${i > 0 ? ', ' : ''}<bdi>${name}</bdi>`,
  )}</details>`
}

const always: Verdict[] = ['passed', 'failed', 'blocked', 'inconclusive', 'missing']

/** Each item: how many passed it, what became of the others, and how long it took. */
export function itemsTable(numbers: readonly ItemNumbers[], language: Language): Markup {
  const tell = (message: Message) => inLanguage(message, language)
  const anyOf = (standing: Standing) => numbers.some(({ counts }) => counts[standing] > 0)
  const shown: Standing[] = [
    ...always.slice(1),
    ...(['partial', 'waived'] as const).filter((standing) => anyOf(standing)),
  ]
  const word = (standing: Standing) =>
    standing === 'waived' ? tell(msg('waived')) : verdictWord(standing, language)
  const title = tell(msg('Items'))
  return html`<section>
<h2>${title}</h2>
<p class="quiet">${tell(msg('The share that passed is of those handed in and known.'))}</p>
<div class="scrolls" tabindex="0" role="region" aria-label="${title}">
<table class="numbers">
<thead><tr><th scope="col">${tell(msg('Item'))}</th>
<th scope="col" class="wide" colspan="2">${word('passed')}</th>
${shown.map((standing) => html`<th scope="col">${word(standing)}</th>`)}
<th scope="col">${tell(msg('usually takes'))}</th><th scope="col">${tell(msg('longest'))}</th>
</tr></thead>
<tbody>
${numbers.map(
  (one) => html`<tr><th scope="row">${heading(one)}</th>${passed(one, language)}
${shown.map((standing) => html`<td>${one.counts[standing] || '·'}</td>`)}
${[one.seconds?.middle, one.seconds?.longest].map(
  (time) => html`<td>${time === undefined ? '·' : seconds(time, language)}</td>`,
)}</tr>\n`,
)}</tbody>
</table>
</div>
</section>`
}

function passed({ counts, of }: ItemNumbers, language: Language): Markup {
  if (of === 0) return html`<td class="wide">·</td><td></td>`
  const text = inLanguage(
    msg('{marks} of {max}', { marks: `${counts.passed}`, max: `${of}` }),
    language,
  )
  const percent = Math.round((100 * counts.passed) / of)
  return html`<td class="wide">${bar(counts.passed / of)}${text}</td><td>${percent} %</td>`
}

/** Per item why it was not passed, the commonest first; names are folded. */
export function causesSection(
  numbers: readonly ItemNumbers[],
  lines: readonly Line[],
  language: Language,
): Markup {
  const lost = numbers.filter(({ causes }) => causes.length > 0)
  if (lost.length === 0) return html``
  return html`<section class="what">
<h2>${inLanguage(msg('Why marks were lost'), language)}</h2>
${lost.map(
  (one) => html`<h3>${heading(one)}</h3>
<ul>
${one.causes.map((each) => html`<li>${cause(each, one, lines, language)}</li>\n`)}</ul>`,
)}
</section>`
}

function cause(
  { code, sentence, hint, same, students }: Cause,
  item: Pick<ItemNumbers, 'id'>,
  lines: readonly Line[],
  language: Language,
): Markup {
  const tell = (message: Message) => inLanguage(message, language)
  const names = lines.filter(({ student }) => students.includes(student))
  const example = same ? '' : `${tell(msg('For example:'))} `
  return html`<span class="many">${students.length} ×</span> ${example}${sentence} ${hint} <code>${code}</code>
<details><summary>${tell(msg('Who'))}</summary>${names.map(
    (line, i) => html`${i > 0 ? ', ' : ''}${nameOf(line, `#${anchor(item)}`)}`,
  )}</details>`
}

/** How long Nomad took to miss a VM: what a slow cluster shows first. */
export function lagsSection(lags: readonly Lag[], language: Language): Markup {
  if (lags.length === 0) return html``
  const tell = (message: Message) => inLanguage(message, language)
  const s = (ms: number) => seconds(ms / 1000, language)
  const told = lags.map(({ how, n, middle, longest, foretold }) => {
    const values = { n, middle: s(middle), longest: s(longest) }
    const text =
      how === 'orderly'
        ? msg(
            'Stopped in order, {n, plural, one {# time} other {# times}}: usually after {middle}, at most after {longest}.',
            values,
          )
        : msg(
            'Power cut, {n, plural, one {# time} other {# times}}: usually after {middle}, at most after {longest}.',
            values,
          )
    const by =
      foretold === undefined
        ? ''
        : tell(msg('Their heartbeats foretold {foretold} at most.', { foretold: s(foretold) }))
    return html`<li>${tell(text)} ${by}</li>\n`
  })
  return html`<section>
<h2>${tell(msg('When Nomad missed a VM'))}</h2>
<ul>
${told}</ul>
</section>`
}
