/** The style sheet of all pages: light and dark, one column on a phone. */
export const STYLE = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f8fafc, #0f172a);
  --sheet: light-dark(#ffffff, #1e293b);
  --text: light-dark(#0f172a, #f1f5f9);
  --quiet: light-dark(#475569, #b6c2d4);
  --line: light-dark(#d5dde8, #3b4a61);
  --link: light-dark(#1d4ed8, #93c5fd);
  --tag: light-dark(#e0e7ff, #312e81);
  --fresh: light-dark(#fef3c7, #54430f);
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
header, main { max-width: 76rem; margin: 0 auto; padding: 0 1rem }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 0 2rem; padding-top: .5rem }
.brand { margin: 0; font-weight: 700 }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0; padding: 0; list-style: none }
header nav a { display: inline-block; padding: .6rem 0 }
main { padding-bottom: 4rem }
main:focus { outline: none }
a { color: var(--link) }
a:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -100vw }
.skip:focus { left: 1rem; top: .5rem; background: var(--sheet); padding: .5rem 1rem; z-index: 1 }
h1 { font-size: 1.75rem; line-height: 1.2; margin: .75rem 0; overflow-wrap: anywhere }
h2 { font-size: 1.2rem; margin: 1.25rem 0 .5rem }
h3 { font-size: 1rem; margin: 0 }
#effects-list time { white-space: nowrap }
small, .quiet { color: var(--quiet); font-size: .875rem; font-weight: 400 }
.columns { display: grid; gap: 0 2rem }
@media (min-width: 60rem) {
  .columns { grid-template-columns: 3fr 2fr; align-items: start }
  .jump { display: none }
}
.columns > * { min-width: 0 }
.cards, #effects-list { list-style: none; margin: 0; padding: 0 }
.cards > li, #effects-list > li, .card { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem }
.cards > li, .card { padding: .75rem 1rem; margin: 0 0 .5rem }
.cards h3 a, .bar a:not(.vendor) { display: inline-block; padding: .15rem 0 }
.about { margin: 0 0 .25rem; color: var(--quiet); overflow-wrap: anywhere }
.about span:not(:last-child)::after { content: ' · ' }
.tags { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0; padding: 0; list-style: none }
.tag, .vendor { display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-size: .875rem }
.tag { background: var(--tag); color: var(--text); text-decoration: none }
.tag:hover { text-decoration: underline }
.vendor { background: #334155; font-weight: 600 }
.vendor, a.vendor { color: #fff }
.vendor.keap { background: #15704c }
.vendor.gohighlevel { background: #1d4ed8 }
.vendor.activecampaign { background: #1e3a8a }
.vendor.ontraport { background: #5b34ac }
.vendor.hubspot { background: #a8370f }
#effects-list > li { padding: .5rem .75rem; margin: 0 0 .35rem }
#effects-list p { margin: 0; overflow-wrap: anywhere }
.details { font-size: .875rem; color: var(--quiet) }
.detail { margin-right: .75rem }
.changed { animation: fresh 3s ease-out }
@keyframes fresh { from { background: var(--fresh) } }
@media (prefers-reduced-motion: reduce) { .changed { animation: none } }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin: .25rem 0 .75rem }
form[role=search] label { display: block }
input, button { font: inherit; color: inherit; min-height: 2.75rem; padding: .25rem .75rem; border: 1px solid var(--quiet);
  border-radius: .4rem; background: var(--sheet) }
input[type=search] { flex: 1 1 12rem; min-width: 0 }
button { cursor: pointer }
dl { margin: 0 }
dl > div { display: grid; grid-template-columns: minmax(7rem, 1fr) 3fr; gap: 0 1rem; padding: .25rem 0; border-top: 1px solid var(--line) }
dt { color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere }
code { background: var(--ground); border: 1px solid var(--line); border-radius: .25rem; padding: 0 .25rem; overflow-wrap: anywhere }
.vendors { display: grid; gap: .5rem 1rem; margin-top: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)) }
.card { scroll-margin-top: 1rem }
.card h2 { margin-top: 0 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
`;
