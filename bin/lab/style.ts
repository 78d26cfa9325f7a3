import { html } from '../../helpers/report/markup.ts'

/** Besides the report's own style. */
export const labStyle = html`
body { max-width: 72rem; }
h2 { margin: 1.75rem 0 .5rem; }
button, select {
  padding: .3rem .7rem; border: 1px solid var(--muted); border-radius: .35rem;
  background: var(--soft); color: var(--ink); font: inherit;
}
button { cursor: pointer; }
select { width: 100%; text-overflow: ellipsis; }
.vms { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: .8rem; margin: 0; padding: 0; list-style: none; }
.vms > li { padding: .7rem .9rem; border: 1px solid var(--line); border-radius: .5rem; }
.vms h3 { margin: 0; color: var(--ink); font-size: 1rem; }
.vms dl { grid-template-columns: max-content 1fr; margin: .4rem 0; font-size: .9rem; }
.vms dd { margin: 0; }
.buttons, form { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem; }
label { display: grid; gap: .15rem; min-width: 0; max-width: 32rem; font-size: .9rem; }
label:has(#minutes) { width: max-content; }
.scrolls table { min-width: 34rem; }
.scrolls.dns table { min-width: 0; }
.running, .ready, .alive, .passing { color: var(--good); }
.off, .down, .failed, .lost, .left { color: var(--bad); }
.stopping, .booting, .pending, .leaving, .initializing, .disconnected { color: var(--open); }
tr.quiet td { color: var(--muted); }
#said { position: sticky; bottom: 0; min-height: 2.3rem; margin: 1rem 0 0; padding: .35rem .8rem; border-top: 1px solid var(--line); background: var(--paper); }
#said:empty { min-height: 0; padding: 0; border: 0; }
body.lost main { opacity: .6; }
pre { margin: 0; padding: .7rem .9rem; border-radius: .35rem; background: var(--soft); overflow-x: auto; }
.events { max-height: 22rem; overflow: auto; }
`
