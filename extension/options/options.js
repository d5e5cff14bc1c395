// The options: every choice is kept as soon as it is made.
import { health } from "../background/ask.js";
import * as feedback from "../background/feedback.js";
import * as settings from "../background/settings.js";
import * as sites from "../background/sites.js";
import { byId, make, refill, save, t, translate } from "../shared/elements.js";
import { healthInWords } from "../shared/health.js";

const PER_CENT = ["strongFrom", "leastConfidence"];
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
let looks = await settings.looks();

async function keep(/** @type {Partial<typeof settings.LOOKS>} */ change) {
    looks = { ...looks, ...change };
    await chrome.storage.sync.set(change);
    showSample();
}

// The server ----------------------------------------------------------------------------------------------------------

async function checkServer() {
    byId("server-state").textContent = t("checking");
    byId("server-state").textContent = healthInWords(await health(await settings.server()));
}

/** Why an address cannot be used, or "". @param {URL | null} url */
function objection(url) {
    if (!url || !/^https?:$/.test(url.protocol)) return t("serverNoAddress");
    if (url.protocol === "http:" && !LOOPBACK.includes(url.hostname)) return t("serverHttpsOnly");
    return "";
}

async function saveServer(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    const url = URL.parse(byId("address").value.trim()), wrong = objection(url);
    if (wrong || !url) {
        byId("server-state").textContent = wrong;
        return;
    }
    if (!LOOPBACK.includes(url.hostname) && !await chrome.permissions.request({ origins: [`${url.protocol}//${url.hostname}/*`] })) {
        byId("server-state").textContent = t("permissionRefused");
        return;
    }
    await chrome.storage.local.set({ server: url.origin, token: byId("token").value.trim() });
    byId("address").value = url.origin;
    await checkServer();
}

async function showServer() {
    const { address, token } = await settings.server();
    byId("address").value = address;
    byId("token").value = token;
    await checkServer();
}

// What is marked and how ----------------------------------------------------------------------------------------------

function showMarks() {
    byId("marks").replaceChildren(...settings.LOOKS.marks.map((mark) => {
        const box = make("input", { type: "checkbox", id: `mark-${mark}`, onchange: () => keep({
            marks: settings.LOOKS.marks.filter((each) => byId(`mark-${each}`).checked) }) });
        box.checked = looks.marks.includes(mark);
        const colour = make("input", { type: "color", "aria-label": t("colourOf", t(`mark_${mark}`)), value: looks.colours[/** @type {keyof typeof looks.colours} */ (mark)],
            onchange: () => keep({ colours: { ...looks.colours, [mark]: colour.value } }) });
        return make("div", { class: "mark-row" }, make("label", {}, box, make("span", { class: `mark ${mark}` }, t(`mark_${mark}`))), colour);
    }));
}

function showSample() {
    const sample = byId("sample"), { style } = sample;
    sample.textContent = t("sample");
    style.textDecoration = "underline dotted 2px";
    style.textUnderlineOffset = ".22em";
    style.textDecorationColor = looks.colours["anonymous-source"];
    style.backgroundColor = `color-mix(in srgb, ${looks.colours["anonymous-source"]} ${looks.tint}%, transparent)`;
}

function showRanges() {
    for (const id of /** @type {const} */ (["strongFrom", "leastConfidence", "tint", "textSize"])) {
        const input = byId(id), factor = PER_CENT.includes(id) ? 100 : 1, unit = id === "textSize" ? "px" : "%";
        const say = () => { byId(`${id}-value`).textContent = `${input.value} ${unit}`; };
        input.value = String(Math.round(looks[id] * factor));
        input.oninput = say;
        input.onchange = () => keep({ [id]: Number(input.value) / factor });
        say();
    }
}

function showReasons() {
    byId("reasons").replaceChildren(...settings.REASONS.map((code) => {
        const choice = make("select", { id: `reason-${code}`, onchange: () => keep({ reasons: { ...looks.reasons, [code]: choice.value } }) },
            ...settings.STRENGTHS.map((strength) => make("option", { value: strength }, t(`strength_${strength}`))));
        choice.value = looks.reasons[code] ?? "full";
        return make("div", { class: "reason" }, make("label", { for: `reason-${code}` }, t(`reason_${code}`)), choice);
    }));
}

// Sites ---------------------------------------------------------------------------------------------------------------

async function addSite(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    const choice = /** @type {"auto" | "muted"} */ (/** @type {HTMLButtonElement | null} */ (event.submitter)?.name ?? "auto");
    const host = URL.parse(`https://${byId("host").value.trim().replace(/^https?:\/\//, "")}`)?.host;
    const refused = !host || (choice === "auto" && !await chrome.permissions.request(sites.permission(host)));
    byId("site-state").textContent = refused ? t(host ? "permissionRefused" : "siteNoName") : "";
    if (refused) return;
    await settings.setSite(host, choice);
    byId("host").value = "";
    await showSites();
}

async function removeSite(/** @type {string} */ host) {
    await settings.setSite(host, null);
    await chrome.permissions.remove(sites.permission(host)).catch(() => {});
    await showSites();
}

async function showSites() {
    refill(byId("sites"), Object.entries(await settings.sites()).map(([host, choice]) => make("li", {},
        make("span", { class: "words" }, host), make("span", { class: "soft" }, t(`site_${choice}`)),
        make("button", { type: "button", "aria-label": t("removeSite", host), onclick: () => removeSite(host) }, t("remove")))));
}

// What the reader said ------------------------------------------------------------------------------------------------

async function showFeedback() {
    const kept = Object.entries(await feedback.all());
    byId("export").disabled = !kept.length;
    const entries = kept.map(([key, { verdict, code, sentence }]) => make("li", {},
        make("span", { class: "words" }, make("span", {}, sentence), make("span", { class: "soft" }, `${t(`verdict_${verdict}`)} · ${t(`reason_${code}`)}`)),
        make("button", { type: "button", "aria-label": t("undoFor", sentence), onclick: async () => { await feedback.undo(key); await showFeedback(); } }, t("undo"))));
    refill(byId("feedback"), kept.length ? entries : [make("li", { class: "soft" }, t("feedbackNone"))]);
}

async function show() {
    looks = await settings.looks();
    showMarks();
    showSample();
    showRanges();
    showReasons();
    await Promise.all([showSites(), showFeedback()]);
}

translate();
byId("server").addEventListener("submit", saveServer);
byId("site").addEventListener("submit", addSite);
byId("export").addEventListener("click", async () => save("provenance-labels.jsonl", await feedback.labels(await feedback.all())));
byId("reset").addEventListener("click", async () => { await chrome.storage.sync.clear(); await show(); });
chrome.storage.onChanged.addListener((changes) => { if (changes.feedback) showFeedback(); if (changes.sites) showSites(); });
await show();
await showServer();
