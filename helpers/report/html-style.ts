import { html } from './markup.ts'

/** The page's only style: no font, picture or script is fetched. */
export const style = html`
:root {
  color-scheme: light dark;
  --ink: #1c2128; --muted: #59636e; --paper: #ffffff; --soft: #f4f6f8; --line: #d5dbe1;
  --good: #116329; --bad: #b3141f; --open: #855300; --link: #0550ae;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e9ed; --muted: #9aa4af; --paper: #14181d; --soft: #1d232a; --line: #353d47;
    --good: #5fce7c; --bad: #ff8b85; --open: #e3b341; --link: #79b8ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 54rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0; font-size: 1.35rem; }
h2 { margin: 0 0 .5rem; font-size: 1.15rem; }
h3 { margin: 1rem 0 .25rem; font-size: .95rem; color: var(--muted); }
p { margin: .4rem 0; }
a { color: var(--link); }
code { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: .9em; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
.simulated {
  margin: 0 0 1.5rem; padding: .6rem .9rem; border: 2px dashed var(--open); border-radius: .4rem;
}
.simulated strong { color: var(--open); letter-spacing: .06em; }
.mark { margin: .1rem 0 .4rem; font-size: 2.6rem; font-weight: 700; line-height: 1.2; }
.quiet { color: var(--muted); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td {
  padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line);
  text-align: left; vertical-align: top;
}
thead th { color: var(--muted); font-size: .875rem; font-weight: 600; }
tbody th { font-weight: 400; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.verdict { white-space: nowrap; }
caption { padding: 1.5rem 0 .4rem; font-weight: 600; text-align: left; }
.item { margin-top: 1.75rem; padding: 1rem 1.1rem; border: 1px solid var(--line); border-radius: .5rem; }
.item > h2 small { color: inherit; font-size: .85em; font-weight: 600; white-space: nowrap; }
.item .sentence { font-size: 1.05rem; }
.item .hint { padding: .5rem .75rem; border-radius: .35rem; background: var(--soft); }
.criteria { list-style: none; padding: 0; }
.criteria li { display: grid; grid-template-columns: 1.5rem 7rem 1fr; }
.passed .verdict, .item.passed small, .met { color: var(--good); }
.failed .verdict, .partial .verdict, .item.failed small, .item.partial small, .unmet {
  color: var(--bad);
}
.inconclusive .verdict, .item.inconclusive small, .unknown { color: var(--open); }
.changes td { padding-block: .15rem; font-size: .9rem; }
summary { margin-top: .75rem; color: var(--muted); cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { color: var(--muted); }
dd { margin: 0; }
@media (max-width: 34rem) {
  .criteria li { grid-template-columns: 1.5rem 1fr; }
  .criteria li > :last-child { grid-column: 2; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .4rem; }
}
@media print {
  :root {
    --ink: #000; --muted: #444; --paper: #fff; --soft: #f4f4f4; --line: #bbb;
    --good: #0b4f1f; --bad: #8f0f18; --open: #6b4300; --link: #000;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  a { text-decoration: none; }
  h2, h3, caption { break-after: avoid; }
  tr, li, .sentence, .hint { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
}
`
