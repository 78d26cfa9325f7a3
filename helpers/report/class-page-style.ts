import { html } from './markup.ts'

/** What the class page has beside the style of a report. */
export const classStyle = html`
section { margin-top: 2.25rem; }
section > h2 { margin-bottom: .5rem; }
.alert { padding: .9rem 1.1rem; border: 1px solid var(--line); border-left: .4rem solid var(--open); border-radius: .5rem; }
.alert ul, .what ul, .hand-ins ul { list-style: none; padding: 0; }
.alert li, .what li, .hand-ins li { margin: .6rem 0; }
.what h3 { margin-top: 1.2rem; color: var(--ink); }
.what code { color: var(--muted); }
.what .many { display: inline-block; min-width: 2.2ch; font-weight: 700; }
.what details, .alert details { margin-left: 2.5ch; }
summary { margin-top: .15rem; font-size: .9rem; }
.bar { display: block; min-width: 5rem; height: .75rem; border-radius: .2rem; background: var(--soft);
  border: 1px solid var(--line); overflow: hidden; }
.bar > i { display: block; height: 100%; background: var(--good); }
.marks { width: auto; min-width: min(100%, 26rem); }
.marks th { width: 1%; text-align: right; white-space: nowrap; font-weight: 600; }
.marks thead th:nth-child(2) { text-align: left; }
.marks .words th { text-align: left; font-weight: 400; }
.marks .bar > i { background: var(--link); }
.marks .open .bar > i { background: var(--open); }
.marks .none .bar > i { background: var(--muted); }
.marks td, .marks th { padding-block: .15rem; border: 0; }
.marks td:nth-child(2) { width: 100%; vertical-align: middle; }
.numbers td { text-align: right; white-space: nowrap; }
.numbers td.wide { min-width: 7rem; text-align: left; }
.numbers th[scope=row] { min-width: 11rem; }
.numbers thead th { vertical-align: bottom; text-align: right; }
.numbers thead th, .grid thead th { overflow-wrap: normal; hyphens: manual; }
.grid thead th { white-space: nowrap; }
.numbers thead th:first-child, .numbers thead th.wide { text-align: left; }
.grid th[scope=row] { min-width: 9rem; }
.grid tbody tr > td:nth-child(2) { white-space: nowrap; }
.tags { color: var(--open); font-size: .85rem; }
@media print {
  .bar > i, .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { margin-top: 1rem; }
  section > h2, .what h3 { break-after: avoid; }
  .what h3 { display: block; }
  tr, .alert li, .what li { break-inside: avoid; }
  .scrolls { overflow: visible; }
  section > h2 { font-size: 12pt; }
  .what h3 { margin-top: .5rem; font-size: 10pt; }
  .alert li, .what li, .hand-ins li { margin: .2rem 0; }
  code, .tags, .grid small { font-size: 8pt; }
  .numbers, .grid { font-size: 8pt; }
  .numbers th, .numbers td, .grid th, .grid td { padding-inline: .2rem; }
  .numbers thead th, .grid thead th { font-size: 7.5pt; }
  .numbers th[scope=row] { min-width: 0; }
  .numbers td.wide { min-width: 4.5rem; }
}
`
