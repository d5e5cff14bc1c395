// From the live page to the HTML that is sent, as CONTRACT.md says: the article's text keeps its positions, and what is
// the reader's own (what was typed, hidden fields, tokens) stays here.
"use strict";
(() => {
    const { dom } = provenance;
    const { EXCLUDED, points, textNodes } = provenance.pageText;
    const GONE = [...EXCLUDED].map((name) => (name === "script" ? 'script:not([type="application/ld+json" i])' : name)).join();
    const EDITABLE = '[contenteditable]:not([contenteditable="false" i]), [role="textbox"]';
    const ARTICLE = 'article, [role="article"], [itemprop~="articleBody"]';
    const TOKEN = /csrf|xsrf|authenticity|(^|[-_.])token$/i;
    const TRACKING = /^(utm_.*|ga_.*|mc_[ce]id|[gfm]s?clid|fbclid|dclid|yclid|twclid|ttclid|igshid|_hs(enc|mi)|mkt_tok|s?cid|cmpid|ncid|smid|ref_?src|xtor|at_(medium|campaign).*)$/i;
    const NEWLINE_EATERS = "pre, listing, textarea"; // parsers drop a line feed right after these tags

    /** @param {string} address @returns {string | null} without fragment, user and tracking parameters; null off the web */
    function cleanUrl(address) {
        const url = URL.parse(address);
        if (!url || !/^https?:$/.test(url.protocol)) return null;
        url.hash = url.username = url.password = "";
        /** @type {string[]} by forEach: Firefox's content scripts cannot iterate over what belongs to the page's window */
        const names = [];
        url.searchParams.forEach((_, name) => names.push(name));
        for (const name of names) if (TRACKING.test(name)) url.searchParams.delete(name);
        return url.href;
    }

    /** Replaces the text under `element` by as many spaces. */
    function blank(/** @type {Element} */ element) {
        for (const node of textNodes(element)) node.data = " ".repeat(points(node.data));
    }

    function privateText(/** @type {Element} */ root) {
        for (const field of root.querySelectorAll("textarea")) blank(field);
        for (const field of root.querySelectorAll(EDITABLE)) {
            const article = field.getAttribute("role") !== "textbox" && (dom.closest(field, ARTICLE) || field.querySelector(ARTICLE));
            if (!article) blank(field);
        }
    }

    function privateAttributes(/** @type {Element} */ root) {
        for (const field of root.querySelectorAll('input[type="hidden" i]')) {
            for (const name of dom.attributeNames(field)) if (name !== "type") dom.removeAttribute(field, name);
        }
        for (const meta of root.querySelectorAll("meta")) {
            if (TOKEN.test(meta.name) || TOKEN.test(meta.id)) meta.remove();
        }
        for (const element of [root, ...root.querySelectorAll("*")]) {
            for (const name of dom.attributeNames(element)) {
                if (/^(value|checked|srcdoc|nonce|on.*)$/i.test(name)) dom.removeAttribute(element, name);
            }
        }
    }

    /** @returns {{html: string, url: string | null}} what to send; the page itself stays as it is */
    function capture() {
        // A document without a browsing context: no image loads, no custom element of the page wakes up in it.
        const copy = new DOMParser().parseFromString("", "text/html");
        const root = /** @type {Element} */ (copy.importNode(dom.root(), true));
        for (const own of [...root.children]) if (!/^(head|body|frameset)$/.test(own.localName)) own.remove();
        for (const element of root.querySelectorAll(GONE)) element.remove();
        privateText(root);
        privateAttributes(root);
        for (const element of root.querySelectorAll(NEWLINE_EATERS)) {
            if (element.firstChild?.nodeType === Node.TEXT_NODE && element.textContent?.startsWith("\n")) element.prepend("\n");
        }
        // eslint-disable-next-line no-restricted-properties -- read, not written
        return { html: `<!DOCTYPE html>${root.outerHTML}`.toWellFormed(), url: cleanUrl(location.href) };
    }

    /** Whether the page says that only part of the story is here: schema.org's isAccessibleForFree, or a content tier. */
    function isPartial() {
        const scripts = [...dom.root().querySelectorAll('script[type="application/ld+json" i]')];
        const locked = scripts.some((script) => /"isAccessibleForFree"\s*:\s*"?false/i.test(script.textContent ?? ""));
        return locked || !!dom.root().querySelector('meta[property="article:content_tier"][content="locked" i], meta[property="article:content_tier"][content="metered" i]');
    }

    provenance.capture = { capture, isPartial, cleanUrl };
})();
