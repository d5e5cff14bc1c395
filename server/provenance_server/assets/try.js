// The page of GET /: asks this server, shows the story in a frame that runs no scripts and loads nothing, and paints
// it with the extension's own modules (anchor, paint, card), which know how highlights are placed and explained.
"use strict";
(() => {
    const { anchor, card, paint, words } = provenance;
    const byId = (id) => document.getElementById(id);
    const frame = byId("page"), list = byId("list"), state = byId("state");
    const slot = byId("card").attachShadow({ mode: "open" });
    const LOADING = "link, base, meta[http-equiv], iframe, frame, object, embed, script, style[src]";
    let answer = null, items = [];

    const ready = Promise.all([
        fetch("/assets/_locales/en/messages.json").then((response) => response.json()),
        fetch("/assets/page/paint.css").then((response) => response.text()),
    ]).then(([messages, looks]) => {
        words.use(words.table(messages));
        const style = new CSSStyleSheet();
        // in the frame's corner a card floats; here it stands in the margin
        style.replaceSync(`${provenance.cardStyle} .card { position: static !important; width: auto !important; }`);
        slot.adoptedStyleSheets = [style];
        return looks;
    });

    function say(text, error = false) {
        state.textContent = text;
        state.classList.toggle("error", error);
    }

    /** The page that is shown: one text node for a text; for a page, its elements without what could load or run. */
    function shown({ text, html }) {
        const page = new DOMParser().parseFromString(html ?? "", "text/html");
        if (text !== undefined) {
            page.body.style.cssText = "";
            page.body.append(text);
            page.documentElement.className = "text";
        }
        for (const element of page.querySelectorAll(LOADING)) element.remove();
        const policy = page.createElement("meta"); // the frame inherits ours, which says the same
        policy.httpEquiv = "Content-Security-Policy";
        policy.content = "default-src 'none'";
        page.head.prepend(policy);
        return `<!doctype html>${page.documentElement.outerHTML}`;
    }

    function show(story) {
        return new Promise((resolve) => {
            frame.onload = () => resolve(frame.contentDocument);
            frame.srcdoc = shown(story);
        });
    }

    async function ask(story) {
        const response = await fetch("/v1/analyze", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(story),
        });
        const body = await response.json().catch(() => ({ title: `The server answered ${response.status}.` }));
        if (!response.ok) throw new Error([body.title, body.detail].filter(Boolean).join(": "));
        return body;
    }

    function style(page, looks) {
        const view = page.defaultView, sheet = new view.CSSStyleSheet();
        sheet.replaceSync(`${looks} html { cursor: default; } html.text body { white-space: pre-wrap; max-width: 42em;
            margin: 1.5em auto; padding: 0 1em; font: 17px/1.6 Georgia, serif; }`);
        page.adoptedStyleSheets = [sheet];
    }

    /** Opens the card of one highlight, and sets its words off. */
    function open(index, scroll = true) {
        const item = items[index];
        const step = (by) => open((index + by + items.length) % items.length);
        slot.replaceChildren(card.build(item.highlight, answer, { index, total: items.length, step, close }));
        paint.setOff(item.ranges, item.highlight.reasons.flatMap(({ evidence }) => find(evidence.target)));
        for (const [n, entry] of [...list.querySelectorAll("button")].entries()) {
            entry.setAttribute("aria-current", String(n === index));
        }
        if (scroll) item.ranges[0]?.startContainer.parentElement.scrollIntoView({ block: "center" });
    }

    function close() {
        slot.replaceChildren();
        paint.setOff([], []);
    }

    let find = () => [];

    function present(page) {
        const text = anchor.read(page.body);
        find = (target) => anchor.anchor(text, target);
        items = answer.highlights.map((highlight) => ({ highlight, ranges: find(highlight.target) }));
        list.replaceChildren();
        for (const [index, { highlight, ranges }] of items.entries()) {
            if (ranges.length) paint.add({ marks: highlight.marks, strong: highlight.confidence >= 0.9, ranges });
            const button = card.button("", highlight.text, () => open(index));
            const entry = card.make("li", ranges.length ? "" : "unplaced", button);
            list.append(entry);
        }
        // The frame runs no scripts of its own; this listener is ours, and lives here.
        page.addEventListener("click", (event) => {
            event.preventDefault();
            const at = page.caretPositionFromPoint(event.clientX, event.clientY);
            if (!at) return;
            const hit = items.findIndex(({ ranges }) => ranges.some((range) => range.isPointInRange(at.offsetNode, at.offset)));
            if (hit >= 0) open(hit, false); else close();
        });
    }

    async function analyse(story) {
        say("Reading…");
        try {
            const looks = await ready;
            paint.clear();
            close();
            answer = await ask(story);
            byId("result").hidden = false;
            const page = await show(story);
            paint.on(page.defaultView);
            style(page, looks);
            present(page);
            const missed = items.filter(({ ranges }) => !ranges.length).length;
            say(items.length
                ? `${items.length} of ${answer.summary.sentences} sentences marked${missed ? `; ${missed} could not be placed` : ""}.`
                : `Nothing marked in ${answer.summary.sentences} sentences.`);
        } catch (error) {
            byId("result").hidden = true;
            say(error.message, true);
        }
    }

    async function read(file) {
        if (file.size > Number(document.body.dataset.limit)) return say("This file is larger than the server takes.", true);
        // As browsers do with a file: the byte order mark, else the page's own <meta>, else UTF-8.
        const bytes = await file.arrayBuffer();
        const head = new TextDecoder("latin1").decode(bytes.slice(0, 2048));
        const charset = /<meta[^>]+charset=["']?([\w-]+)/i.exec(head)?.[1] ?? "utf-8";
        let decoder;
        try { decoder = new TextDecoder(charset); } catch { decoder = new TextDecoder(); }
        return analyse({ html: decoder.decode(bytes) });
    }

    byId("ask").addEventListener("submit", (event) => {
        event.preventDefault();
        const text = byId("text").value;
        if (text.trim()) analyse({ text });
    });
    byId("file").addEventListener("change", (event) => event.target.files[0] && read(event.target.files[0]));
    addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
    addEventListener("dragleave", () => document.body.classList.remove("over"));
    addEventListener("drop", (event) => {
        event.preventDefault();
        document.body.classList.remove("over");
        const file = event.dataTransfer.files[0];
        if (file) read(file);
    });
})();
