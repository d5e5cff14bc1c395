// The background: which event leads where. It keeps nothing in memory that it needs again, for browsers stop it.
import * as button from "./background/button.js";
import * as feedback from "./background/feedback.js";
import { call, framesOn } from "./background/inject.js";
import * as panel from "./background/panel.js";
import * as settings from "./background/settings.js";
import * as sites from "./background/sites.js";
import { again, refresh, toggle } from "./background/toggle.js";

/** Shows the next (1) or previous (-1) marked sentence; switches on first where nothing is marked yet. @param {number} tabId */
async function move(tabId, by = 1) {
    try {
        let frames = await framesOn(tabId);
        if (!frames.length && (await toggle(tabId)).state === "on") frames = await framesOn(tabId);
        for (const frameId of frames) if (await call(tabId, "move", [by], frameId)) return true;
    } catch { /* a page that cannot be scripted: toggle has said so on the button */ }
    return false;
}

/** A message of our own content scripts. */
async function fromPage(/** @type {any} */ message, /** @type {chrome.runtime.MessageSender} */ { tab, frameId }) {
    const tabId = tab?.id;
    if (tab === undefined || tabId === undefined) return;
    if (message.kind === "panel") await panel.open(tab);
    else if (message.kind === "moved") await sites.onMoved(tabId, tab.url, frameId ?? 0);
    else if (message.kind === "again") await again(tabId, frameId ?? 0);
    else if (message.kind === "count") await button.tell(tabId, { state: "on", placed: message.placed, unplaced: message.unplaced, error: null });
    else if (message.kind === "feedback" && !tab.incognito) await feedback.add(message);
}

const { action, commands, contextMenus, runtime, storage, tabs } = chrome;

action.onClicked.addListener((tab) => { if (tab.id !== undefined) toggle(tab.id); });

commands.onCommand.addListener((command, tab) => {
    if (command === "overview" && tab) panel.open(tab);
    else if (tab?.id !== undefined) move(tab.id, command === "next" ? 1 : -1);
});

// Only what this extension itself sends arrives here: pages have no way in (no externally_connectable). A content script
// runs in a page's process, so that it may say no more than its page's own business; the overview may toggle any tab.
runtime.onMessage.addListener((message, sender, answer) => {
    if (sender.id !== runtime.id) return false;
    const ours = sender.url?.startsWith(runtime.getURL(""));
    const work = ours && message?.kind === "toggle" ? toggle(Number(message.tabId)) : !ours && sender.tab ? fromPage(message, sender) : null;
    work?.then(() => answer(null));
    return work !== null;
});

runtime.onInstalled.addListener(({ reason }) => {
    contextMenus.removeAll(() => {
        contextMenus.create({ id: "overview", title: chrome.i18n.getMessage("menuOverview"), contexts: ["page", "selection", "action"] });
        contextMenus.create({ id: "options", title: chrome.i18n.getMessage("menuOptions"), contexts: ["page"] });
    });
    if (reason === "install") tabs.create({ url: runtime.getURL("welcome/welcome.html"), active: false });
});

contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId === "overview" && tab) panel.open(tab);
    if (menuItemId === "options") runtime.openOptionsPage();
});

tabs.onUpdated.addListener((tabId, { status }, { url }) => { if (status === "complete") sites.onLoaded(tabId, url); });

storage.onChanged.addListener(async (changes, area) => {
    if (area !== "sync" && !changes.feedback) return;
    for (const { id } of await tabs.query({ active: true })) if (id !== undefined) refresh(id);
});

// For tests, and for people with a console: the same functions that the button and the keys call.
self.provenance = { toggle, move, settings };
