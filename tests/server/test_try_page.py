"""`GET /` in a real browser: paste a text or drop a page, see highlights, card and chain, and nothing loaded or run."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Server
from test_openapi import STORY

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright and a browser")

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
PAINTED = """() => {
    const view = document.querySelector("iframe").contentWindow, found = {};
    for (const [name, highlight] of view.CSS.highlights) found[name] = [...highlight].map(String);
    return found;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip("needs /usr/bin/chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any, real: Server) -> Iterator[Any]:
    page = browser.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(f"http://127.0.0.1:{real.port}/")
    yield page
    assert page.faults == []
    page.close()


def drop(page: Any, html: str) -> None:
    page.set_input_files("#file", {"name": "story.html", "mimeType": "text/html", "buffer": html.encode()})
    page.wait_for_selector("#state:has-text('entences')")


def test_a_pasted_text_is_marked_and_explained(page: Any) -> None:
    text = (
        "The harbour will close in April, two officials who asked not to be named said on Monday.\n\n"
        "😀 Two people familiar with the matter told the Daily Gull that the owner reportedly lost a lot of money."
    )
    page.fill("#text", text)
    page.click("text=Analyse")
    page.wait_for_selector("#list li")
    painted = page.evaluate(PAINTED)
    assert any("two officials" in words for words in painted["provenance-anonymous-source"])
    page.click("#list button")
    card = page.evaluate("document.getElementById('card').shadowRoot.textContent")
    assert "not name" in card or "unnamed" in card.lower()


def test_a_dropped_page_is_marked_in_place(page: Any, real: Server) -> None:
    drop(page, STORY)
    found = real.analyze(STORY).json["highlights"]
    assert found
    painted = page.evaluate(PAINTED)
    for highlight in found:
        for mark in highlight["marks"]:
            words = "".join(painted[f"provenance-{mark}"])
            assert "".join(highlight["text"].split()) in "".join(words.split())
    # a click on a marked sentence in the frame opens its card
    frame = page.frame_locator("#page")
    frame.locator("text=two officials").click()
    assert page.evaluate("document.getElementById('card').shadowRoot.querySelector('.card') !== null")


def test_nothing_of_a_dropped_page_runs_or_loads(page: Any, real: Server) -> None:
    asked: list[str] = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    trap = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=trap.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{trap.server_port}"
    hostile = f"""<script src="{there}/script"></script><link rel=stylesheet href="{there}/sheet">
<link rel=preload as=image href="{there}/preload"><meta http-equiv=refresh content="0;url={there}/refresh">
<base href="{there}/"><style>@import url({there}/import); body {{ background: url({there}/background) }}</style>
<img src="{there}/image" onerror="parent.ran = 1"><iframe src="{there}/frame"></iframe><object data="{there}/object">
</object><svg onload="parent.ran = 1"><image href="{there}/svg"></image></svg><video poster="{there}/poster"></video>
<p style="background: url({there}/inline)">x</p><form action="{there}/form"><button>go</button></form>
<a id=link href="{there}/link">link</a><script>parent.ran = 1</script>"""
    try:
        drop(page, STORY.replace("</article>", hostile + "</article>"))
        page.frame_locator("#page").locator("#link").click()
        page.frame_locator("#page").locator("button").click()
        page.wait_for_timeout(500)
        assert asked == []
        assert page.evaluate("window.ran") is None
        assert page.evaluate("location.pathname") == "/"
    finally:
        trap.shutdown()


def test_what_went_wrong_is_said(page: Any) -> None:
    page.set_input_files("#file", {"name": "x.html", "mimeType": "text/html", "buffer": b"<title>x</title>"})
    page.wait_for_selector("#state.error")
    assert "article" in page.inner_text("#state").lower()
