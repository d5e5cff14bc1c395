// The background: which event leads where. It keeps nothing in memory that it needs again, for browsers stop it.
import { call, isOn } from "./background/inject.js";
import { toggle } from "./background/toggle.js";

/** Shows the next (1) or previous (-1) marked sentence; switches on first where nothing is marked yet. @param {number} tabId */
async function move(tabId, by = 1) {
    try {
        if (!await isOn(tabId) && (await toggle(tabId)).state !== "on") return false;
        return await call(tabId, "move", [by]);
    } catch {
        return false; // a page that cannot be scripted: toggle has said so on the button
    }
}

chrome.action.onClicked.addListener((tab) => { if (tab.id !== undefined) toggle(tab.id); });
chrome.commands.onCommand.addListener((command, tab) => {
    if (tab?.id !== undefined && (command === "next" || command === "previous")) move(tab.id, command === "next" ? 1 : -1);
});

// For tests, and for people with a console: the same functions that the button and the keys call.
self.provenance = { toggle, move };
