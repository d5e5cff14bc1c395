// The server: one question and its answer.
import { Failed, problem, stated } from "./problems.js";

const PATIENCE = 50_000; // ms for one answer, all tries together; the server's own deadline is shorter
const WAIT_AT_MOST = 3; // s before another try where the server is starting or busy
const TRIES = 4;
const VERSIONS = ["1"];

/**
 * @typedef {{address: string, token: string}} Server
 */

function headers(/** @type {Server} */ server, isPrivate = false) {
    return {
        "Content-Type": "application/json",
        ...(server.token ? { Authorization: `Bearer ${server.token}` } : {}),
        ...(isPrivate ? { "Cache-Control": "no-store" } : {}),
    };
}

/** A request that carries nothing but what is given. @returns {Promise<Response>} */
function send(/** @type {Server} */ server, /** @type {string} */ path, /** @type {RequestInit} */ init) {
    return fetch(new URL(path, server.address), { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error", cache: "no-store", ...init });
}

/**
 * What answers at the address.
 * @param {Server} server
 * @param {boolean} [isPrivate]
 * @returns {Promise<{state: "ready" | "server-off" | "not-provenance", version?: string}>}
 */
export async function health(server, isPrivate = false) {
    /** @type {Response} */
    let response;
    try {
        response = await send(server, "/healthz", { headers: headers(server, isPrivate), signal: AbortSignal.timeout(5000) });
    } catch {
        return { state: "server-off" };
    }
    const body = await response.json().catch(() => ({}));
    return body?.service === "provenance" ? { state: "ready", version: String(body.version) } : { state: "not-provenance" };
}

/** @returns {Promise<never>} says why an answer was none */
async function explain(/** @type {Server} */ server, /** @type {number} */ status, /** @type {boolean} */ isPrivate) {
    const { state } = await health(server, isPrivate);
    throw new Failed(state === "ready" ? problem("server-error", `HTTP ${status}`, status) : problem(state));
}

/**
 * @param {Server} server
 * @param {{html: string, url: string | null}} page
 * @param {boolean} isPrivate from a private window: nothing of it is to be kept
 * @returns {Promise<Answer>}
 * @throws {Failed}
 */
export async function analyze(server, page, isPrivate) {
    const signal = AbortSignal.timeout(PATIENCE), body = JSON.stringify(page);
    for (let tries = 1; ; tries++) {
        /** @type {Response} */
        let response;
        try {
            response = await send(server, "/v1/analyze", { method: "POST", headers: headers(server, isPrivate), body, signal });
        } catch {
            if (signal.aborted) throw new Failed(problem("too-slow"));
            return explain(server, 0, isPrivate);
        }
        const answer = await response.json().catch(() => null);
        if (response.ok && answer?.engine && Array.isArray(answer.highlights)) {
            if (!VERSIONS.includes(answer.version)) throw new Failed(problem("unknown-version", String(answer.version)));
            return answer;
        }
        if (!response.headers.get("Content-Type")?.startsWith("application/problem+json")) return explain(server, response.status, isPrivate);
        const again = [429, 503].includes(response.status) && tries < TRIES;
        if (!again) throw new Failed(stated(response.status, answer ?? {}));
        const seconds = Math.min(Number(response.headers.get("Retry-After")) || 1, WAIT_AT_MOST);
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
}
