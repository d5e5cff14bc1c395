// The overview: Chromium's side panel, Firefox's sidebar; a tab of its own where neither can be opened.

/**
 * Opens the overview. Browsers allow it only right after the reader did something, so nothing is awaited before.
 * @param {chrome.tabs.Tab} tab
 */
export async function open(tab) {
    const { sidePanel, sidebarAction } = /** @type {any} */ (chrome);
    try {
        if (sidePanel) await sidePanel.open({ tabId: tab.id });
        else await sidebarAction.open();
    } catch {
        await chrome.tabs.create({ url: chrome.runtime.getURL(`panel/panel.html?tab=${tab.id}`), index: tab.index + 1 });
    }
}
