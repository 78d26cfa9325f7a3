import { html } from '../markup.ts'
import { pictureStyle } from './picture-style.ts'

/** The page's only style: no font, picture or script is fetched. */
export const style = html`
:root {
  color-scheme: light dark;
  --ink: #1c2128; --muted: #57606a; --paper: #ffffff; --soft: #f4f6f8; --line: #d5dbe1;
  --good: #116329; --bad: #b3141f; --open: #7d4e00; --link: #0550ae;
  --good-soft: #e7f5ea; --bad-soft: #fdebec; --open-soft: #fdf3dc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e9ed; --muted: #a3adb8; --paper: #14181d; --soft: #1d232a; --line: #3a434e;
    --good: #5fce7c; --bad: #ff8b85; --open: #e3b341; --link: #79b8ff;
    --good-soft: #16281c; --bad-soft: #34191b; --open-soft: #302610;
  }
}
@media (min-width: 110rem) { :root { font-size: 130%; } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { margin: 0; font-size: 1.35rem; }
h2 { margin: 0; font-size: 1.15rem; }
h3 { margin: 1.1rem 0 .25rem; font-size: .95rem; color: var(--muted); }
p { margin: .4rem 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
code, pre { font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace; font-size: .875rem; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
.simulated {
  margin: 0 0 1.5rem; padding: .6rem .9rem; border: 2px dashed var(--open); border-radius: .4rem;
}
.simulated strong { color: var(--open); letter-spacing: .06em; }
.mark { margin: .1rem 0 .4rem; font-size: 3rem; font-weight: 700; line-height: 1.15; }
.quiet { color: var(--muted); }
.meta { margin: .15rem 0 .6rem; color: var(--muted); font-size: .9rem; }
.meta > * + *::before { content: '· '; }
.scrolls { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td {
  padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
}
thead th { color: var(--muted); font-size: .875rem; font-weight: 600; }
tbody th { font-weight: 400; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.verdict { white-space: nowrap; font-weight: 600; }
caption { padding: 1.5rem 0 .4rem; font-weight: 600; text-align: left; }
.item {
  margin-top: 1.75rem; padding: 1rem 1.2rem; border: 1px solid var(--line);
  border-left: .4rem solid var(--muted); border-radius: .5rem;
}
.item.passed { border-left-color: var(--good); }
.item.failed, .item.partial { border-left-color: var(--bad); }
.item.inconclusive { border-left-color: var(--open); }
.badge {
  padding: .1rem .55rem; border-radius: 1rem; background: var(--soft);
  font-size: .85rem; font-weight: 600; white-space: nowrap;
}
.passed .badge { background: var(--good-soft); }
.failed .badge, .partial .badge { background: var(--bad-soft); }
.inconclusive .badge { background: var(--open-soft); }
.item .sentence { font-size: 1.08rem; }
.item .hint { padding: .5rem .8rem; border-radius: .35rem; background: var(--soft); }
.excerpt { margin: .6rem 0; border: 1px solid var(--line); border-radius: .35rem; }
.excerpt pre { margin: 0; padding: .4rem 0; overflow-x: auto; line-height: 1.5; }
.excerpt code { display: block; width: max-content; min-width: 100%; padding: 0 .8rem; white-space: pre; }
.excerpt code.here { background: var(--bad-soft); font-weight: 600; }
.excerpt .n { display: inline-block; width: 4.5ch; color: var(--muted); font-weight: 400; }
.excerpt figcaption, .picture figcaption, .page figcaption { padding: .3rem .8rem; color: var(--muted); font-size: .875rem; }
.criteria { list-style: none; padding: 0; }
.criteria li { display: grid; grid-template-columns: 1.5rem 8rem 1fr; }
.passed .verdict, .item.passed .badge, .met { color: var(--good); }
.failed .verdict, .partial .verdict, .item.failed .badge, .item.partial .badge, .unmet { color: var(--bad); }
.inconclusive .verdict, .item.inconclusive .badge, .unknown { color: var(--open); }
.changes td { padding-block: .15rem; font-size: .9rem; }
figure { margin: .8rem 0; }
.page img { display: block; max-width: 100%; border: 1px solid var(--line); border-radius: .35rem; }
summary { margin-top: .75rem; color: var(--muted); cursor: pointer; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { color: var(--muted); }
dd { margin: 0; }
.grid td { text-align: center; }
@media (max-width: 34rem) {
  body { padding: 1.25rem .8rem 3rem; }
  .item { padding: .8rem; border-left-width: .3rem; }
  .criteria li { grid-template-columns: 1.5rem 1fr; }
  .criteria li > :last-child { grid-column: 2; }
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .4rem; }
  .summary .number:last-child { display: none; }
  th, td { padding-inline: .3rem; }
}
${pictureStyle}
@page { margin: 14mm; }
@media print {
  :root {
    --ink: #000; --muted: #444; --paper: #fff; --soft: #f4f4f4; --line: #bbb;
    --good: #0b4f1f; --bad: #8f0f18; --open: #6b4300; --link: #000;
    --good-soft: #fff; --bad-soft: #eee; --open-soft: #fff;
  }
  body { max-width: none; padding: 0; font-size: 9pt; line-height: 1.35; }
  a { text-decoration: none; }
  .mark { font-size: 22pt; }
  th, td { padding-block: .12rem; }
  caption { padding-top: .5rem; break-after: avoid; }
  /* Paper has the summary; the evidence is on the screen. */
  .item { margin-top: .3rem; padding: .15rem .6rem; }
  .item h2 { break-after: avoid; }
  .item p { break-inside: avoid; }
  .item.passed:not(.told), .picture, .excerpt, .page, .criteria, details, h3, .notes, .files { display: none; }
  .item h2 { font-size: 10pt; }
  .item .sentence, .item .hint { font-size: 9pt; margin: .15rem 0; padding: 0; background: none;
    display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
  .meta { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow: hidden; }
  h1, dd { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
  .item .hint { -webkit-line-clamp: 2; }
  dd { -webkit-line-clamp: 3; }
  .meta, .meta code, thead th, .badge, dd { font-size: 8pt; }
  .meta { margin: 0; }
  .simulated { margin-bottom: .5rem; padding: .3rem .6rem; }
  footer { break-inside: avoid; }
  dl { grid-template-columns: max-content 1fr max-content 1fr; gap: 0 1rem; margin: .3rem 0; font-size: 8pt; }
  footer h2 { font-size: 10pt; }
}
`
