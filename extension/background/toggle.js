// On and off, for one tab at a time.
import * as ask from "./ask.js";
import * as button from "./button.js";
import * as feedback from "./feedback.js";
import { withArticles } from "./frames.js";
import { call, framesOn, inject, NoScript } from "./inject.js";
import { Failed, inWords, problem } from "./problems.js";
import * as settings from "./settings.js";
import { view } from "./view.js";

const GRANT_LAG = 250; // ms
const OFF = /** @type {Outcome} */ ({ state: "off", placed: 0, unplaced: 0, error: null });

/** @type {Map<number, Promise<unknown>>} the last work on each tab: one toggle waits for the one before */
const queues = new Map();

/** Lets the task begin when the earlier work on the tab is done. @template T @param {number} tabId @param {() => Promise<T>} task */
function inTurn(tabId, task) {
    const turn = (queues.get(tabId) ?? Promise.resolve()).then(task, task);
    const last = turn.catch(() => {}).finally(() => queues.get(tabId) === last && queues.delete(tabId));
    queues.set(tabId, last);
    return turn;
}

/** @param {unknown} error @returns {Outcome} */
function failed(error) {
    const what = error instanceof Failed ? error.problem
        : error instanceof NoScript ? problem("no-script", error.message) : problem("page-failed", String(error));
    return { state: "error", placed: 0, unplaced: 0, error: what };
}

/** What the reader wants to see of an answer. @param {Answer} answer */
async function chosen(answer) {
    return view(answer, await settings.looks(), await feedback.muted(answer));
}

/** @param {string | undefined} address @returns {string} the host, where it may be seen */
const hostOf = (address) => (address ? URL.parse(address)?.host ?? "" : "");

/** Asks about one frame and paints there. @param {chrome.tabs.Tab} tab @param {number} frameId */
async function read(tab, frameId) {
    const tabId = /** @type {number} */ (tab.id);
    await inject(tabId, settings.css(await settings.looks()), frameId);
    const page = await call(tabId, "capture", [], frameId);
    const answer = await ask.analyze(await settings.server(), page, tab.incognito);
    return await call(tabId, "show", [answer, await chosen(answer)], frameId);
}

/** Analyses the page, and frames with articles, and paints. @param {number} tabId @returns {Promise<Outcome>} */
async function switchOn(tabId) {
    const tab = await chrome.tabs.get(tabId);
    if ((await settings.sites())[hostOf(tab.url)] === "muted") throw new Failed(problem("muted"));
    const frames = await withArticles(tabId);
    const [page, ...others] = await Promise.allSettled([0, ...frames].map((frameId) => read(tab, frameId)));
    const done = [page, ...others].filter((result) => result.status === "fulfilled").map(({ value }) => value);
    if (page.status === "rejected" && !done.length) throw page.reason;
    const sum = (/** @type {"placed" | "unplaced"} */ which) => done.reduce((total, counts) => total + counts[which], 0);
    return { state: "on", placed: sum("placed"), unplaced: sum("unplaced"), error: null };
}

/** The frames with marks. Chromium now and then grants a clicked page only a moment after the click: one more try. */
async function framesOnNow(/** @type {number} */ tabId) {
    try {
        return await framesOn(tabId);
    } catch {
        await new Promise((resolve) => setTimeout(resolve, GRANT_LAG));
        return framesOn(tabId);
    }
}

/** Says in the page what the number on the button cannot. @param {number} tabId @param {Outcome} outcome */
async function tellInPage(tabId, outcome) {
    const t = chrome.i18n.getMessage;
    if (outcome.error) return call(tabId, "tell", [inWords(outcome.error)]);
    if (outcome.unplaced) return call(tabId, "tell", [{ title: button.sentence(outcome), detail: t("unplacedDetail") }]);
    if (!outcome.placed) return call(tabId, "tell", [{ title: t("foundNothing"), detail: t("foundNothingDetail") }]);
}

/** @param {number} tabId @returns {Promise<Outcome>} */
async function work(tabId) {
    /** @type {Outcome} */
    let outcome;
    try {
        const on = await framesOnNow(tabId);
        if (!on.length) await button.working(tabId);
        for (const frameId of on) await call(tabId, "off", [], frameId);
        outcome = on.length ? OFF : await switchOn(tabId);
    } catch (error) {
        outcome = failed(error);
    }
    await button.tell(tabId, outcome);
    if (outcome.state !== "off" && outcome.error?.code !== "no-script") await tellInPage(tabId, outcome).catch(() => {});
    return outcome;
}

/**
 * What the toolbar button does. Never rejects; resolves when painting is done.
 * @param {number} tabId
 * @returns {Promise<Outcome>}
 */
export const toggle = (tabId) => inTurn(tabId, () => work(tabId));

/** Asks again about a page that has changed; what it shows stays where no answer comes. @param {number} tabId @param {number} frameId */
export const again = (tabId, frameId) => inTurn(tabId, async () => {
    try {
        const tab = await chrome.tabs.get(tabId);
        const answer = await ask.analyze(await settings.server(), await call(tabId, "capture", [], frameId), tab.incognito);
        const counts = await call(tabId, "renew", [answer, await chosen(answer)], frameId);
        await button.tell(tabId, { state: "on", ...counts, error: null });
    } catch { /* the page went away, or the server did: the marks that still hold stay */ }
});

/** Shows the same answers anew after the reader has changed what to see. @param {number} tabId */
export const refresh = (tabId) => inTurn(tabId, async () => {
    try {
        for (const frameId of await framesOn(tabId)) {
            const answer = await call(tabId, "answer", [], frameId);
            await inject(tabId, settings.css(await settings.looks()), frameId);
            await call(tabId, "renew", [null, await chosen(answer)], frameId);
        }
    } catch { /* nothing is on there, or the page cannot be reached without a click */ }
});
