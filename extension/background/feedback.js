// “Not again” and “this is wrong”: kept on this machine, by a hash of sentence and reason; seen, undone and exported in
// the options. Nothing is sent.

/** @typedef {{verdict: "muted" | "wrong", mark: string, code: string, n?: number, sentence: string, evidence: string, engine: Answer["engine"], url: string | null, date: string}} Verdict */

/** @param {string} sentence @param {{mark: string, code: string}} reason @returns {Promise<string>} */
export async function hash(sentence, { mark, code }) {
    const words = sentence.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
    return digest(`${words}\n${mark}\n${code}`, 16);
}

/** @returns {Promise<Record<string, Verdict>>} by hash */
export async function all() {
    return /** @type {any} */ ((await chrome.storage.local.get({ feedback: {} })).feedback);
}

/** Keeps what the reader said of a highlight: one entry for each reason of the marks on its card. */
export async function add(/** @type {Extract<Message, {kind: "feedback"}>} */ { verdict, highlight, marks, engine, url }) {
    const kept = await all();
    for (const reason of highlight.reasons.filter(({ mark }) => marks.includes(mark))) {
        kept[await hash(highlight.text, reason)] = { verdict, mark: reason.mark, code: reason.code, n: highlight.sentence + 1, sentence: highlight.text,
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

/**
 * What the reader made of the engine's marks, in the form of training/labels/: a page each, its sentences by number and
 * hash, ranges for words, and none of the article's own words.
 * @param {Record<string, Verdict>} kept
 */
export async function labels(kept) {
    const pages = new Map();
    for (const { url, engine, date, n, sentence, code, mark, evidence, verdict } of Object.values(kept)) {
        const page = pages.get(url) ?? { url, passes: 1, engine, sentences: [] };
        pages.set(url, page);
        const text = sentence.replace(/\s+/g, " ").trim(), sha256 = await digest(text, 8);
        let label = page.sentences.find((/** @type {any} */ other) => other.sha256 === sha256);
        if (!label) page.sentences.push(label = { n, sha256, date, wrong: [], unwanted: [], evidence: {} });
        const name = mark === "anonymous-source" ? "anonymous" : code;
        label[verdict === "wrong" ? "wrong" : "unwanted"].push(name);
        const at = text.indexOf(evidence);
        const before = [...text.slice(0, at)].length; // code points, as everywhere
        if (at >= 0) label.evidence[name] = [before, before + [...evidence].length];
    }
    return [...pages.values()];
}

/** The first bytes of a SHA-256, in hexadecimal digits. @param {string} words @param {number} length */
async function digest(words, length) {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words));
    return [...new Uint8Array(bytes)].slice(0, length).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
