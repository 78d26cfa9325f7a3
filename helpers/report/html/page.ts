import type { Seen } from '../../grade/seen.ts'
import { plain } from '../../grade/text.ts'
import { msg } from '../../language/message.ts'
import { html, type Markup } from '../markup.ts'
import type { Tell } from './picture-labels.ts'

/** A picture of the page that 02.2's browser was given: a PNG in base64, or why there is none. */
export type Shot = { png: string } | { none: string }

/** What the browser was given: a picture where there is one, else its title. */
export function page(
  more: { page?: NonNullable<Seen['page']>; screenshot?: Shot },
  tell: Tell,
): Markup {
  const { page: given, screenshot: shot } = more
  if (!given) return html``
  const { address, port } = given
  const title = plain(given.title) || '—'
  const told = tell(msg('The page at {where}: {title}', { where: `${address}:${port}`, title }))
  const none = shot && 'none' in shot ? shot.none : ''
  return html`<figure class="page">
${shot && 'png' in shot ? html`<img alt="${told}" src="data:image/png;base64,${shot.png.replace(/[^A-Za-z0-9+/=]/g, '')}" width="640">` : ''}
<figcaption>${told}${none === '' ? '' : ` (${none})`}</figcaption>
</figure>
`
}
