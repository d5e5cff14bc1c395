// From an answer and the reader's choices to what is shown of it.

const MANY = 6; // highlights from which a story counts as full of them
const MOST = 0.5; // share of highlights that rest on one reason, from which that reason is painted quietly

/** The reason, if there is one, on which so many sentences rest that marking each strongly tells nothing. */
function commonReason(/** @type {Highlight_[]} */ highlights) {
    if (highlights.length < MANY) return null;
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { reasons } of highlights) for (const code of new Set(reasons.map((reason) => reason.code))) counts.set(code, (counts.get(code) ?? 0) + 1);
    return [...counts].find(([code, count]) => code !== "anonymous" && count > MOST * highlights.length)?.[0] ?? null;
}

/**
 * @param {Answer} answer
 * @param {typeof import("./settings.js").LOOKS} looks
 * @param {(highlight: Highlight_, reason: Reason) => boolean} isMuted by a “not again”
 * @returns {View}
 */
export function view({ highlights }, looks, isMuted) {
    const common = commonReason(highlights);
    /** @type {View["shown"]} */
    const shown = {};
    for (const highlight of highlights) {
        const reasons = highlight.reasons.filter((reason) => looks.marks.includes(reason.mark) && looks.reasons[reason.code] !== "off"
            && reason.confidence >= looks.leastConfidence && !isMuted(highlight, reason));
        const strong = reasons.some(({ code, confidence }) => confidence >= looks.strongFrom && code !== common && looks.reasons[code] !== "quiet");
        shown[highlight.id] = { marks: [...new Set(reasons.map(({ mark }) => mark))], strong };
    }
    return { shown, textSize: looks.textSize };
}
