// “Not again” and “this is wrong”: kept on this machine, by a hash of sentence and reason; seen, undone and exported in
// the options. Nothing is sent.

const VERSION = 1;
/** @typedef {{verdict: "muted" | "wrong", mark: string, code: string, sentence: string, evidence: string, engine: Answer["engine"], url: string | null, date: string}} Verdict */

/** @param {string} sentence @param {{mark: string, code: string}} reason @returns {Promise<string>} */
export async function hash(sentence, { mark, code }) {
    const words = sentence.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${words}\n${mark}\n${code}`));
    return [...new Uint8Array(bytes)].slice(0, 16).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @returns {Promise<Record<string, Verdict>>} by hash */
export async function all() {
    return /** @type {any} */ ((await chrome.storage.local.get({ feedback: {} })).feedback);
}

/** Keeps what the reader said of a highlight: one entry for each reason of the marks on its card. */
export async function add(/** @type {Extract<Message, {kind: "feedback"}>} */ { verdict, highlight, marks, engine, url }) {
    const kept = await all();
    for (const reason of highlight.reasons.filter(({ mark }) => marks.includes(mark))) {
        kept[await hash(highlight.text, reason)] = { verdict, mark: reason.mark, code: reason.code, sentence: highlight.text,
            evidence: reason.evidence.text, engine, url, date: new Date().toISOString().slice(0, 10) };
    }
    await chrome.storage.local.set({ feedback: kept });
}

/** @param {string} key the hash */
export async function undo(key) {
    const { [key]: _, ...others } = await all();
    await chrome.storage.local.set({ feedback: others });
}

/** @param {Answer} answer @returns {Promise<(highlight: Highlight_, reason: Reason) => boolean>} */
export async function muted({ highlights }) {
    const kept = await all(), found = new Set();
    if (Object.keys(kept).length) {
        for (const highlight of highlights) {
            for (const reason of highlight.reasons) if (await hash(highlight.text, reason) in kept) found.add(reason);
        }
    }
    return (_, reason) => found.has(reason);
}

/** A file of labels: what the engine said of these sentences, and what the reader made of it. @param {Record<string, Verdict>} kept */
export function labels(kept) {
    return {
        format: "provenance-labels",
        version: VERSION,
        sentences: Object.entries(kept).map(([id, verdict]) => ({ id, text: verdict.sentence, url: verdict.url, date: verdict.date,
            engine: verdict.engine, mark: verdict.mark, reason: verdict.code, evidence: verdict.evidence,
            label: verdict.verdict === "wrong" ? "wrong" : "unwanted" })),
    };
}
