// A few words in the corner of the page where there is nothing to paint, or not all of it: what happened, what to do.
"use strict";
(() => {
    const STAYS = 8000; // ms; a notice of an error stays until it is closed
    /** @type {HTMLElement | null} */
    let shown = null;
    let timer = 0;

    function close() {
        clearTimeout(timer);
        shown?.remove();
        shown = null;
    }

    /**
     * @param {{title: string, detail?: string, command?: string, error?: boolean}} words
     *     command: what to type in a terminal, set as code
     */
    function show({ title, detail = "", command = "", error = false }) {
        const { make, button } = provenance.card;
        close();
        const heading = make("header", "", make("h2", "", title), button("close", provenance.words.t("close"), close, "×"));
        shown = make("section", "notice", heading);
        shown.setAttribute("aria-label", title);
        if (detail) shown.append(make("p", "", detail));
        if (command) shown.append(make("p", "", make("code", "", command)));
        provenance.host.open().append(shown);
        provenance.host.say(`${title} ${detail} ${command}`);
        if (!error) timer = setTimeout(close, STAYS);
    }

    provenance.notice = { show, close };
})();
