// One reading of one page: what background/ calls here, by name. Ties the verbs together and holds their state; that
// the marks are on is known here alone, because a background is stopped and forgets.
"use strict";
(() => {
    /** @type {Reading_ | null} what is on the page now */
    let reading = null;

    provenance.words.use((key, substitutes) => chrome.i18n.getMessage(key, substitutes));

    const isOn = () => reading !== null;

    /** A highlight of the answer with its place on this page. @returns {Item} */
    function place(/** @type {Highlight_} */ highlight, /** @type {View} */ view, /** @type {any} */ pageText) {
        const marks = highlight.marks.filter((mark) => view.marks.includes(mark) && !view.muted[highlight.id]?.includes(mark));
        const ranges = provenance.anchor.anchor(pageText, highlight.target);
        const strong = highlight.confidence >= view.strongFrom && !view.weak.includes(highlight.id);
        return { highlight, marks, strong, ranges, texts: ranges.map(String), state: ranges.length ? "placed" : "unplaced" };
    }

    const painted = () => (reading?.items ?? []).filter(({ state, marks }) => state === "placed" && marks.length);

    /** The words to set off in an open card's sentence. */
    function evidence(/** @type {Item} */ item) {
        const page = provenance.anchor.read();
        const targets = item.highlight.reasons.filter(({ mark }) => item.marks.includes(mark)).map((reason) => reason.evidence.target);
        return targets.flatMap((target) => provenance.anchor.anchor(page, target));
    }

    /**
     * Paints an answer.
     * @param {Answer} answer
     * @param {View} view what the reader wants to see of it
     * @returns {{placed: number, unplaced: number, ms: number}}
     */
    function show(answer, view) {
        const began = performance.now();
        clear();
        const page = provenance.anchor.read();
        reading = { answer, view, items: answer.highlights.map((highlight) => place(highlight, view, page)) };
        for (const item of painted()) provenance.paint.add(item);
        const ms = performance.now() - began;
        provenance.explain.start({ items: painted, answer: () => answer, evidence, textSize: view.textSize });
        return { ...count(), ms };
    }

    function count() {
        const items = reading?.items ?? [];
        return {
            placed: items.filter(({ state }) => state === "placed").length,
            unplaced: items.filter(({ state }) => state === "unplaced").length,
        };
    }

    function clear() {
        reading = null;
        provenance.explain.stop();
        provenance.paint.clear();
        provenance.notice.close();
    }

    /** Takes everything away: the page is as it was. */
    function off() {
        clear();
        provenance.host.close();
    }

    provenance.page = {
        isOn, show, off,
        capture: () => provenance.capture.capture(),
        move: (/** @type {number} */ by) => provenance.explain.move(by),
        tell: provenance.notice.show,
    };
})();
