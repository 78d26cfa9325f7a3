import type { Picture, Wait } from '../../grade/timeline.ts'
import { msg } from '../../language/message.ts'
import { html, type Markup } from '../markup.ts'
import { laneHeight, lane as laneOf } from './lane.ts'
import { placed, type Scale, scaleOf, sheet, ticksOf } from './marks.ts'
import { actWord, type Tell, waitWord } from './picture-labels.ts'
import { described } from './picture-words.ts'

const header = { top: 4, height: 48 }
const gap = 8

/** What happened in one item: the grader on top, a lane for each VM, the seconds below. */
export function pictureOf(picture: Picture, tell: Tell): Markup {
  const name = tell(msg('What happened in {id}', { id: picture.item }))
  return html`<figure class="picture">
<div class="scrolls" tabindex="0" role="region" aria-label="${name}">
${drawingOf(picture, tell, { name, actor: tell(msg('the grader')) })}
</div>
<figcaption>${tell(msg('Seconds since the run began'))}${
    picture.quiet > 0 ? ` · ${quietWords(picture, tell)}` : ''
  }</figcaption>
</figure>
`
}

export const quietWords = ({ quiet }: Pick<Picture, 'quiet'>, tell: Tell): string =>
  tell(
    msg(
      '{n, plural, one {# virtual machine on which nothing happened is not drawn.} other {# virtual machines on which nothing happened are not drawn.}}',
      { n: quiet },
    ),
  )

/** The drawing alone; `actor` is whose acts and waits are on top. */
export function drawingOf(
  picture: Picture,
  tell: Tell,
  { name, actor }: { name: string; actor: string },
): Markup {
  const x = scaleOf(picture)
  const watched = picture.lanes.some(({ down, gone }) => down.length + gone.length > 0)
  let y = header.top + header.height + gap
  const lanes = picture.lanes.map((lane) => {
    const top = y
    y += laneHeight(lane, watched) + gap
    return laneOf(lane, { top, x, tell, watched })
  })
  const height = y + 22
  const id = `picture-${picture.item.replace(/[^\w]/g, '-')}`
  return html`<svg viewBox="0 0 ${sheet.width} ${height}" role="img" aria-labelledby="${id}-name ${id}-words">
<title id="${id}-name">${name}</title>
<desc id="${id}-words">${described(picture, tell)}</desc>
${axis(picture, x, { top: header.top + header.height, bottom: y })}
${topLane(picture, x, actor, tell)}
${lanes}
</svg>`
}

function axis(picture: Picture, x: Scale, { top, bottom }: { top: number; bottom: number }) {
  return ticksOf(picture).map(
    (at) =>
      html`<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${bottom}"/>
<text class="small" x="${x(at)}" y="${bottom + 14}" text-anchor="middle">${at} s</text>
`,
  )
}

function topLane(picture: Picture, x: Scale, actor: string, tell: Tell): Markup {
  const { top } = header
  const bar = top + 28
  const acts = picture.acts.map((act) => ({
    x: x(act.at),
    text: tell(actWord(act)),
    kind: act.kind,
  }))
  return html`<g>
<text class="vm" x="8" y="${top + 18}">${actor}</text>
${picture.waits.map((wait) => waitBar(wait, x, bar, tell))}
${placed(acts, 2).map(
  ({ x: at, at: textAt, anchor, row, text, kind }) =>
    html`<line class="act ${kind}" x1="${at}" x2="${at}" y1="${top}" y2="${bar}"/>
<text class="${kind === 'fault' ? 'bad' : ''}" x="${textAt}" y="${top + 10 + row * 12}" text-anchor="${anchor}">${text}</text>
`,
)}</g>`
}

function waitBar(wait: Wait, x: Scale, y: number, tell: Tell): Markup {
  const [from, to] = [x(wait.from), x(wait.to)]
  const told = tell(waitWord(wait))
  const wide = Math.max(2, to - from)
  const short = `${Math.round(wait.to - wait.from)}/${Math.round(wait.budget)} s`
  const shown =
    (wait.budget === 0 ? [told] : [told, short]).find(
      (text) => [...text].length * 5.6 < wide - 8,
    ) ?? ''
  const held = wait.heldFrom === undefined ? to : x(wait.heldFrom)
  const over = wait.ended === 'met' ? 'waited' : 'waited budget'
  return html`<g><title>${told}</title>
<rect class="waited" x="${from}" y="${y}" width="${wide}" height="16" rx="3"/>
${held < to ? html`<rect class="held" x="${held}" y="${y}" width="${to - held}" height="16" rx="3"/>` : ''}
${wait.ended === 'met' ? '' : html`<line class="${over}" x1="${to}" x2="${to}" y1="${y - 3}" y2="${y + 19}"/>`}
${shown === '' ? '' : html`<text x="${from + 5}" y="${y + 12}">${shown}</text>`}</g>
`
}
