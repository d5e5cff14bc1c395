"""Private windows: where the reader allows the extension there it works, and the server is told to keep nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from relay import Relay

OPEN = "async (url) => (await chrome.windows.create({url, incognito: true})).tabs[0].id"
LOADED = """async (tab) => { const {status, url, incognito} = await chrome.tabs.get(tab);
    return status === "complete" && url?.startsWith("http") && incognito; }"""
CLOSE = "async (tab) => { await chrome.windows.remove((await chrome.tabs.get(tab)).windowId); }"
MARKED = "() => [...CSS.highlights].filter(([, {size}]) => size).map(([name]) => name)"
ANONYMOUS = "provenance-anonymous-source"


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def private_reader(
    request: pytest.FixtureRequest, start_browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A browser in which the reader has allowed the extension to run in private windows."""
    browser = start_browser(request.param, tmp_path_factory.mktemp(f"private-{request.param}"))
    browser.allow_private()
    yield browser
    browser.close()


@pytest.fixture
def relay(private_reader: Any, server: str) -> Iterator[Relay]:
    """The server that this browser asks."""
    relay = Relay(server)
    private_reader.store("local", {"server": relay.address})
    yield relay
    relay.close()


@pytest.fixture
def window(private_reader: Any, relay: Relay, site: Any) -> Iterator[int]:
    """The number of the tab with the story in a private window."""
    tab: int = private_reader.background(OPEN, site.url("story.html"))
    private_reader.until(lambda: private_reader.background(LOADED, tab), seconds=90)
    yield tab
    private_reader.background(CLOSE, tab)


def test_a_private_window_is_read_and_nothing_of_it_is_to_be_kept(
    private_reader: Any, relay: Relay, window: int, site: Any
) -> None:
    private_reader.click_button(site.url("story.html"))
    private_reader.until(lambda: ANONYMOUS in private_reader.in_tab(window, MARKED, "MAIN"), seconds=90)
    asked = [headers for method, _, headers in relay.requests if method == "POST"]
    assert {headers["cache-control"] for headers in asked} == {"no-store"}


def test_a_question_after_what_went_wrong_says_so_too(private_reader: Any, relay: Relay, window: int) -> None:
    relay.silent = True
    relay.requests.clear()  # of the extension's own pages, which the browser has just opened
    outcome = private_reader.run(f"provenance.toggle({window})")
    assert outcome["state"] == "error"
    assert "/healthz" in [path for _, path, _ in relay.requests]
    assert {headers["cache-control"] for _, _, headers in relay.requests} == {"no-store"}


def test_a_verdict_in_a_private_window_is_not_kept(private_reader: Any, window: int) -> None:
    assert private_reader.run(f"provenance.move({window}, 1)")
    private_reader.in_tab(window, '() => provenance.host.shadow.querySelector(".mute").click()')
    private_reader.until(lambda: ANONYMOUS not in private_reader.in_tab(window, MARKED, "MAIN"))
    kept = "async () => (await chrome.storage.local.get({feedback: {}})).feedback"
    assert private_reader.run(f"provenance.toggle({window})")["state"] == "off"  # after the verdict, in its turn
    assert private_reader.background(kept) == {}


def test_a_common_window_beside_it_says_nothing_of_the_kind(private_reader: Any, relay: Relay, site: Any) -> None:
    private_reader.goto(site.url("story.html"))
    assert private_reader.toggle()["state"] == "on"
    assert "no-store" not in {headers["cache-control"] for _, _, headers in relay.requests}
