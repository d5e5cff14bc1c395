// The one element of ours on a page: a closed shadow host under <html>, outside <body>, so that it counts in no offset
// and is never sent. The page's styles do not reach into it; its scripts can see that it is there, and no more.
"use strict";
(() => {
    const { dom } = provenance;
    // !important in a style attribute beats every rule of the page.
    const SHELL = { all: "initial", position: "fixed", inset: "0 auto auto 0", width: "0", height: "0", overflow: "visible",
        "z-index": "2147483647", display: "block", border: "0", padding: "0", margin: "0", background: "none",
        direction: "ltr", "color-scheme": "normal", "pointer-events": "auto" };
    /** @type {{host: HTMLElement, shadow: ShadowRoot, live: HTMLElement} | null} */
    let shell = null;

    function make() {
        const host = dom.create("div"), shadow = host.attachShadow({ mode: "closed" });
        const style = dom.create("style"), live = dom.create("div");
        style.textContent = provenance.cardStyle;
        live.className = "live";
        live.setAttribute("role", "status");
        live.setAttribute("aria-live", "polite");
        shadow.append(style, live);
        return { host, shadow, live };
    }

    /** The shadow root, on the page and on top; put back where the page has removed or restyled the host. */
    function open() {
        shell ??= make();
        const { host } = shell;
        for (const [name, value] of Object.entries(SHELL)) host.style.setProperty(name, value, "important");
        if (host.parentNode !== dom.root()) dom.root().append(host);
        if (host.showPopover && !host.matches(":popover-open")) { // the top layer: above dialogs of the page
            host.popover = "manual";
            host.showPopover();
        }
        return shell.shadow;
    }

    /** Says it to a screen reader. */
    function say(/** @type {string} */ text) {
        open();
        if (shell) shell.live.textContent = text;
    }

    /** Whether an event comes from our own element. */
    const owns = (/** @type {Event} */ event) => !!shell && event.composedPath().includes(shell.host);

    function close() {
        shell?.host.remove();
        shell = null;
    }

    provenance.host = { open, say, owns, close, get shadow() { return shell?.shadow ?? null; } };
})();
