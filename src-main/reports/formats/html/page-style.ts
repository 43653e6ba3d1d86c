/** How a report looks: by the reader's system light or dark, in print light. Its font is in the file (`font-faces.ts`), so that nothing is loaded. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1a1a1a; --faint: #5f5f5f; --paper: #ffffff; --rule: #d9d9d9; --band: #f4f4f4; --link: #005ea2; }
.dark { display: none; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #ededed; --faint: #a3a7ad; --paper: #15171a; --rule: #383c42; --band: #1f2226; --link: #7cb8f2; }
  .light { display: none; }
  .dark { display: block; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink); font: 16px/1.55 'Source Sans 3', system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 0.25rem; }
h2 { font-size: 1.35rem; margin: 2.75rem 0 0.75rem; padding-top: 0.75rem; border-top: 1px solid var(--rule); }
a { color: var(--link); }
h3 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
h4, h5, h6 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
blockquote { margin: 0.75rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); color: var(--faint); }
hr { border: 0; border-top: 1px solid var(--rule); }
.center { text-align: center; }
.about, figcaption, .note { color: var(--faint); }
.note, figcaption { font-size: 0.9rem; margin: 0.4rem 0; }
nav ul { columns: 3 12rem; padding: 0; margin: 1.25rem 0 0; list-style: none; }
figure { margin: 1.75rem 0; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
.plot:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--link); }
table { border-collapse: collapse; font-size: 0.9rem; margin: 0.75rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--faint); padding-bottom: 0.4rem; }
th, td { padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); overflow-wrap: normal; max-width: 32rem; }
td, th[scope="row"] { overflow-wrap: break-word; }
th { font-weight: 600; }
tbody th { font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: 0.3rem 1.5rem; }
dt { color: var(--faint); }
dd { margin: 0; }
pre { background: var(--band); padding: 0.75rem 1rem; overflow-x: auto; font-size: 0.85rem; white-space: pre-wrap; }
summary { cursor: pointer; font-size: 0.9rem; color: var(--link); width: fit-content; }
#tip { position: absolute; z-index: 1; pointer-events: none; white-space: pre-line; max-width: 22rem; padding: 0.4rem 0.6rem; font-size: 0.85rem; background: var(--paper); border: 1px solid var(--rule); box-shadow: 0 2px 8px rgb(0 0 0 / 0.2); }
.chosen { outline: 2px solid var(--link); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: 0.5rem; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  figure, tr, dl > div { break-inside: avoid; }
  h2 { break-after: avoid; }
  nav, #tip, .download { display: none; }
  a { color: inherit; text-decoration: none; }
}
`;
