import type { Lane, Picture } from '../../grade/timeline.ts'
import { type Message, msg } from '../../language/message.ts'
import { html, type Markup } from '../markup.ts'
import { actWord, type Tell, waitWord } from './picture-labels.ts'

/** A picture in words, for who does not see it: a sentence for each wait and for each VM. */
export function described(picture: Picture, tell: Tell): string {
  const waits = picture.waits.map((wait) => `${tell(waitWord(wait))}.`)
  return [...waits, ...picture.lanes.map((lane) => `${lane.vm}: ${laneWords(lane, tell)}.`)].join(
    ' ',
  )
}

function laneWords(lane: Lane, tell: Tell): string {
  const acts = lane.acts.map((act) =>
    tell(msg('{what} at {at, number} s', { what: actWord(act), at: tenth(act.at) })),
  )
  const replicas = lane.replicas.flatMap(({ allocation, spans, end }) =>
    spans.map(({ from, to, state }, n) => {
      const last = n === spans.length - 1 && end !== undefined
      const values = { id: allocation, state, from: tenth(from), to: tenth(to) }
      const told = msg('replica {id} {state} from {from, number} to {to, number} s', values)
      return last ? `${tell(told)} (${end.state})` : tell(told)
    }),
  )
  const all = [...acts, ...replicas]
  return all.length === 0 ? tell(msg('nothing happened here')) : all.join('; ')
}

const tenth = (n: number) => Math.round(n * 10) / 10

/** The pattern that says `not there` without colour; once in the page. */
export const patterns = html`<svg width="0" height="0" aria-hidden="true" focusable="false" class="picture" style="position:absolute">
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" x2="0" y1="0" y2="6"/></pattern></defs>
</svg>`

/** What each sign of the pictures means; a lab that nobody grades has less of them. */
export function legend(tell: Tell, graded = true): Markup {
  const ofGrading = (...signs: [Markup, Message][]) => (graded ? signs : [])
  const signs: [Markup, Message][] = [
    [swatch('running'), msg('a replica runs (its allocation and version)')],
    [swatch('pending'), msg('Nomad has placed it, and it does not run yet')],
    ...ofGrading(
      [html`<circle class="good" cx="14" cy="8" r="4"/>`, msg('it answers over HTTP')],
      [html`<path class="refused" d="M10 4l8 8m0 -8l-8 8"/>`, msg('it does not answer')],
    ),
    [thin('listed'), msg('below a replica: Consul lists it')],
    [thin('critical'), msg('Consul lists it as critical')],
    [thin('leftover'), msg('Consul still lists it though it has ended')],
    [thin('off'), msg('Nomad or Consul says that the virtual machine is not there')],
    [thin('given'), msg('DNS gives the address of the virtual machine')],
    ...ofGrading([
      html`<rect class="waited" x="1" y="2" width="26" height="12" rx="3"/><rect class="held" x="14" y="2" width="13" height="12"/>`,
      msg('the grader waits; at the end all has to stay as it is'),
    ]),
  ]
  return html`<details class="picture legend">
<summary>${tell(msg('How to read the pictures'))}</summary>
<ul>
${signs.map(
  ([sign, words]) =>
    html`<li><svg width="28" height="16" aria-hidden="true" focusable="false">${sign}</svg> ${tell(words)}</li>\n`,
)}</ul>
</details>`
}

const swatch = (kind: string) =>
  html`<rect class="${kind}" x="1" y="2" width="26" height="12" rx="2"/>`
const thin = (kind: string) =>
  html`<rect class="${kind}" x="1" y="5" width="26" height="6" rx="2"/>`
