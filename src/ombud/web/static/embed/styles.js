// A page sets other values: `ombud-comments { --ombud-accent: #c00; }`.
// Light or dark is the page's `color-scheme`; --ombud-top is the height of what stays on top of it.
export const look = new CSSStyleSheet();
look.replaceSync(`
:host { display: block; position: relative;
  --ombud-font: inherit; --ombud-tools: system-ui, "Noto Sans", "DejaVu Sans", sans-serif;
  --ombud-ink: light-dark(#1d1b18, #ece8e0); --ombud-quiet: light-dark(#5b564e, #aaa498);
  --ombud-sheet: light-dark(#fff, #201f1c); --ombud-line: light-dark(#d9d3c7, #46423a);
  --ombud-accent: light-dark(#1f4e5f, #8cc4d6); --ombud-on-accent: light-dark(#fff, #10222a);
  --ombud-approve: light-dark(#1d6238, #7fd09c); --ombud-hold: light-dark(#7d4e00, #f0bd62);
  --ombud-delete: light-dark(#9b1c1c, #f59a92); --ombud-mark: light-dark(#ffe2a3, #5f4708);
  --ombud-radius: 6px; --ombud-top: 0px; }
* { box-sizing: border-box; margin: 0; padding: 0; }
ol, ul { list-style: none; }
section { color: var(--ombud-ink); font-family: var(--ombud-font); line-height: 1.55; text-align: start; }
:focus-visible { outline: 3px solid var(--ombud-accent); outline-offset: 2px; }
header, .row, .sorting, footer, .accept { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: baseline; }
article header, footer, label, .accept, button, summary, h3, .hint, .badge, .fault, .clauses, .verdict, .warning > p, time { font: .875rem/1.45 var(--ombud-tools); }
.hint, .removed, time, .sorting button { color: var(--ombud-quiet); }
p.hint, .text { margin-block: .3rem; }
p:not([role]):empty, .slot:empty, section:not(.known) .report, form:not(.open) > :not(.field), .warning:not(:empty) ~ .row .main, [hidden] { display: none !important; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
a { color: var(--ombud-accent); }
a.hint:not(:hover) { text-decoration: none; }

form, .receipt, .mine { background: var(--ombud-sheet); border: 1px solid var(--ombud-line); border-radius: var(--ombud-radius); padding: 1rem; margin-block: .8rem; }
.open .field, .warning, .clauses { margin-block-end: .7rem; }
label, b, h3, summary, .badge, .verdict, .main, [aria-pressed=true] { font-weight: 600 !important; }
label .hint, .accept label { font-weight: 400 !important; }
textarea, input, select { inline-size: 100%; font: 1rem/1.5 var(--ombud-tools); color: inherit; background: var(--ombud-sheet); border: 1px solid var(--ombud-quiet); border-radius: 4px; padding: .5rem .65rem; min-block-size: 2.75rem; margin-block-start: .25rem; }
textarea { display: block; font-family: var(--ombud-font); resize: vertical; field-sizing: content; max-block-size: 60vh; }
.open textarea { min-block-size: 4.5rem; }
[aria-invalid=true] { border-color: var(--ombud-delete); }
.accept { row-gap: 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 0 1rem; }
[type=checkbox] { inline-size: 1.25rem; min-block-size: 1.25rem; margin-block: 0; margin-inline: 0 .6rem; vertical-align: middle; accent-color: var(--ombud-accent); }

button { cursor: pointer; color: inherit; background: none; border: 1px solid var(--ombud-quiet); border-radius: 4px; padding: .4rem .9rem; min-block-size: 2.25rem; }
button:hover { border-color: currentcolor; color: var(--ombud-accent); }
.main, .main:hover { background: var(--ombud-accent); color: var(--ombud-on-accent); }
[aria-disabled=true] { opacity: .6; }
.plain { border: 0; padding: .25rem 0; color: var(--ombud-accent); }
.more { display: block; margin-block: .75rem; }
.sorting { gap: 0 1.25rem; border-block-end: 1px solid var(--ombud-line); margin-block-start: 1.25rem; }
.sorting [aria-pressed=true] { color: var(--ombud-ink); border-radius: 0; box-shadow: 0 2px var(--ombud-accent); }
.fresh { position: sticky; inset-block-start: calc(var(--ombud-top) + .6rem); block-size: 0; z-index: 2; text-align: center; }
.fresh button { border-radius: 2rem; box-shadow: 0 2px 10px #0005; }

article { padding-block: .75rem; }
.thread > li { border-block-end: 1px solid var(--ombud-line); }
li ol:not(:empty) { padding-inline-start: 1.25rem; border-inline-start: 2px solid var(--ombud-line); margin-block-end: .5rem; }
.deep ol { padding: 0 !important; border: 0 !important; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
header b { font-size: .95rem; overflow-wrap: anywhere; }
.badge { font-size: .75rem; color: var(--ombud-accent); border: 1px solid; border-radius: 1rem; padding: 0 .55rem; }
.approved, .approved .verdict { color: var(--ombud-approve); }
.held, .held .verdict { color: var(--ombud-hold); }
.deleted, .deleted .verdict, .fault { color: var(--ombud-delete); }
.receipt > :not(.verdict) { color: var(--ombud-ink); }
.removed, q { font-style: italic; }
.arrived { animation: arrive 4s; }
@keyframes arrive { from { background: var(--ombud-mark); } }

mark { color: inherit; background: var(--ombud-mark); border-block-end: 2px solid var(--ombud-hold); }
blockquote { border-inline-start: 3px solid var(--ombud-line); padding-inline-start: .8rem; max-block-size: 14rem; overflow-y: auto; }
.clauses li, .mine li { padding-block: .5rem; border-block-start: 1px solid var(--ombud-line); }
.clauses * { display: block; }
q { color: var(--ombud-quiet); }
.fault, .verdict, h3 { font-size: 1rem; }
.mine { padding-block: 0; }
summary { cursor: pointer; color: var(--ombud-accent); padding-block: .75rem; }

@media (max-width: 36rem) {
  button { min-block-size: 2.75rem; min-inline-size: 2.75rem; text-align: start; }
  .accept > * { padding-block: .75rem; }
  li ol:not(:empty) { padding-inline-start: .75rem; }
  li li ol:not(:empty) { padding: 0; border: 0; }
}
@media (prefers-reduced-motion: reduce) { .arrived { animation: none; } }
`);
