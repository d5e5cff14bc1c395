// The card that explains one highlight. Builds elements and sets every string as text; knows nothing of where they go.
"use strict";
(() => {
    const { dom } = provenance;
    const LEAST_CUT = 12; // characters that words cut short have in common with the whole

    /** A new element with a class and children; strings become text. */
    function make(/** @type {string} */ name, /** @type {string} */ className, /** @type {(Node | string)[]} */ ...children) {
        const element = dom.create(name);
        if (className) element.className = className;
        element.append(...children);
        return element;
    }

    function button(/** @type {string} */ className, /** @type {string} */ label, /** @type {() => void} */ run, text = label) {
        const element = make("button", className, text);
        element.setAttribute("type", "button");
        if (text !== label) element.setAttribute("aria-label", label);
        element.addEventListener("click", run);
        return element;
    }

    /** A button that shows for a moment that it has done its work. */
    function actionButton(/** @type {CardAction} */ { id, label, done, run }) {
        const element = button(`action ${id}`, label, async () => {
            if (await run() !== true || !done) return;
            element.textContent = done;
            setTimeout(() => { element.textContent = label; }, 1500);
        });
        return element;
    }

    /** Where the words stand in the text; where it cuts them short with “…”, their beginning. @returns {[number, number]} */
    function findWords(/** @type {string} */ text, /** @type {string} */ words) {
        const whole = words ? text.indexOf(words) : -1;
        if (whole >= 0) return [whole, whole + words.length];
        const cut = text.indexOf("…"), at = cut > 0 && words ? text.lastIndexOf(words.slice(0, LEAST_CUT), cut) : -1;
        return at >= 0 && words.length > LEAST_CUT && words.startsWith(text.slice(at, cut)) ? [at, cut] : [0, 0];
    }

    /** The sentence of a reason, with the words of the evidence set off where they stand in it. */
    function reasonLine(/** @type {Reason} */ reason) {
        const line = make("p", "reason"), words = reason.evidence.text;
        const [at, end] = findWords(reason.text.toLowerCase(), words.toLowerCase());
        if (end > at) {
            line.append(reason.text.slice(0, at), make("b", "", reason.text.slice(at, end)), reason.text.slice(end));
        } else {
            line.append(reason.text);
            if (words) line.append(" ", make("q", "evidence", words));
        }
        return line;
    }

    function heading(/** @type {Highlight_} */ highlight, /** @type {string[]} */ marks) {
        const { t } = provenance.words;
        const title = make("h2", "marks", ...marks.map((mark) => make("span", `mark ${mark}`, t(`mark_${mark}`))));
        title.id = `title-${highlight.id}`;
        return title;
    }

    /** What is known of the unnamed sources: why they are not named, how well they are described, who else says so. */
    function facts(/** @type {Highlight_} */ highlight, /** @type {Answer} */ answer) {
        const { t } = provenance.words, list = make("dl", "facts");
        const add = (/** @type {string} */ term, /** @type {string} */ text) => list.append(make("div", "", make("dt", "", term), make("dd", "", text)));
        const ids = new Set(highlight.attributions.flatMap((id) => answer.attributions.find((each) => each.id === id)?.sources ?? []));
        const sources = answer.sources.filter((source) => ids.has(source.id));
        for (const source of sources.filter(({ kind }) => kind === "anonymous")) {
            const given = source.anonymity_reason;
            add(t("whyUnnamed"), !given ? t("whyUnnamedNone") : source.reason_boilerplate ? t("whyUnnamedBoilerplate", given) : `“${given}”`);
            if (source.description === 0) add(t("described"), t("describedBare"));
            else if (source.basis) add(t("described"), `“${source.basis}”`);
        }
        const others = new Set(sources.flatMap((source) => source.corroborated_by ?? []));
        const names = answer.sources.filter(({ id }) => others.has(id)).map(({ name }) => name);
        if (names.length) add(t("alsoSaidBy"), names.join(", "));
        return list;
    }

    /** “Why am I seeing this?”: what the marks mean, and how sure the engine is. */
    function why(/** @type {Highlight_} */ highlight, /** @type {Answer} */ answer) {
        const { t } = provenance.words;
        const reasons = highlight.reasons.map(({ code, confidence }) => t("whyReason", t(`reason_${code}`), Math.round(confidence * 100)));
        return make("details", "why",
            make("summary", "", t("why")),
            ...highlight.marks.map((mark) => make("p", "", t(`meaning_${mark}`))),
            make("ul", "", ...reasons.map((text) => make("li", "", text))),
            make("p", "fine", t("whyNotFalse")),
            make("p", "fine", t("whyEngine", answer.engine.version, answer.engine.model ?? "–")));
    }

    /**
     * @param {Highlight_} highlight
     * @param {Answer} answer
     * @param {{marks?: string[], index: number, total: number, actions?: CardAction[], step: (by: number) => void, close: () => void}} view
     *     marks: those that the reader wants to see; index: 0-based
     * @returns {HTMLElement}
     */
    function build(highlight, answer, { marks = highlight.marks, index, total, actions = [], step, close }) {
        const { t } = provenance.words;
        const card = make("section", "card");
        card.setAttribute("role", "dialog");
        card.setAttribute("aria-labelledby", `title-${highlight.id}`);
        card.tabIndex = -1;
        card.append(make("header", "", heading(highlight, marks), button("close", t("close"), close, "×")));
        const body = make("div", "body");
        body.append(...highlight.reasons.filter(({ mark }) => marks.includes(mark)).map(reasonLine));
        const ways = provenance.chain.ways(highlight, answer).slice(0, 3);
        if (ways.length) body.append(make("h3", "", t("wayTitle")), ...ways.map(provenance.chain.draw));
        const known = facts(highlight, answer);
        if (known.childElementCount) body.append(known);
        body.append(why(highlight, answer));
        card.append(body, make("footer", "",
            make("span", "steps",
                button("step", t("commandPrevious"), () => step(-1), "‹"),
                make("span", "number", t("number", index + 1, total)),
                button("step", t("commandNext"), () => step(1), "›")),
            make("span", "actions", ...actions.map(actionButton))));
        return card;
    }

    /** What a screen reader hears when a card opens: mark and reason. */
    function spoken(/** @type {Highlight_} */ highlight, /** @type {number} */ index, /** @type {number} */ total) {
        const { t } = provenance.words;
        const marks = highlight.marks.map((mark) => t(`mark_${mark}`)).join(", ");
        return `${marks}. ${highlight.reasons.map(({ text }) => text).join(" ")} ${t("number", index + 1, total)}`;
    }

    provenance.card = { build, make, button, spoken };
})();
