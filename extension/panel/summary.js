// How a story is sourced at a glance: which share of its statements came from whom.

/** The parts of the bar, in their order. */
export const PARTS = ["named", "institutional", "second", "social", "anonymous", "vague"];
const BY_KIND = /** @type {Record<string, string>} */ ({ person: "named", organisation: "institutional", document: "institutional",
    media: "second", "social-media": "social", anonymous: "anonymous", vague: "vague" });

/**
 * Statements by the kind of their source; one that came through another outlet is second-hand, whoever said it first.
 * @param {Answer} answer
 * @returns {Record<string, number>} by part
 */
export function shares({ attributions, sources }) {
    const kinds = new Map(sources.map(({ id, kind }) => [id, kind]));
    const counts = Object.fromEntries(PARTS.map((part) => [part, 0]));
    for (const { source, via } of attributions) {
        const part = BY_KIND[kinds.get(source ?? "") ?? "vague"] ?? "vague";
        const relayed = via.length > 0 && via.every((way) => way.some((id) => kinds.get(id) === "media"));
        counts[relayed && part !== "anonymous" && part !== "social" ? "second" : part] += 1;
    }
    return counts;
}
