import type { Lane, Replica } from '../../grade/timeline.ts'
import type { Span } from '../../grade/tracks.ts'
import { msg } from '../../language/message.ts'
import { html, type Markup } from '../markup.ts'
import { placed, type Scale, sheet } from './marks.ts'
import { actWord, type Tell } from './picture-labels.ts'

const label = 13
const row = 26
const strip = 12

interface At {
  top: number
  x: Scale
  tell: Tell
  /** Whether the picture tells of VMs that were not there. */
  watched: boolean
}

const rowsOf = ({ replicas }: Lane) => Math.max(1, ...replicas.map((one) => one.row + 1))
const labelsOf = ({ acts }: Lane) => (acts.length === 0 ? 0 : Math.min(3, acts.length))

/** One VM: what was done to it, its replicas, and what Nomad, Consul and DNS said of it. */
export function laneHeight(lane: Lane, watched: boolean): number {
  return 8 + labelsOf(lane) * label + rowsOf(lane) * row + (watched ? 3 : 1) * strip + 2
}

export function lane(of: Lane, { top, x, tell, watched }: At): Markup {
  const height = laneHeight(of, watched)
  const first = top + 6 + labelsOf(of) * label
  const below = first + rowsOf(of) * row + 2
  const wide = sheet.right - sheet.left
  const strips: [string, Span[], string][] = [
    ...(watched ? [['Nomad', of.down, 'off'] as [string, Span[], string]] : []),
    ...(watched ? [['Consul', of.gone, 'off'] as [string, Span[], string]] : []),
    ['DNS', of.dns, 'given'],
  ]
  return html`<g>
<rect class="lane" x="${sheet.left}" y="${top}" width="${wide}" height="${height}" rx="4"/>
<text class="vm" x="8" y="${top + 18}">${of.vm}</text>
${stopped(of, top, height, x)}
${acts(of, top, height, x, tell)}
${of.replicas.map((replica) => replicaRow(replica, first + replica.row * row, x, tell))}
${strips.map(
  ([name, spans, kind], n) => html`<text class="small" x="${sheet.left - 6}" y="${
    below + n * strip + 8
  }" text-anchor="end">${name}</text>
${spans.map(
  (span) => html`<g><title>${name}: ${span.state}</title>
${bar(span, kind, below + n * strip + 1, 7, x)}</g>
`,
)}`,
)}</g>
`
}

/** From when it was stopped until it was started again, each time. */
function stopped(of: Lane, top: number, height: number, x: Scale): Markup[] {
  return of.acts
    .filter(({ kind }) => kind === 'stop')
    .map((stop) => {
      const start = of.acts.find(({ kind, at }) => kind === 'start' && at >= stop.at)
      const [from, to] = [x(stop.at), x(start?.at ?? Number.POSITIVE_INFINITY)]
      return html`<rect class="stopped" x="${from}" y="${top}" width="${to - from}" height="${height}"/>`
    })
}

function acts(of: Lane, top: number, height: number, x: Scale, tell: Tell): Markup[] {
  const marks = of.acts.map((act) => ({ x: x(act.at), text: tell(actWord(act)), kind: act.kind }))
  return placed(marks, labelsOf(of)).map(
    ({ x: line, at, anchor, row: n, text, kind }) =>
      html`<line class="act ${kind}" x1="${line}" x2="${line}" y1="${top}" y2="${top + height}"/>
<text x="${at}" y="${top + 12 + n * label}" text-anchor="${anchor}">${text}</text>
`,
  )
}

function replicaRow(replica: Replica, y: number, x: Scale, tell: Tell): Markup {
  const longest = replica.spans.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0]
  const about = replica.version === '' ? '' : `v${replica.version}`
  const name = `${replica.allocation} ${about}`.trim()
  const fits = longest && x(longest.to) - x(longest.from) > [...name].length * 6.6 + 8
  const dark = longest?.state === 'running' ? 'onrun' : ''
  const told = [...replica.spans, ...replica.listed].map(({ state }) => state).join(', ')
  const [alone] = longest ? [] : replica.listed
  return html`<g><title>${tell(msg('replica {id}', { id: name }))}: ${told}</title>
${replica.spans.map((span) => bar(span, span.state === 'running' ? 'running' : 'pending', y, 15, x))}
${replica.listed.map((span) => bar(span, span.state, y + 17, 4, x))}
${fits ? html`<text class="${dark}" x="${x(longest.from) + 5}" y="${y + 11}">${name}</text>` : ''}
${alone ? html`<text class="small" x="${x(alone.from) + 5}" y="${y + 13}">${replica.allocation}</text>` : ''}
${replica.end ? endWord(replica.end, y, x) : ''}
${replica.answers.map(({ at, said }) => answer(x(at), y + 7, said))}</g>
`
}

/** How it ended, in Nomad's word; one that was meant to end is no alarm. */
function endWord({ at, state }: { at: number; state: string }, y: number, x: Scale): Markup {
  const calm = ['complete', 'purged'].includes(state)
  const left = x(at) > sheet.right - 60
  return html`<text class="${calm ? 'small' : 'bad'}" x="${left ? x(at) - 4 : x(at) + 4}" y="${y + 11}" text-anchor="${
    left ? 'end' : 'start'
  }">${state}</text>`
}

function answer(x: number, y: number, said: string): Markup {
  const well = /^[23]\d\d$/.test(said)
  return html`<g><title>${said}</title>${
    well
      ? html`<circle class="good" cx="${x}" cy="${y}" r="4"/>`
      : html`<path class="refused" d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8"/>`
  }</g>`
}

function bar(span: Span, kind: string, y: number, height: number, x: Scale): Markup {
  const [from, to] = [x(span.from), x(span.to)]
  const wide = Math.max(2, Math.round((to - from) * 10) / 10)
  return html`<rect class="${kind}" x="${from}" y="${y}" width="${wide}" height="${height}" rx="2"/>`
}
