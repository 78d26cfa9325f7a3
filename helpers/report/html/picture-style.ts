import { html } from '../markup.ts'

/** Colours and patterns of the pictures; each state has a word or a pattern besides its colour. */
export const pictureStyle = html`
:root {
  --run: #1a7f4b; --run-ink: #ffffff; --wait: #b7791f; --lane: #f6f8fa; --off: #cf222e; --dns: #0969da;
}
@media (prefers-color-scheme: dark) {
  :root { --run: #3fb871; --run-ink: #08130c; --wait: #d9a441; --lane: #1b2127; --off: #ff7b72; --dns: #6cb6ff; }
}
.picture .scrolls svg { display: block; width: 100%; min-width: 46rem; height: auto; }
.picture text { fill: var(--ink); font: 11px system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
.picture .lane ~ text, .picture .lane ~ g text { paint-order: stroke; stroke: var(--lane); stroke-width: 3px; }
.picture text.onrun, .picture .lane ~ g text.onrun { stroke: none; }
.picture .small { font-size: 10px; fill: var(--muted); }
.picture .vm { font-size: 13px; font-weight: 600; }
.picture .lane { fill: var(--lane); stroke: var(--line); }
.picture .grid { stroke: var(--line); stroke-width: 1; }
.picture .running { fill: var(--run); }
.picture .pending { fill: none; stroke: var(--wait); stroke-width: 1.5; stroke-dasharray: 4 2; }
.picture text.onrun { fill: var(--run-ink); font-weight: 600; }
.picture .listed { fill: var(--dns); }
.picture .critical { fill: none; stroke: var(--off); stroke-width: 1.5; }
.picture .leftover { fill: none; stroke: var(--muted); stroke-width: 1.5; stroke-dasharray: 2 2; }
.picture .given { fill: var(--dns); }
.picture .off { fill: url(#hatch); stroke: var(--off); stroke-width: 1; }
.picture .hatch { stroke: var(--off); stroke-width: 1.5; }
.picture .stopped { fill: var(--off); opacity: .09; }
.picture .act { stroke: var(--ink); stroke-width: 1.5; }
.picture .act.stop, .picture .act.fault { stroke: var(--off); }
.picture .act.foretold { stroke: var(--wait); stroke-dasharray: 3 3; }
.picture .act.start { stroke: var(--run); }
.picture .waited { fill: var(--soft); stroke: var(--muted); }
.picture .held { fill: var(--run); opacity: .35; }
.picture .budget { stroke: var(--off); stroke-width: 2; }
.picture .good { fill: var(--paper); stroke: var(--run); stroke-width: 2; }
.picture .refused { stroke: var(--off); stroke-width: 2; fill: none; }
.picture text.bad { fill: var(--off); font-weight: 600; }
@media (max-width: 60rem) { .picture .scrolls svg { min-width: 54rem; } }
ul:has(> li > svg) { list-style: none; padding: 0; }
.legend svg { vertical-align: middle; }
@media (forced-colors: active) { .picture svg { forced-color-adjust: none; background: var(--paper); } }
`
