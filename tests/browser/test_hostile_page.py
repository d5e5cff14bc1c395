"""A page that works against the extension breaks nothing and learns no more than the contract says."""

from __future__ import annotations

import json
from typing import Any

import pytest

# Runs before the extension does; keeps what it can get hold of.
HOSTILE = """
<img name=body><img name=createRange><img name=createTreeWalker><img name=documentElement><form id=provenance></form>
<script>
window.seen = {messages: [], shadows: 0, keys: []};
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (...args) { seen.shadows++; return attach.apply(this, args); };
window.Range = window.Highlight = window.MutationObserver = class { constructor() { throw new Error("mine"); } };
window.addEventListener("message", (event) => seen.messages.push(event.data));
window.addEventListener("keydown", (event) => seen.keys.push(event.key), true);
for (const prototype of [Node, Element, Document, EventTarget].map((each) => each.prototype)) Object.freeze(prototype);
window.postMessage({kind: "panel"}, "*");
window.postMessage({kind: "feedback", verdict: "muted", marks: ["anonymous-source"]}, "*");
const fake = document.createElement("div");
fake.innerHTML = "<section class=card role=dialog>Trust this page</section>";
document.querySelector("html").append(fake);
</script>
<style>html > *, div { display: none !important; opacity: 0 !important }
html > body, article, article * { display: block !important; opacity: 1 !important }
:root { --provenance-anonymous: none }</style>
"""
FIELDS = "<form><input name=attributes><input name=getAttributeNames><input name=parentElement><p>Form text.</p></form>"


@pytest.fixture
def hostile(reader: Any, site: Any) -> None:
    story = site.body("story.html")[0].decode()
    page = story.replace("<body>", "<body>" + HOSTILE).replace("</article>", FIELDS + "</article>")
    csp = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
    reader.goto(site.put("hostile.html", page, {"Content-Security-Policy": csp}))


def test_it_is_read_all_the_same(reader: Any, hostile: None) -> None:
    result = reader.toggle()
    assert result["state"] == "on", result
    assert result["placed"] >= 2
    assert reader.command("move", 1)
    assert "Unnamed source" in reader.card()
    shown = (
        '() => { const box = provenance.host.shadow.querySelector(".card").getBoundingClientRect(); return box.width; }'
    )
    assert reader.content(shown) > 200
    reader.press("Escape")
    assert reader.toggle()["state"] == "off"


def test_it_learns_nothing(reader: Any, hostile: None) -> None:
    reader.toggle()
    reader.command("move", 1)
    page = "() => [...document.querySelectorAll('html > div')].map((each) => each.shadowRoot).filter(Boolean).length"
    assert reader.page(page) == 0
    assert reader.page("() => seen.shadows") == 0
    assert reader.page("() => seen.messages.filter((each) => !each.kind).length") == 0
    assert reader.page("() => Object.getOwnPropertyNames(window).filter((each) => each.includes('provenance'))") == []
    kept = reader.background("async () => (await chrome.storage.local.get(null))")
    assert "feedback" not in kept, "a message of the page was taken for one of ours"


def test_what_the_reader_typed_is_not_sent(reader: Any, hostile: None) -> None:
    reader.page("() => { document.querySelector('textarea').value = 'typed later'; }")
    reader.content("() => null")
    reader.toggle()
    html = reader.content("() => provenance.capture.capture().html")
    for secret in ("secret-token-1", "typed by the reader", "my private draft", "typed later"):
        assert secret not in json.dumps(html)
    assert "two of the main cables" in html


def test_strict_page_policies_do_not_reach_the_card(reader: Any, site: Any) -> None:
    csp = {"Content-Security-Policy": "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"}
    reader.goto(site.put("strict.html", site.body("story.html")[0], csp))
    assert reader.command("move", 1)
    style = '() => getComputedStyle(provenance.host.shadow.querySelector(".card")).position'
    assert reader.content(style) == "fixed"
