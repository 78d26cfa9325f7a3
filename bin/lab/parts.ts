import { plain } from '../../helpers/grade/text.ts'
import { isLive } from '../../helpers/grade/tracks.ts'
import { type Message, msg, said } from '../../helpers/language/message.ts'
import { drawingOf, quietWords } from '../../helpers/report/html/picture.ts'
import type { Tell } from '../../helpers/report/html/picture-labels.ts'
import { html, type Markup } from '../../helpers/report/markup.ts'
import type { FaultSwitch } from '../../lab/named-faults.ts'
import { pictureOfLab } from './picture.ts'
import type { LabRecord } from './record.ts'
import type { LabEvent } from './tracks.ts'
import { faultWords, powerWords } from './words.ts'

export interface Shown {
  record: LabRecord
  faults: FaultSwitch
  tell: Tell
  /** Of the past that is drawn. */
  minutes: number
}

const most = { replicas: 60, events: 40 }

/** What changes on the page, by the id of the element that it is in. */
export function partsOf(shown: Shown): Record<string, string> {
  const { record, tell } = shown
  const now = record.lab.view().at
  const picture = pictureOfLab(record, now, shown.minutes)
  const words = { name: tell(msg('What happened in the lab')), actor: tell(msg('jobs')) }
  const parts: Record<string, Markup> = {
    now: html`${Math.round((now - record.began) / 1000)} s`,
    picture: drawingOf(picture, tell, words),
    quiet: html`${picture.quiet > 0 ? ` · ${quietWords(picture, tell)}` : ''}`,
    replicas: replicaRows(shown),
    dns: dnsRows(shown),
    events: eventRows(shown),
    fault: html`${tell(faultOn(shown.faults))}`,
  }
  for (const { name } of record.view.vms) parts[`vm-${name}`] = vmWords(shown, name)
  return Object.fromEntries(Object.entries(parts).map(([id, { markup }]) => [id, markup]))
}

export function faultOn({ on }: Pick<FaultSwitch, 'on'>): Message {
  if (!on) return msg('No fault is on.')
  const { name, vm } = on
  const what = faultWords[name]
  return vm === ''
    ? msg('{name} is on: {what}.', { name, what })
    : msg('{name} is on at {vm}: {what}.', { name, vm, what })
}

/** A VM's power, and what Nomad and Consul say of it. */
function vmWords({ record, tell }: Shown, name: string): Markup {
  const { vms, nodes, members } = record.view
  const vm = vms.find((one) => one.name === name)
  const node = nodes.find((one) => one.vm === name)
  const member = members.find((one) => one.vm === name)
  const more = [node?.drains ? 'draining' : '', node?.eligible === false ? 'ineligible' : '']
  const status = [node?.status, ...more].filter((word) => word)
  return html`<dt>${tell(msg('Power'))}</dt><dd class="${vm?.power ?? ''}">${
    vm ? tell(powerWords[vm.power]) : ''
  }</dd>
${node ? html`<dt>Nomad</dt><dd class="${node.status}">${status.join(', ')}</dd>` : ''}
<dt>Consul</dt><dd class="${member?.status ?? ''}">${member?.status ?? '—'}</dd>`
}

function replicaRows({ record, tell }: Shown): Markup {
  const { replicas, instances } = record.view
  // What ended stays until so many are newer; what runs is first.
  const sorted = replicas
    .toReversed()
    .toSorted((a, b) => Number(isLive(b.status)) - Number(isLive(a.status)))
    .slice(0, most.replicas)
  if (sorted.length === 0)
    return html`<tr><td colspan="6">${tell(msg('Nothing is deployed.'))}</td></tr>`
  return html`${sorted.map((one) => {
    const entries = instances.filter(({ id }) => id.includes(one.id))
    const health = entries.map((entry) => `${entry.service} ${entry.health}`).join(', ')
    return html`<tr class="${isLive(one.status) ? '' : 'quiet'}"><th scope="row">${plain(one.job)}</th><td><code>${one.id.slice(0, 8)}</code></td><td>${one.vm}</td><td><code>${one.ports.join(' ')}</code></td><td class="${one.status}">${one.status}</td><td>${plain(health) || '—'}</td></tr>
`
  })}`
}

function dnsRows({ record, tell }: Shown): Markup {
  const rows = record.dns.map(({ name, addresses, rcode }) => {
    const none = rcode === '' ? tell(msg('no answer within a second')) : rcode
    return html`<tr><th scope="row"><code>${plain(name)}</code></th><td><code>${addresses.join(' ') || none}</code></td></tr>
`
  })
  if (rows.length > 0) return html`${rows}`
  return html`<tr><td colspan="2">${tell(msg('No service was registered yet.'))}</td></tr>`
}

const whoWords: Record<LabEvent['who'], Message> = {
  vm: msg('Power'),
  ...{ nomad: said('Nomad'), consul: said('Consul'), dns: said('DNS') },
}

function eventRows({ record, tell }: Shown): Markup {
  const rows = record.tracks.events.slice(0, most.events).map(({ at, who, what, state }) => {
    const power =
      who === 'vm' ? Object.entries(powerWords).find(([word]) => word === state) : undefined
    const told = power ? tell(power[1]) : state === '' ? tell(msg('gone')) : state
    return html`<tr><td class="number">${((at - record.began) / 1000).toFixed(1)} s</td><td>${tell(whoWords[who])}</td><td>${plain(what)}</td><td>${plain(told)}</td></tr>
`
  })
  if (rows.length > 0) return html`${rows}`
  return html`<tr><td colspan="4">${tell(msg('Nothing happened yet.'))}</td></tr>`
}
