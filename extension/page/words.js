// The words of the interface, by key. In the extension they come from chrome.i18n; elsewhere from the same
// _locales/…/messages.json, by use(table(messages)).
"use strict";
(() => {
    /** @type {(key: string, substitutes: string[]) => string} */
    let lookup = (key) => key;

    /** @returns {string} the text for the key, $1, $2 … replaced */
    function t(/** @type {string} */ key, /** @type {(string | number)[]} */ ...substitutes) {
        return lookup(key.replaceAll("-", "_"), substitutes.map(String));
    }

    /** One of two texts, `key_one` or `key_many`. */
    function count(/** @type {string} */ key, /** @type {number} */ n) {
        return t(n === 1 ? `${key}_one` : `${key}_many`, n);
    }

    /** @param {Record<string, {message: string}>} messages as in messages.json */
    function table(messages) {
        return (/** @type {string} */ key, /** @type {string[]} */ substitutes) =>
            (messages[key]?.message ?? key).replace(/\$(\d)/g, (_, number) => substitutes[number - 1] ?? "");
    }

    provenance.words = { t, count, table, use: (/** @type {typeof lookup} */ chosen) => { lookup = chosen; } };
})();
