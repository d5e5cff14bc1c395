// Building the extension's own pages: strings are set as text, words come from _locales.

/** @param {string} key @param {(string | number)[]} substitutes */
export const t = (key, ...substitutes) => chrome.i18n.getMessage(key.replaceAll("-", "_"), substitutes.map(String));

/** One of two texts, `key_one` or `key_many`. @param {string} key @param {number} n */
export const count = (key, n) => t(n === 1 ? `${key}_one` : `${key}_many`, n);

/**
 * A new element.
 * @param {string} name
 * @param {Record<string, any>} [properties] class, on… as functions, aria-…, or any attribute; false and null leave it out
 * @param {(Node | string)[]} children
 * @returns {any}
 */
export function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
        if (value === false || value === null || value === undefined) continue;
        if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
        else element.setAttribute(key, value === true ? "" : String(value));
    }
    element.append(...children);
    return element;
}

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/** Fills in the words of a page: data-t names the text, data-t-label the aria-label, data-t-placeholder the placeholder. */
export function translate() {
    document.documentElement.lang = chrome.i18n.getUILanguage();
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-t]"))) element.textContent = t(element.dataset.t ?? "");
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-t-label]"))) element.setAttribute("aria-label", t(element.dataset.tLabel ?? ""));
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-t-placeholder]"))) element.setAttribute("placeholder", t(element.dataset.tPlaceholder ?? ""));
}

/**
 * Fills a list anew. Where the focus was on one of its entries, it goes to the one that is now at that place, else to the
 * list: who works by keys goes on from there.
 * @param {HTMLElement} list @param {HTMLElement[]} entries
 */
export function refill(list, entries) {
    const at = [...list.children].findIndex((entry) => entry.contains(document.activeElement));
    list.replaceChildren(...entries);
    if (at < 0) return;
    list.tabIndex = -1;
    (list.children[Math.min(at, entries.length - 1)]?.querySelector("button") ?? list).focus();
}

/** Offers a file to keep: JSON, or a line of it for each entry of an array. @param {string} name @param {unknown} data */
export function save(name, data) {
    const text = Array.isArray(data) ? data.map((row) => `${JSON.stringify(row)}\n`).join("") : JSON.stringify(data, null, 2);
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
