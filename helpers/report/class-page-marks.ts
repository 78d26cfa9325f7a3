import { inLanguage, type Language, type Message, msg } from '../language/message.ts'
import { type Afterwards, marksOf } from './class-afterwards.ts'
import { html, type Markup } from './markup.ts'
import { number } from './words.ts'

/** How many students have each mark, as bars that a reader of tables reads too. */
export function marksSection(class_: readonly Afterwards[], language: Language): Markup {
  const tell = (message: Message) => inLanguage(message, language)
  const { bars, width, top, middle, open, missing, none } = marksOf(class_)
  const most = Math.max(1, ...bars, open, missing, none)
  const line = (label: string, n: number, kind: string) =>
    html`<tr class="${kind}"><th scope="row">${label}</th><td>${bar(n / most)}</td><td>${n}</td></tr>\n`
  const wordless: [Message, number, string][] = [
    [msg('not known yet'), open, 'words open'],
    [msg('not handed in'), missing, 'words none'],
    [msg('not graded'), none, 'words none'],
  ]
  return html`<section>
<h2>${tell(msg('Marks'))}</h2>
${
  middle === undefined
    ? ''
    : html`<p>${tell(
        msg('The middle mark is {middle} of {top}.', {
          middle: number(middle, language),
          top: number(top, language),
        }),
      )}</p>`
}
<table class="marks">
<thead><tr>${[msg('Mark'), msg('Share'), msg('How many')].map(
    (title) => html`<th scope="col">${tell(title)}</th>`,
  )}</tr></thead>
<tbody>
${bars.map((n, i) => line(number(i * width, language), n, '')).reverse()}${wordless.map(
  ([label, n, kind]) => (n > 0 ? line(tell(label), n, kind) : ''),
)}</tbody>
</table>
</section>`
}

/** A bar of a share from 0 to 1. What it says stands beside it in figures. */
export const bar = (share: number): Markup =>
  html`<span class="bar" aria-hidden="true"><i style="width:${Math.round(share * 100)}%"></i></span>`
