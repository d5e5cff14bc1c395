// The page text of CONTRACT.md: the data of every text node under <body>, in document order, joined with nothing
// between, leaving out what lies inside the excluded elements. Offsets on the wire count code points; strings here
// count UTF-16 units, so both are kept for each node.
"use strict";
(() => {
    const { dom } = provenance;
    const EXCLUDED = new Set(["script", "style", "noscript", "template", "iframe", "noframes", "noembed"]);
    const INSIDE_EXCLUDED = [...EXCLUDED].join();
    const SURROGATE = /[\ud800-\udfff]/;
    const SPACE = /\s/;

    /** @param {string} text @returns {number} its length in code points; a lone surrogate counts as one */
    function points(text) {
        if (!SURROGATE.test(text)) return text.length;
        let count = 0;
        for (const _ of text) count++;
        return count;
    }

    /** The UTF-16 offset of the code point number `count` of `text`. @param {string} text @param {number} count */
    function unitsOf(text, count) {
        if (!SURROGATE.test(text)) return Math.min(count, text.length);
        let units = 0;
        for (const character of text) {
            if (count-- <= 0) break;
            units += character.length;
        }
        return units;
    }

    /** @param {Node} root @returns {Text[]} the text nodes under `root` that belong to the page text */
    function textNodes(root) {
        // No filter function: in Firefox each call from the page's side into a content script costs more than a look.
        const walker = dom.walker(root, NodeFilter.SHOW_TEXT), nodes = [];
        let parent = null, excluded = false;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (element !== parent) {
                parent = element;
                excluded = dom.closest(element, INSIDE_EXCLUDED) !== null;
            }
            if (!excluded) nodes.push(/** @type {Text} */ (node));
        }
        return nodes;
    }

    /** @param {Node} node @returns {boolean} whether it stands on the page and outside the excluded elements */
    function counts(node) {
        return !!dom.body()?.contains(node) && !dom.closest(node.parentElement, INSIDE_EXCLUDED);
    }

    /** An index of some text nodes, read once; it does not follow later changes of the page. */
    class PageText {
        /** @param {Text[]} nodes in document order */
        constructor(nodes) {
            this.nodes = nodes;
            /** @type {number[]} where each node begins, in UTF-16 units */
            this.starts = [];
            /** @type {number[]} where each node begins, in code points */
            this.pointStarts = [];
            const parts = [];
            let units = 0, count = 0;
            for (const node of nodes) {
                const data = node.data;
                this.starts.push(units);
                this.pointStarts.push(count);
                parts.push(SURROGATE.test(data) ? data.toWellFormed() : data);
                units += data.length;
                count += points(data);
            }
            this.text = parts.join("");
            this.points = count;
        }

        /** The number of the node in which the offset lies, `starts` being one of the two lists. */
        #node(/** @type {number[]} */ starts, /** @type {number} */ offset) {
            let low = 0, high = starts.length - 1;
            while (low < high) {
                const middle = (low + high + 1) >> 1;
                if (starts[middle] <= offset) low = middle; else high = middle - 1;
            }
            return low;
        }

        /** From code points to UTF-16 units. @param {number} offset */
        units(offset) {
            if (!this.nodes.length || offset >= this.points) return this.text.length;
            const i = this.#node(this.pointStarts, offset);
            return this.starts[i] + unitsOf(this.nodes[i].data, offset - this.pointStarts[i]);
        }

        /** Live ranges over the units from `start` to `end`, one for each text node. @returns {Range[]} */
        ranges(/** @type {number} */ start, /** @type {number} */ end) {
            const ranges = [];
            for (let i = this.#node(this.starts, start); i < this.nodes.length && this.starts[i] < end; i++) {
                const node = this.nodes[i], base = this.starts[i];
                const from = Math.max(start - base, 0), to = Math.min(end - base, node.length);
                if (from >= to) continue;
                const range = new Range();
                range.setStart(node, from);
                range.setEnd(node, to);
                ranges.push(range);
            }
            return ranges;
        }

        /** The text without white space, and for each of its units where it stands in the text; made when first asked. */
        get squeezed() {
            if (!this._squeezed) {
                const parts = [], places = new Int32Array(this.text.length);
                let length = 0, from = -1;
                for (let i = 0; i <= this.text.length; i++) {
                    const black = i < this.text.length && !SPACE.test(this.text[i]);
                    if (black) places[length++] = i;
                    if (black && from < 0) from = i;
                    if (!black && from >= 0) {
                        parts.push(this.text.slice(from, i));
                        from = -1;
                    }
                }
                this._squeezed = { text: parts.join(""), places };
            }
            return this._squeezed;
        }
    }

    provenance.pageText = { EXCLUDED, PageText, counts, points, textNodes };
})();
