import type { ItemResult } from '../../grade/result.ts'
import type { Source } from '../../grade/seen.ts'
import { plain, withoutCommands } from '../../grade/text.ts'
import { msg } from '../../language/message.ts'
import { html, type Markup } from '../markup.ts'
import type { Tell } from './picture-labels.ts'

const around = 3
const longestLine = 200

/** The lines of the student's file round the one that an item's sentence speaks of, if any. */
export function excerpt(
  { id, line }: Pick<ItemResult, 'id' | 'line'>,
  source: Source | undefined,
  tell: Tell,
): Markup {
  const lines = source?.text.split(/\r\n|\n|\r/) ?? []
  if (!source || line === undefined || line < 1 || line > lines.length) return html``
  const first = Math.max(1, line - around)
  const shown = lines.slice(first - 1, line + around)
  const name = plain(source.file)
  const title = tell(msg('{file}, line {line}', { file: name, line }))
  return html`<figure class="excerpt">
<figcaption>${title}</figcaption>
<pre tabindex="0" role="region" aria-label="${id}: ${title}">${shown.map((text, n) => {
    const number = first + n
    const here = number === line
    return html`<code${here ? html` class="here"` : ''}><span class="n">${here ? '▶' : ''}${number}</span>${oneOf(
      text,
    )}</code>`
  })}</pre>
</figure>
`
}

/** Foreign text on one line, with its indent and the columns of its author. */
function oneOf(text: string): string {
  const words = text.slice(0, longestLine).replaceAll('\t', '  ').split(/( +)/)
  return (
    withoutCommands(words.map((word) => (/^ +$/.test(word) ? word : plain(word))).join('')) || ' '
  )
}
