// When a card is open: by pointer, by touch, by keyboard; and where. What it shows is card.js.
"use strict";
(() => {
    const { dom } = provenance;
    const OPEN_AFTER = 120, CLOSE_AFTER = 280; // ms that the pointer has to rest on a sentence, and may be away from it

    /**
     * @typedef {{items: () => Item[], answer: () => Answer, actions?: (item: Item) => CardAction[], textSize?: number,
     *            evidence?: (item: Item) => Range[]}} Reading
     * items: the painted sentences in reading order; evidence: the words to set off while the card is open
     */
    /** @type {Reading | null} */
    let reading = null;
    /** @type {{item: Item, card: HTMLElement, pinned: boolean, pointer: {x: number, y: number} | null} | null} */
    let shown = null;
    /** @type {Element | null} what had the focus before the card took it */
    let before = null;
    /** @type {AbortController | null} */
    let listening = null;
    let timer = 0;

    /** The boxes of a sentence's lines. @returns {DOMRect[]} */
    const boxes = (/** @type {Item} */ item) => item.ranges.flatMap((range) => [...range.getClientRects()]).filter(({ width }) => width);

    /** The painted sentence under a point, where `target` is the element that the browser finds there. */
    function itemAt(/** @type {EventTarget | null} */ target, /** @type {number} */ x, /** @type {number} */ y) {
        const under = (/** @type {DOMRect} */ { left, right, top, bottom }) => x >= left && x <= right && y >= top - 2 && y <= bottom + 2;
        return reading?.items().find((item) => item.ranges.some((range) =>
            range.startContainer.parentElement === target && [...range.getClientRects()].some(under)));
    }

    function union(/** @type {DOMRect[]} */ rects) {
        const seen = rects.filter(({ bottom, top }) => bottom > 0 && top < innerHeight);
        const all = seen.length ? seen : rects;
        return {
            left: Math.min(...all.map(({ left }) => left)), right: Math.max(...all.map(({ right }) => right)),
            top: Math.min(...all.map(({ top }) => top)), bottom: Math.max(...all.map(({ bottom }) => bottom)),
        };
    }

    function position() {
        if (!shown) return;
        const rects = boxes(shown.item), { card, pointer } = shown;
        if (!rects.length) return close();
        card.style.maxHeight = "none";
        const view = { width: dom.root().clientWidth || innerWidth, height: innerHeight };
        const { left, top, maxHeight } = provenance.place.place(union(rects), { width: card.offsetWidth, height: card.offsetHeight }, view, pointer);
        card.style.left = `${left}px`;
        card.style.top = `${top}px`;
        card.style.maxHeight = `${maxHeight}px`;
    }

    /** Opens the card of a sentence. @param {Item} item */
    function open(item, { pinned = false, focus = false, pointer = /** @type {{x: number, y: number} | null} */ (null) } = {}) {
        if (!reading) return;
        clearTimeout(timer);
        const keepsFocus = focus || (shown && provenance.host.shadow?.activeElement);
        remove();
        const items = reading.items(), index = items.indexOf(item);
        const card = provenance.card.build(item.highlight, reading.answer(), {
            marks: item.marks, index, total: items.length, actions: reading.actions?.(item), step: move, close,
        });
        if (reading.textSize) card.style.fontSize = `${reading.textSize}px`;
        provenance.host.open().append(card);
        card.addEventListener("toggle", position, true); // “why” unfolds
        shown = { item, card, pinned, pointer };
        position();
        provenance.paint.setOff(item.ranges, reading.evidence?.(item) ?? []);
        if (keepsFocus) {
            before ??= dom.active();
            card.focus({ preventScroll: true });
        }
        if (pinned) provenance.host.say(provenance.card.spoken(item.highlight, index, items.length));
    }

    function remove() {
        shown?.card.remove();
        shown = null;
    }

    /** Closes the card and gives the focus back. */
    function close() {
        clearTimeout(timer);
        const focused = !!provenance.host.shadow?.activeElement;
        if (!shown) return;
        remove();
        provenance.paint.setOff([], []);
        if (focused && before instanceof HTMLElement) before.focus({ preventScroll: true });
        before = null;
    }

    /** Scrolls to a sentence and opens its card. */
    function reveal(/** @type {Item} */ item, { focus = true } = {}) {
        const first = item.ranges[0]?.startContainer.parentElement;
        if (!first || !boxes(item).length) return false;
        if (focus) before ??= dom.active();
        first.scrollIntoView({ block: "center", behavior: "instant" });
        const { top, bottom } = union(boxes(item));
        if (top < 0 || bottom > innerHeight * 0.7) scrollBy({ top: top - innerHeight * 0.25, behavior: "instant" });
        open(item, { pinned: true, focus });
        return true;
    }

    /** The next or previous sentence that can be seen on the page, from the open one or from the top of the window. */
    function move(/** @type {number} */ by) {
        const items = reading?.items().filter((item) => boxes(item).length) ?? [];
        if (!items.length) return false;
        let at = shown ? items.indexOf(shown.item) : -1;
        if (at < 0) {
            at = items.findIndex((item) => boxes(item)[0].top >= 0);
            if (at < 0) at = items.length;
            if (by > 0) at -= 1;
        }
        return reveal(items[(at + by + items.length) % items.length]);
    }

    function later(/** @type {() => void} */ action, /** @type {number} */ delay) {
        clearTimeout(timer);
        timer = setTimeout(action, delay);
    }

    function onMove(/** @type {PointerEvent} */ event) {
        if (!event.isTrusted || event.pointerType === "touch") return;
        if (provenance.host.owns(event)) return clearTimeout(timer); // on its way to the card, or in it
        const target = event.composedPath()[0], { clientX: x, clientY: y } = event;
        const item = itemAt(target, x, y);
        if (item && item === shown?.item) clearTimeout(timer);
        else if (item && !event.buttons && !shown?.pinned) later(() => open(item, { pointer: { x, y } }), OPEN_AFTER);
        else if (shown && !shown.pinned) later(close, CLOSE_AFTER);
        else if (!shown) clearTimeout(timer);
    }

    function onClick(/** @type {MouseEvent} */ event) {
        if (!event.isTrusted || provenance.host.owns(event)) return;
        const target = /** @type {Element | null} */ (event.composedPath()[0] ?? null);
        const item = getSelection()?.isCollapsed === false ? undefined : itemAt(target, event.clientX, event.clientY);
        const interactive = target instanceof Element && dom.closest(target, "a[href], button, input, select, textarea, summary, label");
        if (item && !interactive) open(item, { pinned: true, pointer: { x: event.clientX, y: event.clientY } });
        else close();
    }

    function onKey(/** @type {KeyboardEvent} */ event) {
        if (event.isTrusted && event.key === "Escape" && shown) {
            event.stopPropagation();
            close();
        }
    }

    function start(/** @type {Reading} */ wanted) {
        stop();
        reading = wanted;
        listening = new AbortController();
        const options = { capture: true, passive: true, signal: listening.signal };
        addEventListener("pointermove", onMove, options);
        addEventListener("click", onClick, options);
        addEventListener("keydown", onKey, { ...options, passive: false });
        for (const change of ["scroll", "resize"]) addEventListener(change, () => requestAnimationFrame(position), options);
    }

    function stop() {
        close();
        listening?.abort();
        reading = listening = null;
    }

    /** Closes the card of a sentence that is not painted any more. */
    function forget(/** @type {Item} */ item) {
        if (shown?.item === item) close();
    }

    provenance.explain = { start, stop, open, close, reveal, move, forget, get shown() { return shown?.item ?? null; } };
})();
