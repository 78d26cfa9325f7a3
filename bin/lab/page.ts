import { createHash } from 'node:crypto'
import { inLanguage, type Language, type Message, msg } from '../../helpers/language/message.ts'
import type { Tell } from '../../helpers/report/html/picture-labels.ts'
import { legend, patterns } from '../../helpers/report/html/picture-words.ts'
import { style } from '../../helpers/report/html/style.ts'
import { html, type Markup } from '../../helpers/report/markup.ts'
import { simulatedWord } from '../../helpers/report/words.ts'
import { faultNames } from '../../lab/named-faults.ts'
import type { LabRecord } from './record.ts'
import { script } from './script.ts'
import { labStyle } from './style.ts'
import { faultWords } from './words.ts'

/** Only this script runs, only this style is used, and only the lab is asked. */
export const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export interface PageOptions {
  record: LabRecord
  speed: number
  /** Lines to paste into a terminal. */
  lines: string
}

/** The lab's page, with empty places for what changes (partsOf); it needs nothing from elsewhere. */
export function renderLabPage({ record, speed, lines }: PageOptions, language: Language): string {
  const tell: Tell = (message) => inLanguage(message, language)
  const { lab, view } = record
  const { versions } = lab.world
  const about = msg(
    'Nomad {nomad}, Consul {consul}, seed {seed}, {speed} cluster second(s) a second.',
    { ...versions, seed: `${lab.seed}`, speed: `${speed}` },
  )
  const title = tell(msg('A simulated cluster'))
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${simulatedWord} · ${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<style>${style}${labStyle}</style>
</head>
<body data-lost="${tell(msg('The lab does not answer: it has ended.'))}" data-switched="${tell(msg('Done.'))}">
<header>
<p class="simulated"><strong>${simulatedWord}</strong> ${tell(msg('No real cluster: what is here is gone when the lab ends.'))}</p>
<h1>${title}</h1>
<p class="meta"><span>${tell(about)}</span> <span>${tell(msg('Time since it began:'))} <span id="now"></span></span></p>
</header>
<main>
<h2>${tell(msg('Virtual machines'))}</h2>
<ul class="vms">
${view.vms.map((vm) => vmCard(vm, tell))}</ul>
${timeline(tell)}
${table('replicas', msg('Replicas'), replicaHeads, tell)}
${table('dns', msg('What DNS answers now'), [msg('Name'), msg('Addresses')], tell)}
${faultForm(record, tell)}
${table('events', msg('What happened, newest first'), eventHeads, tell)}
<h2>${tell(msg('Lines to paste'))}</h2>
<pre tabindex="0" role="region" aria-label="${tell(msg('Lines to paste'))}">${lines}</pre>
</main>
<p id="said" role="status"></p>
<script>${{ markup: script }}</script>
</body>
</html>
`.markup
}

const replicaHeads = [
  ...[msg('Job'), msg('Allocation'), msg('VM'), msg('Address'), msg('Nomad says')],
  msg('Consul says'),
]
const eventHeads = [msg('Time'), msg('Who says'), msg('Of what'), msg('What it is now')]

function vmCard(vm: { name: string; ip: string; isServer: boolean }, tell: Tell): Markup {
  const { name, ip } = vm
  const button = (act: string, word: Message, done: Message) => {
    const label = `${tell(word)} ${name}`
    const busy = tell(msg('{vm} is still shutting down: start it when it is off.', { vm: name }))
    return html`<button type="button" data-ask="vms/${name}/${act}" data-done="${tell(done)}" data-busy="${busy}" aria-label="${label}">${tell(word)}</button>
`
  }
  return html`<li>
<h3>${name}${vm.isServer ? ` · ${tell(msg('server'))}` : ''}</h3>
<code>${ip}</code>
<dl id="vm-${name}"></dl>
<div class="buttons">
${button('stop', msg('Stop'), msg('{vm} is told to shut down.', { vm: name }))}
${button('cut', msg('Cut'), msg('{vm} has lost its power.', { vm: name }))}
${button('start', msg('Start'), msg('{vm} is started.', { vm: name }))}
</div>
</li>
`
}

function timeline(tell: Tell): Markup {
  const spans = [2, 5, 15, 60]
  const name = tell(msg('What happened in the lab'))
  return html`<h2>${name}</h2>
<label>${tell(msg('Minutes that are drawn'))}
<select id="minutes">${spans.map((n) =>
    n === 5 ? html`<option selected>${n}</option>` : html`<option>${n}</option>`,
  )}</select></label>
${patterns}
<figure class="picture">
<div class="scrolls" id="picture" tabindex="0" role="region" aria-label="${name}"></div>
<figcaption>${tell(msg('Cluster seconds since the lab began'))}<span id="quiet"></span></figcaption>
</figure>
${legend(tell, false)}
`
}

function table(id: string, title: Message, heads: Message[], tell: Tell): Markup {
  const name = tell(title)
  return html`<h2>${name}</h2>
<div class="scrolls ${id}" tabindex="0" role="region" aria-label="${name}">
<table>
<thead><tr>${heads.map((head) => html`<th scope="col">${tell(head)}</th>`)}</tr></thead>
<tbody id="${id}"></tbody>
</table>
</div>
`
}

function faultForm({ view }: LabRecord, tell: Tell): Markup {
  const vms = view.vms.filter(({ isServer }) => !isServer)
  return html`<h2>${tell(msg('A fault'))}</h2>
<p id="fault"></p>
<form id="faults" data-busy="${tell(msg('Another program has port 80 of that VM.'))}">
<label>${tell(msg('Fault'))}
<select id="fault-name"><option value="none">${tell(msg('none'))}</option>
${faultNames.map((name) => html`<option value="${name}">${name}: ${tell(faultWords[name])}</option>`)}
</select></label>
<label>${tell(msg('VM'))}
<select id="fault-vm">${vms.map(({ name }) => html`<option>${name}</option>`)}</select></label>
<button type="submit">${tell(msg('Switch'))}</button>
</form>
`
}
