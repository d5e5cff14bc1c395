// What the reader has chosen. Looks lie in storage.sync; the server's address, its token and the sites in storage.local,
// which only the background and the pages of the extension read. A page of the web gets no more than the View of its own
// answer.

/** @type {{server: string, token: string, sites: Record<string, "auto" | "muted">}} sites: by host */
export const LOCAL = { server: "http://127.0.0.1:8377", token: "", sites: {} };

/** How a reason is painted: as sure as the engine is, always quietly, or not at all. */
export const STRENGTHS = /** @type {const} */ (["full", "quiet", "off"]);
export const REASONS = ["anonymous", "hedged", "hearsay", "social-media", "vague", "disclaimed", "disputed", "accusation"];

export const LOOKS = {
    marks: ["anonymous-source", "unverified-claim"],
    /** @type {Record<string, "full" | "quiet" | "off">} by reason; "full" where none is said */
    reasons: {},
    strongFrom: 0.8, // confidence from which a mark is tinted, not only underlined
    leastConfidence: 0, // below it nothing is shown
    colours: { "anonymous-source": "#7c5cd6", "unverified-claim": "#c27511" },
    tint: 12, // per cent
    textSize: 14, // px, of the card
};

/** @returns {Promise<{address: string, token: string}>} */
export async function server() {
    const { server: address, token } = /** @type {typeof LOCAL} */ (await chrome.storage.local.get(LOCAL));
    return { address, token };
}

/** @returns {Promise<typeof LOOKS>} */
export async function looks() {
    return /** @type {any} */ (await chrome.storage.sync.get(LOOKS));
}

/** @returns {Promise<typeof LOCAL.sites>} */
export async function sites() {
    return /** @type {any} */ ((await chrome.storage.local.get({ sites: LOCAL.sites })).sites);
}

/** @param {string} host @param {"auto" | "muted" | null} choice */
export async function setSite(host, choice) {
    const { [host]: _, ...others } = await sites();
    await chrome.storage.local.set({ sites: choice ? { ...others, [host]: choice } : others });
}

/** The style sheet that the reader's colours amount to. @param {typeof LOOKS} looks */
export function css({ colours, tint }) {
    const colour = (/** @type {unknown} */ value, /** @type {string} */ other) => (/^#[0-9a-f]{6}$/i.test(String(value)) ? value : other);
    return `:root { --provenance-anonymous: ${colour(colours["anonymous-source"], "#7c5cd6")};`
        + ` --provenance-unverified: ${colour(colours["unverified-claim"], "#c27511")}; --provenance-tint: ${Math.min(Number(tint) || 0, 40)}%; }`;
}
