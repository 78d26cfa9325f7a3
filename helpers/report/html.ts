import type { ItemResult, Result } from '../grade/result.ts'
import { clean } from './clean.ts'
import { style } from './html-style.ts'
import { html, type Markup } from './markup.ts'
import {
  aboutTheMark,
  criterionSign,
  criterionWord,
  exercise,
  heading,
  itemMarks,
  mark,
  place,
  runFacts,
  seconds,
  simulatedSentence,
  simulatedWord,
  verdictSigns,
  verdictWords,
} from './words.ts'

/** The report as one page that needs nothing else: no script, no request, light or dark. */
export function renderHtml(foreign: Result): string {
  const result = clean(foreign)
  const { simulated } = result.cluster
  const title = `${mark(result.score)} · ${result.student} · ${exercise}`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${simulated ? `${simulatedWord} · ${title}` : title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${style}</style>
</head>
<body>
${simulated ? html`<p class="simulated"><strong>${simulatedWord}</strong> ${simulatedSentence}</p>` : ''}
<header>
<h1><bdi>${result.student}</bdi></h1>
<p class="mark">${mark(result.score)}</p>
${aboutTheMark(result).map((sentence) => html`<p>${sentence}</p>\n`)}
<p class="quiet">${exercise}, graded <time>${result.finishedAt}</time></p>
</header>
<main>
${summary(result)}
${result.items.map(itemSection)}
${submission(result)}
${result.notes.length > 0 ? html`<h2>Notes on the run</h2>\n${list(result.notes)}` : ''}
</main>
<footer>
<h2>The run</h2>
<dl>
${runFacts(result).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl>
</footer>
</body>
</html>
`.markup
}

function summary(result: Result): Markup {
  return html`<table>
<caption>Items</caption>
<thead><tr>
<th scope="col">Item</th><th scope="col">Verdict</th>
<th scope="col" class="number">Marks</th><th scope="col" class="number">Time</th>
</tr></thead>
<tbody>
${result.items.map(
  (item) => html`<tr class="${item.verdict}">
<th scope="row"><a href="#${anchor(item)}">${heading(item)}</a></th>
<td class="verdict">${verdictSigns[item.verdict]} ${verdictWords[item.verdict]}</td>
<td class="number">${itemMarks(item)}</td>
<td class="number">${seconds(item.seconds)}</td>
</tr>
`,
)}</tbody>
</table>`
}

function itemSection(item: ItemResult): Markup {
  const where = place(item)
  return html`
<section class="item ${item.verdict}" id="${anchor(item)}">
<h2>${heading(item)} <small>${verdictSigns[item.verdict]} ${verdictWords[item.verdict]}</small></h2>
<p class="sentence">${item.sentence}</p>
${where === '' ? '' : html`<p>At <code>${where}</code></p>\n`}${
  item.hint === '' ? '' : html`<p class="hint"><strong>What to do:</strong> ${item.hint}</p>\n`
}<p class="quiet">Marks: ${itemMarks(item)}, ${seconds(item.seconds)}${
    item.attempts > 1 ? `, ${item.attempts} tries` : ''
  }</p>
${criteria(item)}
${item.notes.length > 0 ? html`<h3>Notes</h3>\n${list(item.notes)}` : ''}
${changes(item)}
</section>
`
}

function criteria(item: ItemResult): Markup {
  if (item.criteria.length === 0) return html``
  return html`<h3>Criteria</h3>
<ul class="criteria">
${item.criteria.map(({ met, title, why }) => {
  const kind = met === null ? 'unknown' : met ? 'met' : 'unmet'
  return html`<li><span class="${kind}" aria-hidden="true">${criterionSign(met)}</span>
<span class="${kind}">${criterionWord(item, met)}</span>
<span>${title}${why === '' ? '' : html`: ${why}`}</span></li>
`
})}</ul>`
}

/** Open where something is to be understood, folded where all went well (paper shows both). */
function changes(item: ItemResult): Markup {
  if (item.changes.length === 0) return html``
  return html`<details${item.verdict === 'passed' ? '' : ' open'}>
<summary>What was seen (seconds since the run began)</summary>
<table class="changes">
<thead><tr>
<th scope="col" class="number">Time</th><th scope="col">Witness</th><th scope="col">Change</th>
</tr></thead>
<tbody>
${item.changes.map(
  ({ at, who, saw }) =>
    html`<tr><td class="number">${seconds(at)}</td><td>${who}</td><td>${saw}</td></tr>\n`,
)}</tbody>
</table>
</details>`
}

function submission({ submission }: Result): Markup {
  const unused = submission.unused.map(({ file, why }) => `${file} was not used: ${why}`)
  const remarks = [...submission.problems, ...unused]
  if (submission.stages.length + remarks.length === 0) return html``
  return html`
<table>
<caption>Files that were graded</caption>
<thead><tr><th scope="col">For</th><th scope="col">File</th><th scope="col">How it was found</th></tr></thead>
<tbody>
${submission.stages.map(
  ({ id, file, origin, detail }) =>
    html`<tr><th scope="row">${id}</th><td><code>${file}</code></td><td>${origin}${
      detail === '' ? '' : `: ${detail}`
    }</td></tr>\n`,
)}</tbody>
</table>
${remarks.length > 0 ? list(remarks) : ''}`
}

function list(sentences: string[]): Markup {
  return html`<ul>\n${sentences.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>`
}

const anchor = (item: ItemResult) => `item-${item.id.replace(/[^\w]/g, '-')}`
