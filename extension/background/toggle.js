// On and off, for one tab at a time.
import * as ask from "./ask.js";
import * as button from "./button.js";
import { call, inject, isOn, NoScript } from "./inject.js";
import { Failed, inWords, problem } from "./problems.js";
import * as settings from "./settings.js";

const GRANT_LAG = 250; // ms

/** @type {Map<number, Promise<unknown>>} the last work on each tab: one toggle waits for the one before */
const queues = new Map();

/** Lets `work` begin when the earlier work on the tab is done. @template T @param {number} tabId @param {() => Promise<T>} work */
function inTurn(tabId, work) {
    const turn = (queues.get(tabId) ?? Promise.resolve()).then(work);
    queues.set(tabId, turn);
    turn.finally(() => queues.get(tabId) === turn && queues.delete(tabId));
    return turn;
}

/** @param {unknown} error @returns {Problem} */
function asProblem(error) {
    if (error instanceof Failed) return error.problem;
    if (error instanceof NoScript) return problem("no-script", error.message);
    return problem("page-failed", String(error));
}

/** @param {Answer} answer @returns {Promise<View>} */
async function view(answer) {
    const { marks, strongFrom, textSize } = await settings.looks();
    return { marks, strongFrom, textSize, muted: {}, weak: [] };
}

/** Analyses the page and paints. @param {number} tabId @returns {Promise<Outcome>} */
async function switchOn(tabId) {
    await inject(tabId);
    const tab = await chrome.tabs.get(tabId);
    const page = await call(tabId, "capture");
    const answer = await ask.analyze(await settings.server(), page, tab.incognito);
    const { placed, unplaced } = await call(tabId, "show", [answer, await view(answer)]);
    return { state: "on", placed, unplaced, error: null };
}

/** Whether the marks are on. Chromium now and then grants a clicked page only a moment after the click: one more try. */
async function isOnNow(/** @type {number} */ tabId) {
    try {
        return await isOn(tabId);
    } catch {
        await new Promise((resolve) => setTimeout(resolve, GRANT_LAG));
        return isOn(tabId);
    }
}

/** Says in the page what the number on the button cannot. @param {number} tabId @param {Outcome} outcome */
async function tellInPage(tabId, outcome) {
    if (outcome.error) return call(tabId, "tell", [inWords(outcome.error)]);
    if (outcome.unplaced) return call(tabId, "tell", [{ title: button.sentence(outcome), detail: chrome.i18n.getMessage("unplacedDetail") }]);
    if (!outcome.placed) return call(tabId, "tell", [{ title: chrome.i18n.getMessage("foundNothing"), detail: chrome.i18n.getMessage("foundNothingDetail") }]);
}

/** @param {number} tabId @returns {Promise<Outcome>} */
async function work(tabId) {
    /** @type {Outcome} */
    let outcome;
    try {
        if (await isOnNow(tabId)) {
            await call(tabId, "off");
            outcome = { state: "off", placed: 0, unplaced: 0, error: null };
        } else {
            await button.working(tabId);
            outcome = await switchOn(tabId);
        }
    } catch (error) {
        outcome = { state: "error", placed: 0, unplaced: 0, error: asProblem(error) };
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
