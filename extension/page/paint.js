// Highlights on the page, by the CSS Custom Highlight API: no node of the page is touched and nothing moves.
// Nothing else knows CSS.highlights. The looks are in paint.css.
"use strict";
(() => {
    const PREFIX = "provenance-";
    const PRIORITY = { mark: 0, strong: 1, current: 2, evidence: 3 };
    /** @type {Map<string, {highlight: Highlight, ranges: Set<Range>}>} ours, by name, and what we put into each */
    const layers = new Map();
    /** @type {any} the window whose document is painted; another than this one only where that can run no scripts */
    let view = globalThis;

    function layer(/** @type {string} */ name, priority = PRIORITY.mark) {
        let found = layers.get(name);
        if (!found) {
            found = { highlight: new view.Highlight(), ranges: new Set() };
            found.highlight.priority = priority;
            layers.set(name, found);
            view.CSS.highlights.set(name, found.highlight);
        }
        return found;
    }

    function put(/** @type {ReturnType<typeof layer>} */ { highlight, ranges }, /** @type {Range[]} */ added) {
        for (const range of added) {
            highlight.add(range);
            ranges.add(range);
        }
    }

    /** Paints one sentence: in the layer of each of its marks, and in a stronger one on top where it is sure. */
    function add(/** @type {Painted} */ { marks, strong, ranges }) {
        for (const mark of marks) {
            put(layer(PREFIX + mark), ranges);
            if (strong) put(layer(`${PREFIX}${mark}-strong`, PRIORITY.strong), ranges);
        }
    }

    function remove(/** @type {Range[]} */ removed) {
        for (const { highlight, ranges } of layers.values()) {
            for (const range of removed) {
                if (ranges.delete(range)) highlight.delete(range);
            }
        }
    }

    /** Sets one sentence off while its card is open, and in it the words that are the evidence; none: nothing is set off. */
    function setOff(/** @type {Range[]} */ sentence, /** @type {Range[]} */ evidence) {
        for (const [name, added] of /** @type {const} */ ([["current", sentence], ["evidence", evidence]])) {
            const found = layer(PREFIX + name, PRIORITY[name]);
            found.highlight.clear();
            found.ranges.clear();
            put(found, added);
        }
    }

    function clear() {
        for (const [name, { highlight }] of layers) {
            highlight.clear();
            view.CSS.highlights.delete(name);
        }
        layers.clear();
    }

    /** Whether all is still there: the registry belongs to the document, and a page's own script can clear it. */
    function intact() {
        return [...layers].every(([name, { highlight, ranges }]) => view.CSS.highlights.has(name) && highlight.size === ranges.size);
    }

    /** Puts back what the page has taken away. */
    function restore() {
        for (const [name, { highlight, ranges }] of layers) {
            for (const range of ranges) highlight.add(range);
            view.CSS.highlights.set(name, highlight);
        }
    }

    /** From now on paints in another window, such as that of a frame. */
    function on(/** @type {any} */ other) {
        clear();
        view = other;
    }

    provenance.paint = { on, add, remove, setOff, clear, intact, restore };
})();
