// One reading of one page: what background/ and panel/ call here, by name. Ties the verbs together and holds their
// state; that the marks are on is known here alone, because a background is stopped and forgets.
"use strict";
(() => {
    const { t } = provenance.words;
    /** @type {Reading_ | null} what is on the page now */
    let reading = null;

    provenance.words.use((/** @type {string} */ key, /** @type {string[]} */ substitutes) => chrome.i18n.getMessage(key, substitutes));

    const isOn = () => reading !== null;
    const items = () => reading?.items ?? [];
    const painted = () => items().filter(({ state, marks }) => state === "placed" && marks.length);

    /** Tells the background; it may be stopped, then it wakes. */
    const send = (/** @type {Message} */ message) => chrome.runtime.sendMessage(message).catch(() => undefined);

    /** A highlight of the answer with its place on this page. @returns {Item} */
    function place(/** @type {Highlight_} */ highlight, /** @type {View} */ view, /** @type {any} */ pageText) {
        const ranges = provenance.anchor.anchor(pageText, highlight.target);
        const { marks, strong } = view.shown[highlight.id] ?? { marks: [], strong: false };
        return { highlight, marks, strong, ranges, texts: [], span: "", state: ranges.length ? "placed" : "unplaced" };
    }

    function paint(/** @type {Item} */ item) {
        if (item.state === "placed" && item.marks.length) provenance.paint.add(item);
    }

    /** The words to set off in an open card's sentence. */
    function evidence(/** @type {Item} */ item) {
        const parent = item.ranges[0]?.startContainer.parentElement;
        const near = provenance.anchor.read(provenance.dom.closest(parent, "p, li, blockquote, figcaption, h1, h2, h3, td, div"));
        const reasons = item.highlight.reasons.filter(({ mark }) => item.marks.includes(mark));
        return reasons.flatMap(({ evidence: { target } }) => {
            const ranges = provenance.anchor.anchor(near, target, true);
            return ranges.length ? ranges : provenance.anchor.anchor(provenance.anchor.read(), target);
        });
    }

    function count() {
        const unplaced = items().filter(({ state }) => state !== "placed").length;
        return { placed: items().filter(({ state }) => state === "placed").length, unplaced, visible: painted().length };
    }

    /** Places and paints an answer. @param {Answer} answer @param {View} view */
    function set(answer, view) {
        provenance.paint.clear();
        const page = provenance.anchor.read();
        reading = { answer, view, items: answer.highlights.map((highlight) => place(highlight, view, page)) };
        items().forEach(paint);
    }

    /**
     * Begins a reading.
     * @param {Answer} answer
     * @param {View} view what the reader wants to see of it
     * @returns {{placed: number, unplaced: number, visible: number, ms: number}} ms: from the answer to painted
     */
    function show(answer, view) {
        const began = performance.now();
        clear();
        set(answer, view);
        const ms = performance.now() - began;
        provenance.explain.start({ items: painted, answer: () => /** @type {Reading_} */ (reading).answer, evidence, actions, textSize: view.textSize });
        provenance.watch.start({ items, articleText: () => reading?.answer.article.text ?? "", lost, found, changed, again, cleared,
            moved: () => { send({ kind: "moved" }); } });
        send({ kind: "changed" });
        return { ...count(), ms };
    }

    /** Goes on with a newer answer, or another view of the same; an open card stays open if its sentence does. */
    function renew(/** @type {Answer | null} */ answer, /** @type {View} */ view) {
        if (!reading) return count();
        const open = provenance.explain.shown?.highlight.text;
        set(answer ?? reading.answer, view);
        provenance.watch.renew();
        if (answer) provenance.watch.resume();
        const same = open && painted().find(({ highlight }) => highlight.text === open);
        if (same) provenance.explain.open(same, { pinned: true });
        else provenance.explain.close();
        send({ kind: "changed" });
        return count();
    }

    function lost(/** @type {Item} */ item) {
        provenance.paint.remove(item.ranges);
        provenance.explain.forget(item);
        Object.assign(item, { state: "gone", ranges: [] });
    }

    function found(/** @type {Item} */ item, /** @type {Range[]} */ ranges) {
        Object.assign(item, { state: "placed", ranges });
        provenance.watch.remember(item);
        paint(item);
    }

    let told = "";
    function changed() {
        const now = JSON.stringify(count());
        if (now !== told) send({ kind: "count", ...count() });
        told = now;
    }

    /** Asks the server once more. @returns {Promise<boolean>} whether the article's text was another one */
    async function again() {
        const before = reading?.answer.article.text;
        await send({ kind: "again" });
        return reading?.answer.article.text !== before;
    }

    /** The page took the marks out of the registry, which belongs to the document. */
    function cleared(/** @type {boolean} */ restored) {
        provenance.notice.show({ title: t("cleared"), detail: t(restored ? "clearedRestored" : "clearedForGood"), error: !restored });
    }

    /** @returns {CardAction[]} */
    function actions(/** @type {Item} */ item) {
        const verdict = (/** @type {"muted" | "wrong"} */ said) => {
            const { highlight, marks } = item;
            Object.assign(item, { marks: [] });
            provenance.paint.remove(item.ranges);
            provenance.explain.close();
            provenance.host.say(t(`feedback_${said}`));
            changed();
            send({ kind: "feedback", verdict: said, highlight, marks, engine: /** @type {Reading_} */ (reading).answer.engine, url: provenance.capture.cleanUrl(location.href) });
        };
        const copy = async () => {
            const done = await provenance.copy.write(provenance.copy.text(item.highlight, provenance.capture.cleanUrl(location.href) ?? location.href));
            provenance.host.say(t(done ? "copied" : "notCopied"));
            return done;
        };
        return [
            { id: "copy", label: t("copy"), done: t("copied"), run: copy },
            { id: "mute", label: t("notAgain"), run: () => verdict("muted") },
            { id: "wrong", label: t("thisIsWrong"), run: () => verdict("wrong") },
            { id: "overview", label: t("overview"), run: () => { send({ kind: "panel" }); } },
        ];
    }

    /** Shows a highlight on the page. @param {string} id */
    function reveal(id) {
        const item = painted().find(({ highlight }) => highlight.id === id);
        return !!item && provenance.explain.reveal(item);
    }

    /** What the overview shows. */
    function report() {
        if (!reading) return null;
        const { answer } = reading, page = provenance.capture.cleanUrl(location.href);
        const states = Object.fromEntries(items().map(({ highlight, state, marks }) => [highlight.id, { state, marks }]));
        return { answer, states, page, partial: provenance.capture.isPartial() };
    }

    function clear() {
        reading = null;
        told = "";
        provenance.watch.stop();
        provenance.explain.stop();
        provenance.paint.clear();
        provenance.notice.close();
    }

    /** Takes everything away: the page is as it was. */
    function off() {
        clear();
        provenance.host.close();
        send({ kind: "changed" });
    }

    provenance.page = {
        isOn, show, renew, off, reveal, report,
        capture: () => provenance.capture.capture(),
        answer: () => reading?.answer ?? null,
        move: (/** @type {number} */ by) => provenance.explain.move(by),
        tell: provenance.notice.show,
    };
})();
