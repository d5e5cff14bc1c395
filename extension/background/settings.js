// What the reader has chosen. Looks lie in storage.sync; the server's address, its token and the sites in storage.local,
// which only the background and the options page read.

const LOCAL = { server: "http://127.0.0.1:8377", token: "" };
const LOOKS = { marks: ["anonymous-source", "unverified-claim"], strongFrom: 0.8, textSize: 14 };

/** @returns {Promise<{address: string, token: string}>} */
export async function server() {
    const { server: address, token } = await chrome.storage.local.get(LOCAL);
    return { address, token };
}

/** @returns {Promise<typeof LOOKS>} */
export async function looks() {
    return /** @type {any} */ (await chrome.storage.sync.get(LOOKS));
}
