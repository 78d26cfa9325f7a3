import type { Result } from '../grade/result.ts'
import type { Seen } from '../grade/seen.ts'
import { inLanguage, msg } from '../language/message.ts'
import { clean } from './clean.ts'
import { anchor, itemSection, list, type Telling } from './html/item.ts'
import type { Shot } from './html/page.ts'
import type { Tell } from './html/picture-labels.ts'
import { legend, patterns } from './html/picture-words.ts'
import { style } from './html/style.ts'
import { html, type Markup } from './markup.ts'
import {
  aboutTheMark,
  dateOf,
  exercise,
  heading,
  itemMarks,
  languageOf,
  mark,
  originOf,
  runFacts,
  seconds,
  simulatedSentence,
  simulatedWord,
  unusedFiles,
  verdictSigns,
  verdictWord,
} from './words.ts'

/** What a page shows beside the result: what `seenIn` finds in its evidence, and a screenshot. */
export type More = Partial<Seen> & { screenshot?: Shot }

/** The report as one page that needs nothing else: no script, no request, light or dark. */
export function renderHtml(foreign: Result, more: More = {}): string {
  const result = clean(foreign)
  const language = languageOf(result)
  const tell: Tell = (message) => inLanguage(message, language)
  const { simulated } = result.cluster
  const title = `${mark(result.score, language)} · ${result.student} · ${exercise(language)}`
  const pictures = Object.keys(more.pictures ?? {}).length > 0
  return html`<!doctype html>
<html lang="${language}">
${head(simulated ? `${simulatedWord} · ${title}` : title)}
<body>
<header>
${simulated ? stamp(result) : ''}
<h1><bdi>${result.student}</bdi></h1>
<p class="mark">${mark(result.score, language)}</p>
${aboutTheMark(result).map((sentence) => html`<p>${sentence}</p>\n`)}
<p class="quiet">${tell(
    msg('{exercise}, graded {date}', {
      exercise: exercise(language),
      date: dateOf(result.finishedAt, language),
    }),
  )}</p>
</header>
<main>
${summary(result, tell)}
${pictures ? html`${patterns}${legend(tell)}` : ''}
${result.items.map((item) => itemSection(item, result, { ...more, tell }))}${besideSections(result, { ...more, tell })}
${submission(result, tell)}
${
  result.notes.length > 0
    ? html`<div class="notes"><h2>${tell(msg('Notes on the run'))}</h2>\n${list(result.notes)}</div>`
    : ''
}
</main>
<footer>
<h2>${tell(msg('The run'))}</h2>
<dl>
${runFacts(result).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl>
</footer>
</body>
</html>
`.markup
}

/** The head of a page of ours: it may fetch nothing and run nothing. */
export function head(title: string, more: Markup = html``): Markup {
  return html`<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>${style}${more}</style>
</head>`
}

export const stamp = (result: Pick<Result, 'language'>): Markup =>
  html`<p class="simulated"><strong>${simulatedWord}</strong> ${simulatedSentence(languageOf(result))}</p>`

/** What is in no mark, in a part of its own. */
function besideSections(result: Result, more: Telling): Markup {
  const { bonus = [] } = result
  if (bonus.length === 0) return html``
  return html`
<div class="notes"><h2>${more.tell(msg('Beside the mark'))}</h2>
<p>${more.tell(msg('These items are in no mark.'))}</p></div>
${bonus.map((item) => itemSection(item, result, more))}`
}

function summary(result: Result, tell: Tell): Markup {
  const language = languageOf(result)
  return html`<table class="summary">
<caption>${tell(msg('Items'))}</caption>
<thead><tr>
<th scope="col">${tell(msg('Item'))}</th><th scope="col">${tell(msg('Verdict'))}</th>
<th scope="col" class="number">${tell(msg('Marks'))}</th>
<th scope="col" class="number">${tell(msg('Time'))}</th>
</tr></thead>
<tbody>
${result.items.map(
  (item) => html`<tr class="${item.verdict}">
<th scope="row"><a href="#${anchor(item)}">${heading(item)}</a></th>
<td class="verdict">${verdictSigns[item.verdict]} ${verdictWord(item.verdict, language)}</td>
<td class="number">${itemMarks(item, language)}</td>
<td class="number">${seconds(item.seconds, language)}</td>
</tr>
`,
)}</tbody>
</table>`
}

function submission(result: Result, tell: Tell): Markup {
  const { stages, problems } = result.submission
  const remarks = [...problems, ...unusedFiles(result)]
  if (stages.length + remarks.length === 0) return html``
  return html`
<div class="files scrolls" tabindex="0" role="region" aria-label="${tell(msg('Files that were graded'))}">
<table>
<caption>${tell(msg('Files that were graded'))}</caption>
<thead><tr>${[msg('For'), msg('File'), msg('How it was found')].map(
    (label) => html`<th scope="col">${tell(label)}</th>`,
  )}</tr></thead>
<tbody>
${stages.map(
  (stage) =>
    html`<tr><th scope="row">${stage.id}</th><td><code>${stage.file}</code></td><td>${originOf(
      stage,
      languageOf(result),
    )}</td></tr>\n`,
)}</tbody>
</table>
${remarks.length > 0 ? list(remarks) : ''}
</div>`
}
