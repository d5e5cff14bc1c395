"""A finger alone: a tap on a marked sentence opens its card, a tap beside it or on its cross closes it."""

from __future__ import annotations

from typing import Any

import pytest

MIDDLE = "() => { const {x, y} = document.querySelector('article b').getBoundingClientRect(); return [x + 20, y + 6]; }"
MARGIN = "() => { const {right, y} = document.querySelector('h1').getBoundingClientRect(); return [right - 8, y + 8]; }"
WATCH = """() => { window.kinds = new Set(); for (const type of ["pointerdown", "pointermove", "click"])
    addEventListener(type, ({isTrusted, pointerType}) => window.kinds.add(`${isTrusted} ${type} ${pointerType}`)); }"""
CROSS = """() => { const {x, y, width, height} = provenance.host.shadow.querySelector(".close").getBoundingClientRect();
    return [x + width / 2, y + height / 2]; }"""


@pytest.fixture
def story(reader: Any, site: Any) -> Any:
    reader.goto(site.url("story.html"))
    assert reader.toggle()["state"] == "on"
    reader.page(WATCH)
    return reader


def test_a_tap_opens_the_card_and_a_tap_beside_it_closes_it(story: Any) -> None:
    story.tap(*story.page(MIDDLE))
    assert "Unnamed source" in story.until(story.card)
    story.tap(*story.page(MARGIN))
    story.until(lambda: story.card() is None)
    assert set(story.page("() => [...window.kinds]")) == {"true pointerdown touch", "true click touch"}


def test_a_tap_on_the_cross_closes_the_card(story: Any) -> None:
    story.tap(*story.page(MIDDLE))
    story.until(story.card)
    story.tap(*story.content(CROSS))
    story.until(lambda: story.card() is None)
