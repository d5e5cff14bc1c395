"""The ways to the overview, by real keys and clicks: Chromium's side panel, Firefox's sidebar, beside the page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

PANELS = "chrome.extension.getViews().filter(({location}) => location.pathname === '/panel/panel.html')"
SHOWN = f"() => {PANELS}.map(({{document}}) => document.getElementById('title')?.textContent).join()"
ADDRESSES = f"() => {PANELS}.map(({{location}}) => location.search)"
TABS = "async () => (await chrome.runtime.getContexts({contextTypes: ['TAB']})).map(({documentUrl}) => documentUrl)"
CLOSE = f"() => {{ for (const view of {PANELS}) view.close(); }}"
BESIDE_THE_TITLE = """() => { const {x, y} = document.querySelector("h1").getBoundingClientRect();
    const left = globalThis.mozInnerScreenX ?? screenX + (outerWidth - innerWidth) / 2;
    const top = globalThis.mozInnerScreenY ?? screenY + outerHeight - innerHeight;
    return [left + x + 40, top + y + 20]; }"""
FIRST = f"""() => {{ const [view] = {PANELS}, button = view.document.querySelector("#highlights button");
    const {{x, y, width}} = button.getBoundingClientRect();
    return width > 0 && [view.mozInnerScreenX + x + 20, view.mozInnerScreenY + y + 20]; }}"""


@pytest.fixture
def story(seated: Any, site: Any) -> Iterator[Any]:
    """A marked story, and no overview yet."""
    seated.goto_and_focus(site.url("story.html"))
    assert seated.toggle()["state"] == "on"
    yield seated
    close(seated)


def close(seated: Any) -> None:
    seated.background(CLOSE)
    seated.until(lambda: seated.background(ADDRESSES) == [])


def expect_overview(seated: Any) -> None:
    seated.until(lambda: "Harbour bridge" in seated.background(SHOWN), seconds=90)


def is_beside(seated: Any) -> bool:
    """Whether the overview is beside the page, in no tab."""
    return not any("/panel/" in address for address in seated.background(TABS))


def test_its_key_opens_it_beside_the_page(story: Any) -> None:
    story.desktop.press("alt+shift+o")
    expect_overview(story)
    assert is_beside(story)


def test_the_link_in_a_card_opens_it(story: Any) -> None:
    """In Firefox in a tab: a click in a page does not count there as one for the sidebar."""
    assert story.command("move", 1)
    story.press_in_shadow(".overview")
    expect_overview(story)
    assert is_beside(story) == (story.name == "chromium")


def submenu_opens(desktop: Any, windows: int) -> bool:
    """Goes up by one entry of an open menu, and to the right: whether there is another menu."""
    desktop.press("Up", "Right")
    for _ in range(20):
        if desktop.windows() > windows:
            return True
        time.sleep(0.1)
    return False


def test_the_context_menu_opens_it(story: Any) -> None:
    desktop = story.desktop
    before = desktop.windows()
    desktop.click(*story.page(BESIDE_THE_TITLE), button=3)
    story.until(lambda: desktop.windows() > before)
    with_menu = desktop.windows()
    story.until(lambda: submenu_opens(desktop, with_menu), seconds=60)  # the extension's is the last that has one
    desktop.press("Return")  # the first entry of its submenu
    expect_overview(story)
    assert is_beside(story)


def test_it_follows_the_reader_from_tab_to_tab(story: Any, site: Any) -> None:
    story.desktop.press("alt+shift+o")
    expect_overview(story)
    with story.beside("welcome/welcome.html"):
        story.until(lambda: story.background(SHOWN.replace("'title'", "'hint'")).startswith("Open a news story"))
    expect_overview(story)


def test_a_sentence_chosen_in_it_is_shown_on_the_page(story: Any) -> None:
    """In Firefox by the pointer; in Chromium, where the overview has the keys once it opens, by Enter."""
    story.desktop.press("alt+shift+o")
    expect_overview(story)
    if story.name == "firefox":
        story.desktop.click(*story.until(lambda: story.background(FIRST)))
    else:
        story.background(f"() => {{ {PANELS}[0].document.querySelector('#highlights button').focus(); }}")
        story.desktop.press("Return")
    assert "Unnamed source" in story.until(story.card, seconds=90)
