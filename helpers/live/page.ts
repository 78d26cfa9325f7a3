import { plain } from '../grade/text.ts'
import { inLanguage, type Message, msg } from '../language/message.ts'
import { head } from '../report/html.ts'
import { html, type Markup } from '../report/markup.ts'
import { dateOf, exercise, seconds, simulatedWord, witness } from '../report/words.ts'
import { type SelfReport, selfReportedWord } from './self-report.ts'

/** self-report.html: one page that needs nothing else. What clusters said is data in it. */
export function selfReportPage(report: SelfReport): string {
  const { language, cluster, items } = report
  const tell = (message: Message) => inLanguage(message, language)
  const seen = items.filter((item) => item.seen).length
  const count = tell(msg('{seen} of {all} items were seen', { seen, all: items.length }))
  const simulated = cluster.simulated ? ` · ${simulatedWord}` : ''
  return html`<!doctype html>
<html lang="${language}">
${head(`${selfReportedWord}${simulated} · ${count} · ${exercise(language)}`)}
<body>
<header>
<p class="simulated"><strong>${selfReportedWord}</strong>${report.marked.slice(selfReportedWord.length)}</p>
<h1>${exercise(language)}</h1>
<p class="mark">${count}</p>
<p class="quiet">${tell(
    msg('Followed by {code} from {from} to {to}, on the cluster at {server}.', {
      ...{ code: 'grade check --live', server: safe(cluster.server) },
      ...{ from: dateOf(report.startedAt, language), to: dateOf(report.endedAt, language) },
    }),
  )}</p>
</header>
<main>
${items.map((item) => itemSection(item, report, tell))}
${noticeList(report, tell)}
${changeTable(report, tell)}
</main>
${footer(report, tell)}
</body>
</html>
`.markup
}

type Tell = (message: Message) => string

const safe = (text: string) => plain(text, 800)

function itemSection(item: SelfReport['items'][number], report: SelfReport, tell: Tell): Markup {
  const badge = item.seen ? `✓ ${tell(msg('seen'))}` : `– ${tell(msg('not seen'))}`
  const when =
    item.at === null || item.seconds === null
      ? ''
      : `${dateOf(item.at, report.language)} (${seconds(item.seconds, report.language)})`
  return html`<section class="item ${item.seen ? 'passed' : 'inconclusive'}">
<h2>${item.id} ${item.title} <span class="badge">${badge}</span></h2>
${when === '' ? '' : html`<p class="meta">${when}</p>`}
${item.evidence.length === 0 ? '' : html`<ul>${item.evidence.map((one) => html`<li>${safe(one)}</li>`)}</ul>`}
</section>
`
}

function noticeList({ notices, language }: SelfReport, tell: Tell): Markup {
  if (notices.length === 0) return html``
  return html`<h2>${tell(msg('Told while it was done'))}</h2>
<ul>${notices.map(
    ({ item, text, seconds: at }) =>
      html`<li>${seconds(at, language)} ${item} ${safe(text)}</li>\n`,
  )}</ul>
`
}

function changeTable({ changes, language }: SelfReport, tell: Tell): Markup {
  if (changes.length === 0) return html``
  return html`<details><summary>${tell(msg('What was seen to change'))}</summary>
<table class="changes"><tbody>
${changes.map(
  ({ seconds: at, who, saw }) =>
    html`<tr><td class="number">${seconds(at, language)}</td><td>${witness(who, language)}</td><td>${safe(saw)}</td></tr>\n`,
)}</tbody></table></details>
`
}

function footer({ cluster, evidence, grader, rubric }: SelfReport, tell: Tell): Markup {
  const facts: [Message, string][] = [
    [msg('Clients'), cluster.clients.join(', ')],
    [msg('Versions'), `Nomad ${cluster.nomad}, Consul ${cluster.consul}`],
    [msg('Grader'), grader],
    [msg('Rubric'), rubric],
    [msg('Evidence'), `${evidence.file} (SHA-256 ${evidence.sha256})`],
  ]
  return html`<footer>
<dl>
${facts.map(([label, value]) => html`<dt>${tell(label)}</dt><dd>${safe(value)}</dd>\n`)}</dl>
<p class="quiet">${tell(
    msg(
      'Each line of {file} carries the checksum of the one before it: {code} says whether one was changed. Who has the program can write all of it anew.',
      { file: evidence.file, code: 'grade check --verify self-report.json' },
    ),
  )}</p>
</footer>`
}
