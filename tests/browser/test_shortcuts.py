"""The manifest's commands: each browser grants their keys, and a press of them does what they say.

Browsers leave out a suggested key that they use themselves, without a word.
"""

from __future__ import annotations

from typing import Any

import pytest

KEYS = {"_execute_action": "Alt+Shift+L", "next": "Alt+Shift+J", "previous": "Alt+Shift+K", "overview": "Alt+Shift+O"}
GRANTED = "async () => Object.fromEntries((await chrome.commands.getAll()).map(({name, shortcut}) => [name, shortcut]))"


def press(reader: Any, command: str) -> None:
    reader.desktop.press(KEYS[command].lower())


@pytest.fixture
def story(seated: Any, site: Any) -> Any:
    """A story on a host to which only the reader's own key gives access."""
    seated.goto_and_focus(site.url("story.html", "news.test"))
    return seated


def test_the_browser_grants_every_key(reader: Any) -> None:
    assert reader.background(GRANTED) == KEYS


def test_the_key_of_the_button_switches_on_and_off(story: Any) -> None:
    press(story, "_execute_action")
    story.until(lambda: "provenance-anonymous-source" in story.painted(), seconds=90)
    story.until(lambda: story.button()["text"].isdigit())
    press(story, "_execute_action")
    story.until(lambda: story.painted() == {}, seconds=90)
    story.until(lambda: story.button()["text"] == "")


def test_the_keys_of_the_marks_go_forth_and_back(story: Any) -> None:
    press(story, "next")  # switches on first
    story.until(lambda: story.painted(), seconds=90)  # till then the page is closed to the test too
    for command, number in [("", "1 of"), ("next", "2 of"), ("previous", "1 of")]:
        if command:
            press(story, command)
        story.until(lambda number=number: number in (story.card() or ""), seconds=90)
        assert story.content("() => provenance.host.shadow.activeElement.className") == "card"
    story.desktop.press("Escape")
    story.until(lambda: story.card() is None)
