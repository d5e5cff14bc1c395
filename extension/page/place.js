// Where a card goes: beside the sentence, inside the window, never over the sentence.
"use strict";
(() => {
    const GAP = 8, LEAST = 120;

    /**
     * @param {{left: number, top: number, right: number, bottom: number}} sentence its box, in window coordinates
     * @param {{width: number, height: number}} card the size it would like
     * @param {{width: number, height: number}} view the window
     * @param {{x: number, y: number} | null} pointer the card stays near it
     * @returns {{left: number, top: number, maxHeight: number}}
     */
    function place(sentence, card, view, pointer = null) {
        const box = { // what can be seen of the sentence
            left: Math.max(sentence.left, 0), right: Math.min(sentence.right, view.width),
            top: Math.max(sentence.top, 0), bottom: Math.min(sentence.bottom, view.height),
        };
        const within = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ limit) =>
            Math.max(GAP, Math.min(at, limit - size - GAP));
        const left = within(pointer ? pointer.x - card.width / 3 : box.left, card.width, view.width);
        const below = view.height - box.bottom - 2 * GAP, above = box.top - 2 * GAP;
        const beside = [view.width - box.right, box.left].map((room) => room - 2 * GAP >= card.width);
        const full = view.height - 2 * GAP;

        if (below >= card.height || (below >= above && below >= LEAST && !(above >= card.height))) {
            return { left, top: box.bottom + GAP, maxHeight: Math.min(card.height, below) };
        }
        if (above >= card.height) return { left, top: box.top - GAP - card.height, maxHeight: card.height };
        if (beside[0] || beside[1]) {
            const height = Math.min(card.height, full);
            const x = beside[0] ? box.right + GAP : box.left - GAP - card.width;
            return { left: x, top: within(box.top, height, view.height), maxHeight: height };
        }
        if (above > below) {
            const height = Math.min(card.height, above);
            return { left, top: box.top - GAP - height, maxHeight: height };
        }
        return { left, top: Math.min(box.bottom + GAP, view.height - LEAST), maxHeight: Math.max(below, LEAST - GAP) };
    }

    provenance.place = { place };
})();
