// The looks of everything in the shadow host. A string, because a style sheet of the extension could only be loaded by
// making it reachable for every page.
"use strict";
provenance.cardStyle = /* css */ `
* { box-sizing: border-box; }
.live { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.card, .notice {
    --paper: #fffdfa; --ink: #23201c; --soft: #6a645b; --line: #e6e0d6; --wash: #f6f2ea; --link: #4b3fa0;
    --anonymous: #6a48c9; --unverified: #9a5600; --lit: #fbe7a6;
    position: fixed; display: flex; flex-direction: column; width: min(27em, calc(100vw - 16px));
    font: 400 14px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
    color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 12px;
    box-shadow: 0 1px 2px #2b23101a, 0 12px 32px #2b23102e; text-align: start; overflow: hidden;
}
@media (prefers-color-scheme: dark) {
    .card, .notice {
        --paper: #211f1d; --ink: #ece7df; --soft: #aaa298; --line: #3a3631; --wash: #2b2825; --link: #b9aefc;
        --anonymous: #b7a2ff; --unverified: #f0b35c; --lit: #5a4a17;
        box-shadow: 0 1px 2px #0006, 0 12px 32px #0009;
    }
}
.card:focus { outline: none; }
.card:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; margin: 0; cursor: pointer; border-radius: 6px; }
button:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
header { display: flex; align-items: flex-start; gap: .5em; padding: .8em .7em 0 1.1em; }
.marks { flex: 1; display: flex; flex-wrap: wrap; gap: .1em 1em; margin: 0; font-size: 1em; font-weight: 650; line-height: 1.6; letter-spacing: .002em; }
.mark { text-decoration-thickness: 2px; text-underline-offset: .3em; text-decoration-line: underline; text-decoration-skip-ink: none; }
.mark.anonymous-source { color: var(--anonymous); text-decoration-style: dotted; }
.mark.unverified-claim { color: var(--unverified); text-decoration-style: dashed; text-decoration-thickness: 1.5px; }
.close { width: 1.7em; height: 1.7em; font-size: 1.1em; line-height: 1; color: var(--soft); flex: none; }
.close:hover, .step:hover, .action:hover { background: var(--wash); color: var(--ink); }
.body { padding: .35em 1.1em .8em; overflow-y: auto; min-height: 0; }
.body p { margin: .35em 0; }
.reason b { font-weight: 600; background: var(--lit); border-radius: 3px; padding: 0 .15em; margin: 0 -.15em; }
.evidence { font-weight: 600; }
h3 { margin: 1em 0 .4em; font-size: .86em; font-weight: 600; color: var(--soft); }
.way { list-style: none; margin: 0 0 .5em; padding: 0; }
.way li { position: relative; display: flex; align-items: flex-start; gap: .6em; padding: .16em 0; }
.way li:not(:last-child)::after { content: ""; position: absolute; left: calc(.72em - .5px); top: 1.6em; bottom: -.2em; border-left: 1px solid var(--soft); opacity: .6; }
.sign { width: 1.45em; height: 1.45em; flex: none; fill: none; stroke: var(--soft); stroke-width: 1.2; stroke-linejoin: round; stroke-linecap: round; }
.sign.anonymous { stroke: var(--anonymous); stroke-dasharray: 2 1.8; stroke-width: 1.5; }
.name { min-width: 0; overflow-wrap: anywhere; }
.kind { margin-inline-start: auto; flex: none; font-size: .86em; color: var(--soft); }
.anonymous > .name { color: var(--anonymous); }
.facts { margin: .8em 0 .4em; padding: .6em .8em; background: var(--wash); border-radius: 8px; font-size: .93em; }
.facts div + div { margin-top: .35em; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.why { margin-top: .7em; font-size: .93em; }
.why summary { color: var(--link); cursor: pointer; width: fit-content; border-radius: 4px; }
.why ul { margin: .3em 0; padding-inline-start: 1.2em; }
.fine { color: var(--soft); }
footer { display: flex; align-items: center; justify-content: space-between; gap: .5em; padding: .4em .6em; border-top: 1px solid var(--line); font-size: .88em; }
.steps { display: flex; align-items: center; gap: .1em; color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }
.step { width: 1.6em; height: 1.6em; font-size: 1.1em; line-height: 1; }
.actions { display: flex; flex-wrap: wrap; justify-content: flex-end; }
.action { padding: .3em .35em; white-space: nowrap; color: var(--soft); }
.notice { right: 16px; top: 16px; padding: .8em 1em .9em 1.1em; width: min(22em, calc(100vw - 32px)); }
.notice header { padding: 0; }
.notice h2 { flex: 1; margin: 0; font-size: 1em; font-weight: 650; }
.notice p { margin: .3em 0 0; color: var(--soft); }
.notice code { font: .95em ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--ink); background: var(--wash); padding: .1em .4em; border-radius: 4px; }
@media (prefers-reduced-motion: no-preference) {
    .card, .notice { animation: arrive .12s ease-out; }
    @keyframes arrive { from { opacity: 0; transform: translateY(3px); } }
}
@media (forced-colors: active) { .card, .notice { border: 2px solid; } }
`;
