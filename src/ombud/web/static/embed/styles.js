// How it looks.  A page sets what it wants different:
//
//   ombud-comments { --ombud-accent: #c00; --ombud-font: Georgia, serif; color-scheme: light dark; }
//
//   --ombud-font, --ombud-tools      typefaces of the comments (the page's), and of everything around them
//   --ombud-ink, --ombud-quiet       colours of text and of lesser text
//   --ombud-sheet, --ombud-line      the background of forms, and lines
//   --ombud-accent, --ombud-on-accent  links and buttons
//   --ombud-approve, -hold, -delete, -mark  the colours of decisions and of marked characters
//   --ombud-radius, --ombud-top      roundness, and the height of a bar that stays at the top of the page
//
// Light or dark follows the `color-scheme` of the page.
export const look = new CSSStyleSheet();
look.replaceSync(`
:host { display: block;
  --font: var(--ombud-font, inherit); --tools: var(--ombud-tools, system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif);
  --ink: var(--ombud-ink, light-dark(#1d1b18, #ece8e0)); --quiet: var(--ombud-quiet, light-dark(#5b564e, #aaa498));
  --sheet: var(--ombud-sheet, light-dark(#fff, #201f1c)); --line: var(--ombud-line, light-dark(#d9d3c7, #46423a));
  --accent: var(--ombud-accent, light-dark(#1f4e5f, #8cc4d6)); --on-accent: var(--ombud-on-accent, light-dark(#fff, #10222a));
  --approve: var(--ombud-approve, light-dark(#1d6238, #7fd09c)); --hold: var(--ombud-hold, light-dark(#7d4e00, #f0bd62));
  --delete: var(--ombud-delete, light-dark(#9b1c1c, #f59a92)); --mark: var(--ombud-mark, light-dark(#ffe2a3, #5f4708));
  --radius: var(--ombud-radius, 6px); }
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
section { color: var(--ink); font-family: var(--font); line-height: 1.55; text-align: start; position: relative; }
h2, h3, p, ol, ul, blockquote { margin: 0; padding: 0; }
ol, ul { list-style: none; }
h2 { font-size: 1.4em; line-height: 1.25; }
h3 { font: 600 1em/1.3 var(--tools); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.top { display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline; padding-block-end: .9rem; }
article header, footer, label, button, summary, .hint, .badge, .fault, .clauses, .verdict, .warning > p { font-family: var(--tools); font-size: .875rem; line-height: 1.45; }
.hint, .removed { color: var(--quiet); }
.hint { margin-block: .4rem; }
.hint:empty, .fault:empty { display: none; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a { color: var(--accent); text-underline-offset: .15em; }

form, .receipt, .mine { background: var(--sheet); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem; }
.field { margin-block-end: .7rem; }
label { display: block; font-weight: 600; margin-block-end: .25rem; }
label .hint { font-weight: 400; }
textarea, input:not([type=checkbox]), select { display: block; inline-size: 100%; font: 1rem/1.5 var(--tools); color: inherit; background: transparent; border: 1px solid var(--quiet); border-radius: calc(var(--radius) * .7); padding: .5rem .65rem; min-block-size: 2.75rem; }
select option { background: var(--sheet); color: var(--ink); }
textarea { font-family: var(--font); resize: vertical; field-sizing: content; min-block-size: 4.5rem; max-block-size: 60vh; }
[aria-invalid=true] { border-color: var(--delete) !important; outline-color: var(--delete); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 0 1rem; }
.accept { display: flex; gap: .6rem; align-items: start; font-weight: 400; padding-block: .5rem; }
.accept input { inline-size: 1.25rem; block-size: 1.25rem; margin: 0; flex: none; accent-color: var(--accent); }
form:not(.open) > :not(.field) { display: none; }
form:not(.open) .field { margin: 0; }
form:not(.open) textarea { min-block-size: 2.75rem; block-size: 2.75rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; }
.row:empty { display: none; }

button { cursor: pointer; color: inherit; background: none; border: 1px solid var(--quiet); border-radius: calc(var(--radius) * .7); padding: .4rem .9rem; min-block-size: 2.25rem; }
button:hover { border-color: var(--accent); color: var(--accent); }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.main:hover { filter: brightness(1.1); }
button.plain { border: 0; padding: .25rem 0; color: var(--accent); min-block-size: 1.75rem; }
button.plain:hover { text-decoration: underline; }
button[aria-disabled=true] { opacity: .65; cursor: progress; }
.more { display: block; margin-block: .75rem; }
.sorting { display: flex; flex-wrap: wrap; gap: 0 1.25rem; border-block-end: 1px solid var(--line); margin-block-start: 1.25rem; }
.sorting button { color: var(--quiet); padding-block: .5rem; border-radius: 0; }
.sorting [aria-pressed=true] { color: var(--ink); font-weight: 600; box-shadow: 0 2px var(--accent); }
.fresh { position: sticky; inset-block-start: calc(var(--ombud-top, 0px) + .6rem); block-size: 0; z-index: 2; text-align: center; }
.fresh button { border-radius: 2rem; box-shadow: 0 2px 10px #0005; min-block-size: 2.75rem; }

article { padding-block: .9rem; scroll-margin-block: 5rem; border-radius: 2px; }
.thread > li { border-block-end: 1px solid var(--line); }
.thread li ol { padding-inline-start: 1.25rem; border-inline-start: 2px solid var(--line); }
.thread li ol:empty { display: none; }
.thread li ol article { padding-block: .6rem; }
.thread > li > ol, .thread > li > .more { margin-block-end: .9rem; }
.deep > ol { padding-inline-start: 0 !important; border: 0 !important; }
article header .hint { margin: 0; }
article header { display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; }
header b { font-size: .95rem; overflow-wrap: anywhere; unicode-bidi: isolate; }
a.hint { text-decoration: none; }
a.hint:hover { text-decoration: underline; }
.text { margin-block: .3rem; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; max-inline-size: 42rem; }
.text.long { max-block-size: 18rem; overflow: hidden; mask: linear-gradient(#000 80%, transparent); }
footer { display: flex; gap: 1.25rem; }
.slot:not(:empty) { margin-block: .5rem; }
.badge { font-size: .75rem; font-weight: 600; border: 1px solid currentcolor; border-radius: 1rem; padding: 0 .55rem; }
.badge.staff { color: var(--accent); }
.badge.pick, .badge.approved { color: var(--approve); }
.badge.held { color: var(--hold); }
.badge.deleted, .fault { color: var(--delete); }
.picked { border-inline-start: 3px solid var(--approve); padding-inline-start: .8rem; }
.removed { font-style: italic; }
.arrived { animation: arrive 4s ease-out; }
@keyframes arrive { from { background: var(--mark); } }

mark { color: inherit; background: var(--mark); border-block-end: 2px solid var(--hold); border-radius: 2px; }
blockquote.text { border-inline-start: 3px solid var(--line); padding-inline-start: .8rem; max-block-size: 14rem; overflow-y: auto; margin-block: .6rem; }
.clauses li { padding-block: .45rem; border-block-start: 1px solid var(--line); }
.clauses b, .clauses q, .clauses span { display: block; }
.clauses q { font-family: var(--font); font-style: italic; color: var(--quiet); }
.warning:not(:empty) { border-block-start: 1px solid var(--line); padding-block: .8rem; display: grid; gap: .4rem; }
.warning:not(:empty) ~ .row .main { display: none; }
.fault { font-size: .95rem; margin-block: .5rem; }
.receipt { display: grid; gap: .3rem; }
.verdict { font-weight: 600; font-size: 1.05rem; }
.receipt.approved .verdict { color: var(--approve); }
.receipt.held .verdict { color: var(--hold); }
.receipt.deleted .verdict { color: var(--delete); }
.mine { margin-block-start: .8rem; padding-block: .3rem; }
summary { cursor: pointer; font-weight: 600; color: var(--accent); padding-block: .5rem; }
.mine time { font: .875rem var(--tools); color: var(--quiet); }
.mine li { padding-block: .7rem; border-block-start: 1px solid var(--line); }

@media (max-width: 36rem) {
  button, button.plain, summary, .accept { min-block-size: 2.75rem; }
  button.plain { min-inline-size: 2.75rem; }
  .thread li ol { padding-inline-start: .75rem; }
  .thread ol ol ol { padding-inline-start: 0; border: 0; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
`);
