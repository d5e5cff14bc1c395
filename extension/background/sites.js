// Sites that the reader chose: read on their own, where the browser has granted access to that one site; or muted.
import { framesOn } from "./inject.js";
import * as settings from "./settings.js";
import { again, toggle } from "./toggle.js";

/** The permission for one site; browsers grant hosts, whatever the port. @param {string} host with a port, if it has one */
export const permission = (host) => ({ origins: [`https://${new URL(`https://${host}`).hostname}/*`] });

/** A page has loaded: reads it if its site was chosen. Without access to the site its address is not even seen here. */
export async function onLoaded(/** @type {number} */ tabId, /** @type {string | undefined} */ address) {
    const url = address ? URL.parse(address) : null;
    if (!url || (await settings.sites())[url.host] !== "auto") return;
    const on = await framesOn(tabId).catch(() => null); // null: no access after all
    if (on?.length === 0) await toggle(tabId);
}

/** A page has become another by its own script: asked about only where the site was chosen. */
export async function onMoved(/** @type {number} */ tabId, /** @type {string | undefined} */ address, /** @type {number} */ frameId) {
    const host = address ? URL.parse(address)?.host : "";
    if (host && (await settings.sites())[host] === "auto") await again(tabId, frameId);
}
