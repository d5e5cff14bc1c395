// Living pages: the marks follow their words or go, and new article text is noticed.
//
// Right after every change the placed sentences are verified, so that no mark is ever painted on other words; at the
// next frame those that broke are looked for again, in the parts of the page that changed and nowhere else.
"use strict";
(() => {
    const { dom } = provenance;
    const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, blockquote, figcaption, dd, td, pre, div, section, article, main, body";
    const NEW_TEXT = 80; // characters without white space from which a changed block may be article text
    const LARGE = 20_000; // characters from which a block is not read as a whole for a change inside it
    const AGAIN_AFTER = 10_000, AGAIN_AT_MOST = 160_000; // ms between two questions to the server; doubled while nothing new comes
    const LOOK_AFTER = 1000; // ms between two looks at the registry, and at the address
    const RESTORES = 3;
    const squeeze = (/** @type {string} */ text) => text.replace(/\s+/g, "");

    /**
     * @typedef {{items: () => Item[], articleText: () => string, lost: (item: Item) => void, found: (item: Item, ranges: Range[]) => void,
     *            changed: () => void, moved: () => void, again: () => Promise<boolean>, cleared: (restored: boolean) => void}} Hooks
     * again: asks the server once more; whether the article's text was another one. cleared: the page took the marks away.
     */
    /** @type {Hooks | null} */
    let hooks = null;
    /** @type {MutationObserver | null} */
    let observer = null;
    /** @type {Set<Node>} */
    let changed = new Set();
    let frame = 0, look = 0, question = 0, lastAsked = 0, pause = AGAIN_AFTER, restores = 0, asks = true, address = "";
    /** @type {Set<string>} text of blocks that have been seen, so that a page that repeats itself is not asked about again */
    let seen = new Set();
    let known = ""; // the article's text without white space

    /** The text from a sentence's first to its last range: whatever comes in between shows in it. */
    function span(/** @type {Range[]} */ ranges) {
        const all = new Range(), last = ranges[ranges.length - 1];
        all.setStart(ranges[0].startContainer, ranges[0].startOffset);
        all.setEnd(last.endContainer, last.endOffset);
        return all.toString();
    }

    /** Remembers what a placed sentence looks like. */
    function remember(/** @type {Item} */ item) {
        item.texts = item.ranges.map(String);
        item.span = item.ranges.length ? span(item.ranges) : "";
    }

    function holds(/** @type {Item} */ item) {
        return item.ranges.every((range, i) => range.startContainer === range.endContainer
            && String(range) === item.texts[i] && provenance.pageText.counts(range.startContainer)) && span(item.ranges) === item.span;
    }

    /** Takes the marks off every sentence that is not itself any more. @returns {boolean} whether there was one */
    function verify() {
        const broken = (hooks?.items() ?? []).filter((item) => item.state === "placed" && !holds(item));
        for (const item of broken) hooks?.lost(item);
        return broken.length > 0;
    }

    /** The part of the page to look at for one changed node: its block, or less where that is very large. */
    function blockOf(/** @type {Node} */ node) {
        const element = node instanceof Element ? node : node.parentElement;
        const block = dom.closest(element, BLOCKS);
        return block && element && (block.textContent?.length ?? 0) > LARGE ? element : block;
    }

    /** The changed parts of the page, none inside another. */
    function changedBlocks() {
        /** @type {Set<Element>} */
        const blocks = new Set();
        for (const node of changed) {
            const block = node.isConnected && blockOf(node);
            if (block) blocks.add(block);
        }
        changed = new Set();
        return [...blocks].filter((block) => {
            for (let up = block.parentElement; up; up = up.parentElement) if (blocks.has(up)) return false;
            return true;
        });
    }

    /** Whether a changed part holds text that may belong to the article and is not known yet. */
    function isNews(/** @type {Element} */ block) {
        const text = squeeze(block.textContent ?? "");
        if (text.length < NEW_TEXT || seen.has(text) || known.includes(text)) return false;
        seen.add(text);
        return true;
    }

    function mend() {
        frame = 0;
        if (!hooks) return;
        verify();
        let news = false;
        for (const block of changedBlocks()) {
            const missing = hooks.items().filter(({ state }) => state !== "placed");
            const pageText = missing.length ? provenance.anchor.read(block) : null;
            for (const item of missing) {
                const ranges = provenance.anchor.anchor(pageText, item.highlight.target, true);
                if (ranges.length) hooks.found(item, ranges);
            }
            news = (asks && isNews(block)) || news;
        }
        hooks.changed();
        if (news) askLater();
    }

    function askLater() {
        if (question || !asks) return;
        question = setTimeout(async () => {
            question = 0;
            if (!hooks || !asks || location.href.split("#")[0] !== address) return;
            lastAsked = Date.now();
            const other = await hooks.again();
            pause = other ? AGAIN_AFTER : Math.min(pause * 2, AGAIN_AT_MOST);
        }, Math.max(0, lastAsked + pause - Date.now()));
    }

    function onChange(/** @type {MutationRecord[]} */ records) {
        const broken = verify();
        for (const { target, addedNodes, type } of records) {
            if (type === "characterData") changed.add(target);
            else if (addedNodes.length < 50) addedNodes.forEach((node) => changed.add(node));
            else changed.add(target);
        }
        // A hidden tab has no frames.
        if (!frame && (broken || changed.size)) frame = document.hidden ? setTimeout(mend, 200) : requestAnimationFrame(mend);
    }

    /** What no event tells: the registry cleared by the page, the address changed by a script. */
    function lookAround() {
        if (!hooks) return;
        if (location.href.split("#")[0] !== address && asks) {
            stopAsking();
            hooks.moved();
        }
        if (!provenance.paint.intact()) {
            restores += 1;
            const restored = restores <= RESTORES;
            if (restored) provenance.paint.restore();
            if (restores <= RESTORES + 1) hooks.cleared(restored);
        }
    }

    /** A click on the button allows questions about this page, not about the next one. */
    function stopAsking() {
        asks = false;
        clearTimeout(question);
        question = 0;
    }

    function start(/** @type {Hooks} */ wanted) {
        stop();
        hooks = wanted;
        address = location.href.split("#")[0];
        lastAsked = Date.now();
        renew();
        observer = new MutationObserver(onChange);
        observer.observe(dom.root(), { subtree: true, childList: true, characterData: true });
        look = setInterval(lookAround, LOOK_AFTER);
    }

    /** The answer was replaced: what was learnt about the page stays. */
    function renew() {
        for (const item of hooks?.items() ?? []) remember(item);
        known = squeeze(hooks?.articleText() ?? "");
    }

    /** An answer about the page as it is now has come: its site is one that is read on its own. */
    function resume() {
        address = location.href.split("#")[0];
        lastAsked = Date.now();
        asks = true;
    }

    function stop() {
        observer?.disconnect();
        clearInterval(look);
        clearTimeout(question);
        hooks = observer = null;
        changed = new Set();
        seen = new Set();
        frame = look = question = restores = 0;
        pause = AGAIN_AFTER;
        asks = true;
    }

    provenance.watch = { start, stop, renew, resume, remember };
})();
