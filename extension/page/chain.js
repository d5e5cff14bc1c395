// The way of a statement to this page, drawn: this page ← outlet ← origin.
"use strict";
(() => {
    const { dom } = provenance;
    // One sign for each kind of source, on a field of 16 by 16.
    const SIGNS = /** @type {Record<string, string>} */ ({
        person: "M8 8.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM2.8 13.8c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4",
        organisation: "M2.5 13.5h11M3.5 6.5 8 3l4.5 3.5M4.5 7v6M8 7v6M11.5 7v6",
        document: "M4 2.5h5.5L12 5v8.5H4ZM6 7h4M6 9.5h4",
        media: "M2.5 3.5h8.5v9h-7a1.5 1.5 0 0 1-1.5-1.5ZM11 6h2.5v5.2a1.3 1.3 0 0 1-2.5.3M4.8 6h3.8M4.8 8.5h3.8",
        "social-media": "M3 3.5h10v7H8l-3 2.5v-2.5H3Z",
        anonymous: "M8 8.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM2.8 13.8c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4",
        vague: "M5.5 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM10.8 8a2 2 0 1 0 0-4M2 12.8c.3-1.900 1.600-3 3.5-3s3.2 1.100 3.5 3M11 9.8c1.600.2 2.7 1.2 3 3",
        page: "M2.5 3h11v10h-11ZM2.5 6h11",
    });

    /** @returns {SVGElement} the sign of a kind; an unnamed one has a broken line */
    function sign(/** @type {string} */ kind) {
        const svg = dom.createSvg("svg"), path = dom.createSvg("path");
        svg.setAttribute("viewBox", "0 0 16 16");
        svg.setAttribute("aria-hidden", "true");
        svg.setAttribute("class", `sign ${kind}`);
        path.setAttribute("d", SIGNS[kind] ?? SIGNS.vague);
        svg.append(path);
        return svg;
    }

    /**
     * The different ways of a highlight's statements.
     * @returns {{name: string, kind: string}[][]} each from this page to the origin
     */
    function ways(/** @type {Highlight_} */ highlight, /** @type {Answer} */ answer) {
        const { t } = provenance.words;
        const source = (/** @type {string | null} */ id) => answer.sources.find((each) => each.id === id);
        const here = { name: answer.article.publisher ?? t("thisPage"), kind: "page" };
        const found = new Map();
        for (const id of highlight.attributions) {
            const attribution = answer.attributions.find((each) => each.id === id);
            if (!attribution) continue;
            const speakers = attribution.sources?.length ? attribution.sources : [attribution.source];
            const names = speakers.map(source).filter((each) => each !== undefined);
            const origin = {
                name: names.map((each) => each.name).join(t("and")) || t("sourceNotSaid"),
                kind: names[0]?.kind ?? "vague",
            };
            for (const way of attribution.via.length ? attribution.via : [[]]) {
                const relays = way.map(source).filter((each) => each !== undefined);
                const steps = [here, ...relays.toReversed().map(({ name, kind }) => ({ name, kind })), origin];
                found.set(steps.map((step) => step.name).join("\n"), steps);
            }
        }
        return [...found.values()];
    }

    /** @returns {HTMLElement} one way as a list that reads well aloud too */
    function draw(/** @type {{name: string, kind: string}[]} */ way) {
        const { t } = provenance.words;
        const list = dom.create("ol");
        list.className = "way";
        for (const { name, kind } of way) {
            const item = dom.create("li"), text = dom.create("span"), label = dom.create("span");
            item.className = kind;
            label.className = "kind";
            label.textContent = t(`kind_${kind}`);
            text.className = "name";
            text.textContent = name;
            item.append(sign(kind), text, label);
            list.append(item);
        }
        return list;
    }

    provenance.chain = { ways, draw, sign };
})();
