// The way into a page: the scripts of page/, in order, and calls to what page/page.js offers.

const FILES = ["namespace", "dom", "words", "pagetext", "capture", "anchor", "paint", "host", "place", "card.style",
    "chain", "card", "notice", "explain", "watch", "copy", "page"].map((name) => `page/${name}.js`);

const PATIENCE = 45_000; // ms for one call; a page that is busy with itself does not hold up the next click

/** The page refuses scripts: a browser page, a store, a PDF, or a site that the reader has not clicked on. */
export class NoScript extends Error {}

/** @returns {Promise<any[]>} */
async function execute(/** @type {any} */ injection) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("the page does not answer")), PATIENCE); });
    const done = chrome.scripting.executeScript(injection).catch((error) => { throw new NoScript(String(error)); });
    const results = await Promise.race([done, late]).finally(() => clearTimeout(timer));
    if (!results[0]) throw new NoScript("no frame took the script"); // so Firefox answers on its own pages
    return results;
}

/** The frames of a tab in which the marks are on: ids, 0 being the page itself. @param {number} tabId @returns {Promise<number[]>} */
export async function framesOn(tabId) {
    const func = () => Object.hasOwn(globalThis, "provenance") && !!globalThis.provenance.page?.isOn();
    const results = await execute({ target: { tabId, allFrames: true }, func, injectImmediately: true });
    return results.filter(({ result }) => result).map(({ frameId }) => frameId);
}

/** Puts the scripts into the page, once for each document. @param {number} tabId @param {string} looks more CSS */
export async function inject(tabId, looks, frameId = 0) {
    const target = { tabId, frameIds: [frameId] };
    const func = () => Object.hasOwn(globalThis, "provenance") && !!globalThis.provenance.page;
    // Not when the page is idle, which some never are: the reader has clicked, and what comes later is watched for.
    const [{ result }] = await execute({ target, func, injectImmediately: true });
    if (!result) {
        await chrome.scripting.insertCSS({ target, files: ["page/paint.css"] });
        await execute({ target, files: FILES, injectImmediately: true });
    }
    await chrome.scripting.insertCSS({ target, css: looks });
}

/** Calls a method of provenance.page; throws what it throws. @param {number} tabId @param {string} method */
export async function call(tabId, method, /** @type {unknown[]} */ args = [], frameId = 0) {
    const func = async (/** @type {string} */ name, /** @type {unknown[]} */ given) => {
        try {
            return { value: await globalThis.provenance.page[name](...given) };
        } catch (error) {
            return { error: String(error) };
        }
    };
    const [{ result }] = await execute({ target: { tabId, frameIds: [frameId] }, func, args: [method, args], injectImmediately: true });
    if (!result || result.error) throw new Error(result?.error ?? "the page went away");
    return result.value;
}
