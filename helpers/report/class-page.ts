import { verdicts } from '../grade/result.ts'
import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import { decidedIn, gradeOf } from './about-grade.ts'
import { type Afterwards, ambiguous, itemNumbers, lagsOf, unknowns } from './class-afterwards.ts'
import { causesSection, itemsTable, lagsSection, unknownsSection } from './class-page-items.ts'
import { type Entry, type Line, lineOf, nameOf } from './class-page-line.ts'
import { marksSection } from './class-page-marks.ts'
import { classStyle } from './class-page-style.ts'
import type { Tell } from './html/picture-labels.ts'
import { head, stamp } from './html.ts'
import { html, type Markup } from './markup.ts'
import { exercise, languageOf, mark, simulatedWord, verdictSigns, verdictWord } from './words.ts'

/**
 * A class on one page that needs nothing else: what the lab owes, marks, items with their causes,
 * whose hand-in wants a look, and every student with the way to the report; no script. In the language
 * that is asked for, otherwise in that of the first result.
 */
export function renderClassPage(entries: readonly Entry[], asked?: Language): string {
  const first = entries.find(({ result }) => result)?.result
  const language = asked ?? (first ? languageOf(first) : 'en')
  const tell: Tell = (message) => inLanguage(message, language)
  const lines = entries
    .map((entry) => lineOf(entry, language))
    .sort((a, b) => a.student.localeCompare(b.student, language))
  const simulated = lines.some(({ result }) => result?.cluster.simulated)
  const numbers = itemNumbers(lines)
  const title = `${tell(msg('Class'))} · ${exercise(language)}`
  return html`<!doctype html>
<html lang="${language}">
${head(simulated ? `${simulatedWord} · ${title}` : title, classStyle)}
<body>
<header>
${simulated ? stamp({ language }) : ''}
<h1>${title}</h1>
<p class="quiet">${tell(
    msg('{n, plural, one {# student} other {# students}}', { n: lines.length }),
  )}</p>
</header>
<main>
${unknownsSection(unknowns(lines), language)}
${marksSection(lines, language)}
${itemsTable(numbers, language)}
${causesSection(numbers, lines, language)}
${lagsSection(lagsOf(lines), language)}
${handInsSection(lines, tell)}
${studentsTable(lines, language)}
</main>
</body>
</html>
`.markup
}

const wayWords: Record<Afterwards['ways'][number], Message> = {
  late: msg('late'),
  missing: msg('not handed in'),
  refused: msg('refused'),
  parked: msg('no cluster graded it'),
  interrupted: msg('interrupted'),
  own: msg("the grader's own fault"),
}

/** Late, missing, refused, parked, or with something that the teacher should know. */
function handInsSection(lines: readonly Line[], tell: Tell): Markup {
  const told = lines.flatMap((line) => {
    const which = ambiguous(line)
    const notes = [...line.notes, ...(which ? [which.sentence] : [])]
    return line.ways.length + notes.length > 0 ? [{ line, notes }] : []
  })
  if (told.length === 0) return html``
  return html`<section class="hand-ins">
<h2>${tell(msg('Hand-ins to look at'))}</h2>
<ul>
${told.map(
  ({ line, notes }) =>
    html`<li>${nameOf(line)}${tagsOf(line, tell)}${
      notes.length > 0 ? html`<br>${notes.join(' ')}` : ''
    }</li>\n`,
)}</ul>
</section>`
}

const tagsOf = ({ ways }: Line, tell: Tell): Markup | string =>
  ways.length > 0
    ? html` <span class="tags">${ways.map((way) => tell(wayWords[way])).join(', ')}</span>`
    : ''

function studentsTable(lines: readonly Line[], language: Language): Markup {
  const tell: Tell = (message) => inLanguage(message, language)
  const results = lines.flatMap(({ result }) => result ?? [])
  const ids = [...new Set(results.flatMap(({ items }) => items.map(({ id }) => id)))].sort()
  const scaled = results.some(({ score }) => score.scaled)
  const mixed = results.some(({ cluster }) => !cluster.simulated)
  const decided = results.some((one) => decidedIn(one).length > 0)
  return html`<section>
<h2>${tell(msg('Students'))}</h2>
<div class="scrolls" tabindex="0" role="region" aria-label="${tell(msg('Students'))}">
<table class="grid">
<thead><tr><th scope="col">${tell(msg('Student'))}</th><th scope="col">${tell(msg('Mark'))}</th>
${scaled ? html`<th scope="col">${tell(msg('Grade'))}</th>` : ''}
${ids.map((id) => html`<th scope="col">${id}</th>`)}</tr></thead>
<tbody>
${lines.map((line) => row(line, { ids, scaled, mixed }, language))}</tbody>
</table>
</div>
<p class="quiet">${tell(msg('Each sign is a verdict; its word is in the legend below.'))}${
    decided ? html` ${tell(msg('An asterisk: the teacher decided.'))}` : ''
  }</p>
<ul>${verdicts.map(
    (verdict) => html`<li>${verdictSigns[verdict]} ${verdictWord(verdict, language)}</li>`,
  )}</ul>
</section>`
}

interface Columns {
  ids: string[]
  scaled: boolean
  /** Some were graded on a real cluster: each says which it was. */
  mixed: boolean
}

function row(line: Line, { ids, scaled, mixed }: Columns, language: Language): Markup {
  const { result } = line
  const tell: Tell = (message) => inLanguage(message, language)
  const none = tell(msg('not graded'))
  const small = mixed && result?.cluster.simulated ? html` <small>${simulatedWord}</small>` : ''
  return html`<tr><th scope="row">${nameOf(line)}${tagsOf(line, tell)}</th>
<td>${result ? mark(result.score, language) : none}${small}</td>
${scaled ? html`<td>${result ? gradeOf(result, language) : ''}</td>` : ''}
${ids.map((id) => {
  const item = result?.items.find((one) => one.id === id)
  const word = item ? verdictWord(item.verdict, language) : none
  const decided = item?.override || item?.waiver ? html`<sup>*</sup>` : ''
  return html`<td class="${item?.verdict ?? ''}"><span class="verdict" role="img" aria-label="${word}" title="${word}">${
    item ? verdictSigns[item.verdict] : '·'
  }</span>${decided}</td>`
})}</tr>
`
}
