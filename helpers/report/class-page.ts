import { type Result, verdicts } from '../grade/result.ts'
import { inLanguage, msg } from '../language/message.ts'
import { clean } from './clean.ts'
import type { Tell } from './html/picture-labels.ts'
import { head, stamp } from './html.ts'
import { html, type Markup } from './markup.ts'
import { exercise, languageOf, mark, simulatedWord, verdictSigns, verdictWord } from './words.ts'

/** One student's row. */
export interface Entry {
  result: Result
  /** Where the student's report is, from the page's own folder, with forward slashes. */
  path: string
}

/** Every student's mark and verdicts on one page that leads to their reports; no script. */
export function renderClassPage(entries: readonly Entry[]): string {
  const rows = entries.map(({ result, path }) => ({ result: clean(result), path }))
  const first = rows[0]?.result
  const language = first ? languageOf(first) : 'en'
  const tell: Tell = (message) => inLanguage(message, language)
  const simulated = rows.find(({ result }) => result.cluster.simulated)?.result
  const ids = [...new Set(rows.flatMap(({ result }) => result.items.map(({ id }) => id)))].sort()
  const sorted = rows.toSorted((a, b) => a.result.student.localeCompare(b.result.student, language))
  const title = `${tell(msg('Class'))} · ${exercise(language)}`
  return html`<!doctype html>
<html lang="${language}">
${head(simulated ? `${simulatedWord} · ${title}` : title)}
<body>
<main>
${simulated ? stamp(simulated) : ''}
<h1>${title}</h1>
<p class="quiet">${tell(
    msg('{n, plural, one {# student} other {# students}}', { n: rows.length }),
  )}</p>
<div class="scrolls" tabindex="0" role="region" aria-label="${tell(msg('Class'))}">
<table class="grid">
<thead><tr><th scope="col">${tell(msg('Student'))}</th><th scope="col">${tell(msg('Mark'))}</th>
${ids.map((id) => html`<th scope="col">${id}</th>`)}</tr></thead>
<tbody>
${sorted.map(({ result, path }) => row(result, path, ids, tell))}</tbody>
</table>
</div>
<p class="quiet">${tell(msg('Each sign is a verdict; its word is in the legend below.'))}</p>
<ul>${verdicts.map(
    (verdict) => html`<li>${verdictSigns[verdict]} ${verdictWord(verdict, language)}</li>`,
  )}</ul>
</main>
</body>
</html>
`.markup
}

function row(result: Result, path: string, ids: string[], tell: Tell): Markup {
  const language = languageOf(result)
  const name = html`<bdi>${result.student}</bdi>`
  const link = hrefOf(path)
  return html`<tr><th scope="row">${link === '' ? name : html`<a href="${link}">${name}</a>`}</th>
<td>${mark(result.score, language)}${result.cluster.simulated ? html` <small>${simulatedWord}</small>` : ''}</td>
${ids.map((id) => {
  const item = result.items.find((one) => one.id === id)
  const word = item ? verdictWord(item.verdict, language) : tell(msg('not graded'))
  return html`<td class="${item?.verdict ?? ''}"><span class="verdict" role="img" aria-label="${word}" title="${word}">${
    item ? verdictSigns[item.verdict] : '·'
  }</span></td>`
})}</tr>
`
}

/** A link below the page's own folder and nowhere else; '' when the path leads elsewhere. */
function hrefOf(path: string): string {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '..' || part === '.')) return ''
  return `./${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`
}
