// The overview of the page in the active tab: how the story is sourced, its marked sentences, its sources.
import { call, framesOn } from "../background/inject.js";
import * as sites from "../background/sites.js";
import * as settings from "../background/settings.js";
import { byId, make, save, t, translate } from "../shared/elements.js";
import { PARTS, shares } from "./summary.js";

/** @type {{answer: Answer, states: Record<string, {state: string, marks: string[]}>, page: string | null, partial: boolean, tabId: number, frameId: number} | null} */
let report = null;

/** The tab that the overview speaks of: the one named in its address, else the active one. */
async function currentTab() {
    const named = Number(new URLSearchParams(location.search).get("tab"));
    if (named) return named;
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    return tab?.id ?? null;
}

/** @returns {Promise<typeof report>} */
async function load() {
    const tabId = await currentTab();
    if (tabId === null) return null;
    try {
        for (const frameId of await framesOn(tabId)) {
            const found = await call(tabId, "report", [], frameId);
            if (found) return { ...found, tabId, frameId };
        }
    } catch { /* a page that cannot be read */ }
    return null;
}

function drawBar() {
    const counts = shares(/** @type {NonNullable<typeof report>} */ (report).answer);
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    const words = PARTS.filter((part) => counts[part]).map((part) => `${t(`part_${part}`)} ${counts[part]}`).join(", ");
    byId("bar").setAttribute("aria-label", words || t("barNone"));
    byId("bar").replaceChildren(...PARTS.filter((part) => counts[part]).map((part) => {
        const piece = make("span", { class: part, title: `${t(`part_${part}`)} ${counts[part]}` });
        piece.style.flex = String(counts[part] / all);
        return piece;
    }));
    byId("legend").replaceChildren(...PARTS.map((part) => make("li", { class: counts[part] ? "" : "none", },
        make("span", { class: `swatch ${part}` }), make("span", {}, t(`part_${part}`)), make("b", {}, String(counts[part])))));
}

/** @param {Highlight_} highlight */
function drawHighlight(highlight) {
    const { states, tabId, frameId } = /** @type {NonNullable<typeof report>} */ (report);
    const { state, marks } = states[highlight.id], there = state === "placed" && marks.length > 0;
    const show = () => { if (there) call(tabId, "reveal", [highlight.id], frameId).catch(update); };
    return make("li", {}, make("button", { type: "button", "aria-disabled": !there && "true", onclick: show, "data-id": highlight.id },
        make("span", { class: "marks" }, ...highlight.marks.map((mark) => make("span", { class: `mark ${mark}` }, t(`mark_${mark}`)))),
        make("span", { class: "sentence" }, highlight.text),
        ...highlight.reasons.map((reason) => make("span", { class: "why" }, reason.text)),
        ...(there ? [] : [make("span", { class: "state" }, t(state === "placed" ? "stateHidden" : `state_${state}`))])));
}

function drawHighlights() {
    const { answer } = /** @type {NonNullable<typeof report>} */ (report);
    const words = byId("search").value.trim().toLowerCase(), mark = byId("mark").value, code = byId("reason").value;
    const sure = Number(byId("sure").value) / 100;
    byId("sure-value").textContent = `${byId("sure").value} %`;
    const fits = answer.highlights.filter((highlight) => (!mark || highlight.marks.includes(mark))
        && highlight.confidence >= sure
        && (!code || highlight.reasons.some((reason) => reason.code === code))
        && (!words || [highlight.text, ...highlight.reasons.map(({ text }) => text)].some((text) => text.toLowerCase().includes(words))));
    byId("shown").textContent = answer.highlights.length ? t("shownOf", fits.length, answer.highlights.length) : t("foundNothing");
    redraw(byId("highlights"), fits.map(drawHighlight));
}

/** Draws a list anew; the entry that has the focus keeps it. @param {HTMLElement} list @param {HTMLElement[]} entries */
function redraw(list, entries) {
    const focused = list.contains(document.activeElement) && /** @type {HTMLElement} */ (document.activeElement).dataset.id;
    list.replaceChildren(...entries);
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`[data-id="${CSS.escape(focused)}"]`))?.focus();
}

