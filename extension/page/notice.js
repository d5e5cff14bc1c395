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
        const notice = make("section", "notice", heading);
        notice.setAttribute("aria-label", title);
        if (detail) notice.append(make("p", "", detail));
        if (command) notice.append(make("p", "", make("code", "", command)));
        provenance.host.open().append(notice);
        shown = notice;
        provenance.host.say(`${title} ${detail} ${command}`);
        if (!error) timer = setTimeout(close, STAYS);
    }

    provenance.notice = { show, close };
})();
