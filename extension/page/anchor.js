// From a target of the answer to ranges on the page. Nothing else knows selectors.
//
// Position first, accepted where the quote agrees, white space aside; else the quote, if it stands once in the page
// text; else the quote with its prefix and suffix, if that stands once; else nothing, so that a highlight never lands
// on other words. (Order after the W3C Web Annotation model's selectors and Hypothesis' client; no fuzzy match.)
"use strict";
(() => {
    const { PageText, textNodes } = provenance.pageText;
    const squeeze = (/** @type {string} */ text) => text.replace(/\s+/g, "");

    /** @returns {PageText} the index of the page as it stands now, or of one part of it */
    function read(/** @type {Node | null} */ root = provenance.dom.body()) {
        return new PageText(root ? textNodes(root) : []);
    }

    /** The only place of `needle` in `text`, or -1 where there is none or more than one. */
    function only(/** @type {string} */ text, /** @type {string} */ needle) {
        const first = needle ? text.indexOf(needle) : -1;
        return first >= 0 && text.indexOf(needle, first + 1) < 0 ? first : -1;
    }

    /** @returns {[number, number] | null} units of the page text */
    function byPosition(/** @type {PageText} */ page, /** @type {any} */ position, /** @type {string} */ exact) {
        const start = page.units(position.start), end = page.units(position.end);
        return squeeze(page.text.slice(start, end)) === exact ? [start, end] : null;
    }

    /** @returns {[number, number] | null} units of the page text */
    function byQuote(/** @type {PageText} */ page, /** @type {any} */ quote, /** @type {string} */ exact) {
        const { text, places } = page.squeezed, prefix = squeeze(quote.prefix ?? ""), suffix = squeeze(quote.suffix ?? "");
        let at = only(text, exact);
        if (at < 0 && prefix + suffix) {
            at = only(text, prefix + exact + suffix);
            if (at >= 0) at += prefix.length;
        }
        return at < 0 ? null : [places[at], places[at + exact.length - 1] + 1];
    }

    /**
     * @param {PageText} page
     * @param {Target | null} target
     * @param {boolean} [moved] the position is known to be out of date: only the quote counts
     * @returns {Range[]} one live range for each text node; none where the words could not be placed
     */
    function anchor(page, target, moved = false) {
        const selectors = target?.selector ?? [];
        const position = selectors.find((selector) => selector.type === "TextPositionSelector");
        const quote = selectors.find((selector) => selector.type === "TextQuoteSelector");
        const exact = squeeze(quote?.exact ?? "");
        if (!exact) return [];
        const place = (position && !moved && byPosition(page, position, exact)) || byQuote(page, quote, exact);
        return place ? page.ranges(...place) : [];
    }

    provenance.anchor = { anchor, read };
})();
