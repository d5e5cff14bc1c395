// A marked sentence to take along: its words, its reasons, and a link that opens the page at the sentence.
"use strict";
(() => {
    const WHOLE = 80; // characters up to which the link carries the whole sentence, else its first and last words
    const WORDS = 4;

    /** A text fragment link (https://wicg.github.io/scroll-to-text-fragment/). @param {string} address @param {string} sentence */
    function link(address, sentence) {
        const encode = (/** @type {string} */ part) => encodeURIComponent(part).replaceAll("-", "%2D");
        const words = sentence.trim().split(/\s+/);
        const short = sentence.length <= WHOLE || words.length < 3 * WORDS;
        const parts = short ? [words] : [words.slice(0, WORDS), words.slice(-WORDS)];
        return `${address.split("#")[0]}#:~:text=${parts.map((some) => encode(some.join(" "))).join(",")}`;
    }

    /** @param {Highlight_} highlight @param {string} address */
    function text(highlight, address) {
        const { t } = provenance.words;
        const marks = highlight.marks.map((mark) => t(`mark_${mark}`)).join(", ");
        return [`“${highlight.text}”`, `${marks}: ${highlight.reasons.map((reason) => reason.text).join(" ")}`, link(address, highlight.text)].join("\n");
    }

    /** Into the clipboard; the older way serves pages without https. @param {string} words @returns {Promise<boolean>} */
    async function write(words) {
        try {
            await navigator.clipboard.writeText(words);
            return true;
        } catch {
            const field = /** @type {HTMLTextAreaElement} */ (provenance.dom.create("textarea"));
            field.className = "live";
            field.value = words;
            provenance.host.open().append(field);
            const focused = provenance.host.shadow.activeElement ?? provenance.dom.active();
            field.select();
            const done = Document.prototype.execCommand.call(document, "copy");
            field.remove();
            focused?.focus?.({ preventScroll: true });
            return done;
        }
    }

    provenance.copy = { link, text, write };
})();
