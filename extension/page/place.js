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
        const within = (/** @type {number} */ at, /** @type {number} */ least, /** @type {number} */ most) => Math.max(least, Math.min(at, most));
        const box = { // what can be seen of the sentence
            left: within(sentence.left, 0, view.width), right: within(sentence.right, 0, view.width),
            top: within(sentence.top, 0, view.height), bottom: within(sentence.bottom, 0, view.height),
        };
        const left = within(pointer ? pointer.x - card.width / 3 : box.left, GAP, view.width - card.width - GAP);
        const below = view.height - box.bottom - 2 * GAP, above = box.top - 2 * GAP, beside = card.width + 2 * GAP;
        const height = Math.min(card.height, view.height - 2 * GAP);
        const under = (/** @type {number} */ room) => ({ left, top: box.bottom + GAP, maxHeight: Math.min(height, room) });
        const over = (/** @type {number} */ room) => ({ left, top: box.top - GAP - Math.min(height, room), maxHeight: Math.min(height, room) });

        if (below >= height) return under(below);
        if (above >= height) return over(above);
        if (Math.max(below, above) >= LEAST) return below >= above ? under(below) : over(above);
        const top = within(box.top, GAP, view.height - height - GAP);
        if (view.width - box.right >= beside) return { left: box.right + GAP, top, maxHeight: height };
        if (box.left >= beside) return { left: box.left - GAP - card.width, top, maxHeight: height };
        // The sentence fills the window: the card lies over its end, as low as it can be read.
        return { left, top: view.height - GAP - Math.min(height, LEAST), maxHeight: Math.min(height, LEAST) };
    }

    provenance.place = { place };
})();
