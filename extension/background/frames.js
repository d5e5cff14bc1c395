// Frames of the page's own origin that hold an article: each is a request of its own.

const PATIENCE = 2000; // ms
const ARTICLE = 1200; // characters of running text from which a frame may hold an article

/**
 * @param {number} tabId
 * @returns {Promise<number[]>} the ids of the frames to ask about; the page itself is 0 and not among them
 */
export async function withArticles(tabId) {
    const func = (/** @type {number} */ least) => {
        if (window === window.top || innerWidth < 200) return false;
        try {
            void window.top?.document; // throws in a frame of another origin
        } catch {
            return false;
        }
        let length = 0;
        for (const paragraph of document.querySelectorAll("p")) length += paragraph.textContent?.length ?? 0;
        return length >= least;
    };
    // A frame whose document never comes would keep the page itself waiting: those that answer soon are enough.
    const asked = chrome.scripting.executeScript({
        target: { tabId, allFrames: true }, func, args: [ARTICLE], injectImmediately: true,
    });
    /** @type {Promise<Awaited<typeof asked>>} */
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, []));
    const results = await Promise.race([asked.catch(() => []), late]);
    return results.filter(({ frameId, result }) => frameId !== 0 && result).map(({ frameId }) => frameId);
}
