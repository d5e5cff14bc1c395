"""The main way, in both browsers: a click, the marks, the card, and everything gone again."""

from __future__ import annotations

from typing import Any

import pytest

SNAPSHOT = "() => document.documentElement.outerHTML"
HOSTS = "() => document.querySelectorAll('html > :not(head, body)').length"
ANONYMOUS = (
    "A senior official at the roads agency, who spoke on condition of anonymity because the report has not been "
    "published, said that two of the main cables had lost a third of their strength."
)
MIDDLE = """(selector) => { const {x, y, width} = document.querySelector(selector).getBoundingClientRect();
    return [x + Math.min(width / 2, 40), y + 6]; }"""


@pytest.fixture
def story(reader: Any, site: Any) -> str:
    url: str = site.url("story.html")
    reader.goto(url)
    return url


def test_a_click_marks_the_story_and_another_takes_all_away(reader: Any, site: Any) -> None:
    reader.goto(site.url("story.html", "news.test"))  # a host that only the click gives access to
    before = reader.page(SNAPSHOT)
    on = reader.click_and_wait()
    painted = reader.painted()
    assert painted["provenance-anonymous-source"] == ANONYMOUS
    assert "allegedly used steel" in painted["provenance-unverified-claim"]
    assert "Buses will run" not in "".join(painted.values())
    assert int(on["text"]) >= 2
    assert "marked" in on["title"]
    off = reader.click_and_wait()
    assert off["text"] == ""
    assert reader.painted() == {}
    assert reader.page(HOSTS) == 0
    assert reader.page(SNAPSHOT) == before


def test_without_a_click_a_foreign_page_stays_closed(reader: Any, site: Any) -> None:
    reader.goto(site.url("story.html", "paper1.test"))
    result = reader.toggle()
    assert (result["state"], result["error"]["code"]) == ("error", "no-script")
    assert reader.painted() == {}


def test_the_background_may_be_stopped_between_on_and_off(reader: Any, site: Any) -> None:
    reader.goto(site.url("story.html", "paper2.test"))
    on = reader.click_and_wait()
    assert on["text"].isdigit(), on
    reader.stop_background()
    assert reader.click_and_wait()["text"] == ""
    assert reader.painted() == {}


def test_toggles_of_one_tab_wait_for_each_other(reader: Any, story: str) -> None:
    results = reader.run("Promise.all([1, 2, 3].map(() => provenance.toggle(tab)))")
    assert [result["state"] for result in results] == ["on", "off", "on"]


def test_hover_opens_the_card_and_leaving_closes_it(reader: Any, story: str) -> None:
    reader.toggle()
    reader.hover(*reader.page(MIDDLE, "b"))
    card = reader.until(reader.card)
    assert "Unnamed source" in card
    assert "senior official at the roads agency" in card
    assert "The Ferry Post" in card  # the way to this page
    reader.hover(2, 2)
    reader.until(lambda: reader.card() is None)


def test_click_pins_the_card_and_a_click_elsewhere_closes_it(reader: Any, story: str) -> None:
    reader.toggle()
    reader.click(*reader.page(MIDDLE, "b"))
    reader.until(reader.card)
    reader.hover(2, 2)
    assert reader.card()
    reader.click(4, 4)
    reader.until(lambda: reader.card() is None)


def test_the_keyboard_walks_through_the_marks(reader: Any, story: str) -> None:
    reader.toggle()
    reader.page("() => document.querySelector('nav a').focus()")
    focused = "() => provenance.host.shadow?.activeElement?.className ?? null"
    said = '() => provenance.host.shadow.querySelector("[aria-live]").textContent'
    assert reader.command("move", 1)
    assert "Unnamed source" in reader.card()
    assert reader.content(focused) == "card"
    assert "Unnamed source" in reader.content(said)
    assert reader.command("move", 1)
    assert "Not verified here" in reader.card()
    assert "2 of" in reader.content(said)
    assert reader.command("move", -1)
    assert "Unnamed source" in reader.card()
    reader.press("Escape")
    assert reader.card() is None
    assert reader.page("() => document.activeElement.textContent") == "Front page"


def test_the_keyboard_switches_the_marks_on(reader: Any, story: str) -> None:
    assert reader.command("move", 1)
    assert "Unnamed source" in reader.card()


def test_the_page_cannot_look_into_the_card(reader: Any, story: str) -> None:
    reader.toggle()
    reader.command("move", 1)
    assert reader.page("() => document.documentElement.lastElementChild.shadowRoot") is None
    assert reader.page("() => typeof provenance") == "undefined"
    assert "Unnamed source" not in reader.page("() => document.documentElement.textContent")