function drawSources() {
    const { answer } = /** @type {NonNullable<typeof report>} */ (report);
    const unfolded = new Set([...byId("sources").querySelectorAll("[open] > summary")].map((summary) => summary.dataset.id));
    redraw(byId("sources"), answer.sources.map((source) => {
        const statements = answer.attributions.filter(({ id }) => source.mentions.includes(id)).map(({ content, sentence }) =>
            content?.text ?? answer.article.text.slice(...unitsOf(answer, sentence)));
        return make("li", {}, make("details", { open: unfolded.has(source.name) },
            make("summary", { "data-id": source.name }, make("span", { class: "name" }, source.name), make("span", { class: "kind" }, t(`kind_${source.kind}`))),
            ...(statements.length ? statements : [t("sourceRelayed")]).map((text) => make("blockquote", {}, text))));
    }));
}

/** A sentence's offsets count code points; strings are cut by units. @param {Answer} answer @param {number} sentence @returns {[number, number]} */
function unitsOf(answer, sentence) {
    const { start, end } = answer.sentences[sentence] ?? { start: 0, end: 0 }, points = [...answer.article.text];
    const before = points.slice(0, start).join("").length;
    return [before, before + points.slice(start, end).join("").length];
}

function drawFilters() {
    const { answer } = /** @type {NonNullable<typeof report>} */ (report);
    const fill = (/** @type {string} */ id, /** @type {string} */ all, /** @type {string[]} */ values, /** @type {string} */ prefix) => {
        const chosen = byId(id).value;
        byId(id).replaceChildren(make("option", { value: "" }, t(all)), ...values.map((value) => make("option", { value }, t(`${prefix}_${value}`))));
        if (values.includes(chosen)) byId(id).value = chosen;
    };
    fill("mark", "allMarks", settings.LOOKS.marks, "mark");
    fill("reason", "allReasons", [...new Set(answer.highlights.flatMap(({ reasons }) => reasons.map(({ code }) => code)))], "reason");
}

/** “Always read this site”: only for https, where the browser can be asked for this one site. */
async function drawSite() {
    const url = report?.page ? URL.parse(report.page) : null, host = url?.protocol === "https:" ? url.host : "";
    byId("site").hidden = !host;
    if (!host) return;
    const auto = (await settings.sites())[host] === "auto";
    byId("site").textContent = t(auto ? "siteAutoOff" : "siteAutoOn", host);
    byId("site").onclick = async () => {
        const granted = auto || await chrome.permissions.request(sites.permission(host));
        if (granted) await settings.setSite(host, auto ? null : "auto");
        if (auto) await chrome.permissions.remove(sites.permission(host)).catch(() => {});
        drawSite();
    };
}

function draw() {
    byId("empty").hidden = !!report;
    byId("story").hidden = !report;
    byId("hint").textContent = t("panelEmpty");
    if (!report) return;
    const { answer, partial } = report, { title, publisher } = answer.article;
    byId("title").textContent = title ?? t("overviewTitle");
    byId("glance").textContent = [publisher, t("glance", answer.summary.attributed, answer.summary.sentences)].filter(Boolean).join(" · ");
    byId("partial").hidden = !partial;
    drawBar();
    drawFilters();
    drawHighlights();
    drawSources();
    drawSite();
}

async function update() {
    report = await load();
    draw();
}

translate();
for (const id of ["search", "mark", "reason", "sure"]) byId(id).addEventListener("input", drawHighlights);
byId("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
byId("export").addEventListener("click", () => save("provenance.json", report?.answer));
byId("read").addEventListener("click", async () => {
    const tabId = await currentTab();
    if (tabId !== null) await chrome.runtime.sendMessage({ kind: "toggle", tabId });
    const title = tabId === null ? "" : await chrome.action.getTitle({ tabId });
    await update();
    if (!report) byId("hint").textContent = title;
});
chrome.runtime.onMessage.addListener((message) => { if (["changed", "count"].includes(message?.kind)) update(); });
chrome.tabs.onActivated.addListener(update);
chrome.tabs.onUpdated.addListener((_, { status }) => { if (status) update(); });
update();
