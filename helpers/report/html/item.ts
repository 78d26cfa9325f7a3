import type { ItemResult, Result } from '../../grade/result.ts'
import type { Seen, Source } from '../../grade/seen.ts'
import { type Language, msg } from '../../language/message.ts'
import { html, type Markup } from '../markup.ts'
import {
  clusterName,
  criterionSign,
  criterionWord,
  dateOf,
  heading,
  itemMarks,
  languageOf,
  place,
  seconds,
  triesOf,
  verdictSigns,
  verdictWord,
  witness,
} from '../words.ts'
import { excerpt } from './excerpt.ts'
import { page, type Shot } from './page.ts'
import { pictureOf } from './picture.ts'
import type { Tell } from './picture-labels.ts'

export interface Telling extends Partial<Seen> {
  tell: Tell
  screenshot?: Shot
}

export const anchor = (item: Pick<ItemResult, 'id'>) => `item-${item.id.replace(/[^\w]/g, '-')}`

/** Who, what, when and where first; then the sentence, what to do, and what was seen. */
export function itemSection(item: ItemResult, result: Result, more: Telling): Markup {
  const { tell } = more
  const language = languageOf(result)
  const picture = more.pictures?.[item.id]
  // What the teacher decided is the first of an item's notes (overrides.yaml).
  const [word = '', ...notes] = item.override || item.waiver ? item.notes : ['', ...item.notes]
  return html`
<section class="item ${item.verdict}${word === '' ? '' : ' told'}" id="${anchor(item)}" aria-labelledby="${anchor(item)}-title">
<h2 id="${anchor(item)}-title">${heading(item)} <span class="badge">${verdictSigns[item.verdict]} ${verdictWord(
    item.verdict,
    language,
  )}</span></h2>
<p class="meta">${about(item, result).map((fact) => html`<span>${fact}</span> `)}</p>
${word === '' ? '' : html`<p class="hint">${word}</p>\n`}<p class="sentence">${item.sentence}</p>
${
  item.hint === ''
    ? ''
    : html`<p class="hint"><strong>${tell(msg('What to do:'))}</strong> ${item.hint}</p>\n`
}${excerpt(item, sourceOf(item, more), tell)}
${picture ? pictureOf(picture, tell) : ''}
${item.id === '02.2' ? page(more, tell) : ''}
${criteria(item, language, tell)}
${
  notes.length > 0
    ? html`<div class="notes"><h3>${tell(msg('Notes'))}</h3>\n${list(notes)}</div>`
    : ''
}
${runOf(item, language, tell)}
${changes(item, language, tell)}
</section>
`
}

/** Who, when, where and for how much, in few characters: it stands in an item's first 200. */
function about(item: ItemResult, result: Result): Markup[] {
  const where = place(item)
  const language = languageOf(result)
  return [
    html`<bdi>${[...result.student].slice(0, 40).join('')}</bdi>`,
    ...(where === '' ? [] : [html`<code>${[...where].slice(-50).join('')}</code>`]),
    html`<time datetime="${result.finishedAt}">${dateOf(result.finishedAt, language)}</time>`,
    html`${itemMarks(item, language)}`,
    html`${seconds(item.seconds, language)}`,
    ...(item.attempts > 1 ? [html`${triesOf(item, language)}`] : []),
  ]
}

/** The file that was graded there, or of the item that it builds on: the one that it names. */
function sourceOf(item: ItemResult, { sources = {} }: Telling): Source | undefined {
  const own = sources[item.id]
  return own ?? Object.values(sources).find(({ file }) => file === item.file)
}

/** Of a result that several runs make: in which of them the item was graded. */
function runOf({ run }: ItemResult, language: Language, tell: Tell): Markup {
  if (!run) return html``
  const { id, cluster, rubric, evidence } = run
  const facts = [
    `${tell(msg('The run'))}: ${id}`,
    clusterName(cluster, language),
    `${tell(msg('Rubric'))} ${rubric}`,
    `${evidence.file} (SHA-256 ${evidence.sha256})`,
  ]
  return html`<p class="quiet">${facts.join(' · ')}</p>`
}

function criteria(item: ItemResult, language: Language, tell: Tell): Markup {
  if (item.criteria.length === 0) return html``
  return html`<h3>${tell(msg('Criteria'))}</h3>
<ul class="criteria">
${item.criteria.map(({ met, title, why }) => {
  const kind = met === null ? 'unknown' : met ? 'met' : 'unmet'
  return html`<li><span class="${kind}" aria-hidden="true">${criterionSign(met)}</span>
<span class="${kind}">${criterionWord(item, met, language)}</span>
<span>${title}${why === '' ? '' : html`: ${why}`}</span></li>
`
})}</ul>`
}

/** The picture in words: each change, when, and by whom it was seen. */
function changes(item: ItemResult, language: Language, tell: Tell): Markup {
  if (item.changes.length === 0) return html``
  return html`<details>
<summary>${tell(msg('What was seen'))} (${item.changes.length})</summary>
<div class="scrolls" tabindex="0" role="region" aria-label="${tell(msg('What was seen'))} ${item.id}">
<table class="changes">
<thead><tr>
<th scope="col" class="number">${tell(msg('Seconds since the run began'))}</th>
<th scope="col">${tell(msg('Witness'))}</th><th scope="col">${tell(msg('What was seen'))}</th>
</tr></thead>
<tbody>
${item.changes.map(
  ({ at, who, saw }) =>
    html`<tr><td class="number">${seconds(at, language)}</td><td>${witness(who, language)}</td><td>${saw}</td></tr>\n`,
)}</tbody>
</table>
</div>
</details>`
}

export function list(sentences: string[]): Markup {
  return html`<ul>\n${sentences.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>`
}
