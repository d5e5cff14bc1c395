// Everything that can go wrong, as RFC 9457 problem objects with a code that has words in _locales.

const CODES_BY_STATUS = /** @type {Record<number, string>} */ ({ 401: "token", 403: "refused", 413: "too-large", 429: "busy", 503: "busy" });
const FROM_SERVER = ["no-article", "unsupported-language", "too-slow"];
const COMMANDS = /** @type {Record<string, string>} */ ({ "server-off": "provenance serve", "not-provenance": "provenance serve --port 8378" });

/** A problem of our own making. @param {string} code @returns {Problem} */
export function problem(code, detail = "", status = 0) {
    return { type: `provenance:${code}`, title: chrome.i18n.getMessage(`problem_${code.replaceAll("-", "_")}`), status, detail, code };
}

/** A problem that the server states. @param {number} status @param {any} body @returns {Problem} */
export function stated(status, body) {
    const named = FROM_SERVER.find((code) => String(body.type).endsWith(code));
    const code = named ?? CODES_BY_STATUS[status] ?? "server-error";
    const ours = problem(code, String(body.detail ?? ""), status);
    return { ...body, type: String(body.type ?? ours.type), title: ours.title, status, detail: ours.detail, code };
}

/** What a person needs to know: what happened and the next step. @param {Problem} error */
export function inWords(error) {
    const key = `problem_${error.code.replaceAll("-", "_")}_detail`;
    return { title: error.title, detail: chrome.i18n.getMessage(key, [error.detail]) || error.detail, command: COMMANDS[error.code] ?? "", error: true };
}

/** Something thrown, for throwing on: carries a problem. */
export class Failed extends Error {
    /** @param {Problem} error */
    constructor(error) {
        super(error.title);
        this.problem = error;
    }
}
