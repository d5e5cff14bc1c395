// The toolbar button: what it says of one tab, in a few signs and in words.

const COLOURS = { on: "#5b3fb5", quiet: "#6b6b6b", error: "#a34a00" };
const QUIET = ["no-article", "unsupported-language", "no-script"];

/** @param {number} tabId @param {string} text @param {string} colour @param {string} title */
async function set(tabId, text, colour, title) {
    const { action } = chrome;
    await Promise.all([
        action.setBadgeText({ tabId, text }),
        action.setBadgeBackgroundColor({ tabId, color: colour }),
        action.setBadgeTextColor({ tabId, color: "#ffffff" }),
        action.setTitle({ tabId, title }),
    ]).catch(() => { /* the tab was closed meanwhile */ });
}

export const working = (/** @type {number} */ tabId) => set(tabId, "…", COLOURS.quiet, chrome.i18n.getMessage("buttonWorking"));

/** What there is to say of an outcome, as one sentence. @param {Outcome} outcome */
export function sentence({ state, placed, unplaced, error }) {
    const t = chrome.i18n.getMessage;
    if (state === "off") return t("buttonOff");
    if (error) return error.title;
    const parts = [placed === 0 && unplaced === 0 ? t("foundNothing") : placed === 1 ? t("found_one") : t("found_many", [String(placed)])];
    if (unplaced) parts.push(unplaced === 1 ? t("unplaced_one") : t("unplaced_many", [String(unplaced)]));
    return parts.join(" ");
}

/** @param {number} tabId @param {Outcome} outcome */
export async function tell(tabId, outcome) {
    const { state, placed, unplaced, error } = outcome, title = sentence(outcome);
    if (state === "off") return set(tabId, "", COLOURS.quiet, title);
    if (error) return set(tabId, QUIET.includes(error.code) ? "–" : "!", QUIET.includes(error.code) ? COLOURS.quiet : COLOURS.error, title);
    const text = unplaced ? `${placed}/${placed + unplaced}` : String(placed);
    return set(tabId, text, placed ? COLOURS.on : COLOURS.quiet, `${title} ${chrome.i18n.getMessage("buttonOn")}`);
}
