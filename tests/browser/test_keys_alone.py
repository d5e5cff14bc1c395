"""The overview and the options by the keyboard alone: everything can be reached, in order, worked, and left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

WHERE = """() => { const at = document.activeElement;
    return at.id || at.name || (at === document.body ? "" : at.closest("[id]").id); }"""
LABEL = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
IN_ORDER = """() => [...document.querySelectorAll("input, select, button")].filter(({disabled}) => !disabled)
    .map((at) => at.id || at.name || at.closest("[id]").id)"""
SENTENCES = "() => document.querySelectorAll('#highlights button').length"
SAID = "(id) => document.getElementById(id).textContent"


def tab_to(page: Any, wanted: Callable[[str], bool], key: str = "Tab") -> str:
    """Presses Tab until the focus is where it is wanted; what is passed on the way is no business of this."""
    seen: list[str] = []
    for _ in range(60):
        page.press(key)
        seen.append(page(WHERE))
        if wanted(seen[-1]):
            return seen[-1]
    raise AssertionError(f"not reached by {key}: {seen}")


def to(page: Any, place: str, key: str = "Tab") -> None:
    tab_to(page, lambda where: where == place, key)


def write(page: Any, text: str) -> None:
    for letter in text:
        page.press(letter)


@pytest.fixture
def story(reader: Any, site: Any) -> int:
    """The number of a tab with the marked story."""
    reader.goto(site.url("story.html"))
    assert reader.toggle()["placed"] >= 2
    number: int = reader.run("tab")
    return number


@pytest.fixture
def overview(reader: Any, story: int) -> Iterator[Any]:
    with reader.beside(f"panel/panel.html?tab={story}") as page:
        reader.until(lambda: not page("() => document.getElementById('story').hidden"))
        yield page


@pytest.fixture
def options(reader: Any) -> Iterator[Any]:
    with reader.beside("options/options.html") as page:
        reader.until(lambda: "is running" in page(SAID, "server-state"))
        yield page


def test_tab_goes_through_the_overview_from_top_to_bottom(overview: Any) -> None:
    count = overview(SENTENCES)
    sources = overview("() => document.querySelectorAll('#sources summary').length")
    expected = ["search", "mark", "reason", "sure", *["highlights"] * count, *["sources"] * sources, "export"]
    seen = []
    for _ in expected:
        overview.press("Tab")
        seen.append(overview(WHERE))
    assert seen == expected
    overview.press("Shift+Tab")
    assert overview(WHERE) == "sources"


def test_search_and_filters_work_by_keys(reader: Any, overview: Any) -> None:
    everything = overview(SENTENCES)
    to(overview, "search")
    write(overview, "allegedly")
    reader.until(lambda: overview(SENTENCES) == 1)
    assert overview(SAID, "shown") == f"1 of {everything} shown"
    for _ in "allegedly":
        overview.press("Backspace")
    reader.until(lambda: overview(SENTENCES) == everything)
    for field in ("mark", "reason"):
        to(overview, field)
        overview.press("ArrowDown")
        reader.until(lambda: overview(SENTENCES) < everything)
        overview.press("Home")
        reader.until(lambda: overview(SENTENCES) == everything)
    to(overview, "sure")
    overview.press("ArrowRight")
    reader.until(lambda: overview(SAID, "sure-value") == "5 %")


def test_enter_on_a_sentence_shows_it_on_the_page(reader: Any, overview: Any, story: int) -> None:
    to(overview, "highlights")
    overview.press("Enter")
    card = '() => provenance.host.shadow?.querySelector(".card")?.innerText ?? ""'
    reader.until(lambda: "Unnamed source" in reader.in_tab(story, card))


def test_an_unfolded_source_stays_so_when_the_page_reports_anew(reader: Any, overview: Any, story: int) -> None:
    to(overview, "sources")
    overview.press("Enter")
    reader.until(lambda: overview("() => document.querySelector('#sources details').open"))
    name = overview(LABEL)
    # A live page: one of its marks goes, which the overview hears of.
    reader.in_tab(story, "() => { document.querySelector('article b').firstChild.insertData(4, 'not '); }")
    reader.until(lambda: "no longer on the page" in overview(SAID, "highlights"))
    assert overview("() => document.querySelector('#sources details').open")
    assert (overview(WHERE), overview(LABEL)) == ("sources", name)


def test_tab_goes_through_the_options_from_top_to_bottom(options: Any) -> None:
    expected = options(IN_ORDER)
    assert len(expected) > 20
    options("() => document.activeElement.blur()")
    seen = []
    for _ in expected:
        options.press("Tab")
        seen.append(options(WHERE))
    assert seen == expected


def test_choices_are_made_by_keys(reader: Any, options: Any) -> None:
    looks = "async () => await chrome.storage.sync.get(null)"
    to(options, "mark-unverified-claim")
    options.press(" ")
    reader.until(lambda: reader.background(looks).get("marks") == ["anonymous-source"])
    to(options, "textSize")
    options.press("ArrowRight")
    reader.until(lambda: reader.background(looks).get("textSize") == 15)
    to(options, "reason-hedged")
    options.press("ArrowDown")
    reader.until(lambda: reader.background(looks).get("reasons") == {"hedged": "quiet"})


def test_the_address_of_the_server_is_set_by_keys(reader: Any, options: Any) -> None:
    to(options, "address")
    write(options, "x")  # the field is selected as a whole when Tab comes to it
    options.press("Enter")
    said = reader.until(lambda: options("() => document.getElementById('address').validationMessage"))
    assert said
    assert options(WHERE) == "address"


def test_a_site_is_muted_and_let_go_by_keys(reader: Any, options: Any) -> None:
    to(options, "host")
    write(options, "paper1.test")
    to(options, "muted")
    options.press("Enter")
    reader.until(lambda: "paper1.test" in options(SAID, "sites"))
    to(options, "sites")
    options.press("Enter")
    reader.until(lambda: options(SAID, "sites") == "")
    assert options(WHERE) == "sites"  # and not lost to the top of the page


def test_verdicts_are_undone_by_keys_one_after_the_other(reader: Any, options: Any) -> None:
    verdict = {"verdict": "muted", "mark": "anonymous-source", "code": "anonymous", "evidence": "", "url": None,
               "n": 1, "engine": {"version": "0"}, "date": "2026-01-01"}  # fmt: skip
    said = ["A clerk, who would not be named, said so.", "Another clerk, who would not be named, said so too."]
    reader.store(
        "local", {"feedback": {key: {**verdict, "sentence": text} for key, text in zip("ab", said, strict=True)}}
    )
    reader.until(lambda: options("() => document.querySelectorAll('#feedback button').length") == 2)
    to(options, "feedback")
    assert said[0] in options(LABEL)
    options.press("Enter")
    reader.until(lambda: options("() => document.querySelectorAll('#feedback button').length") == 1)
    assert said[1] in options(LABEL)  # the focus is on the next one
    options.press("Enter")
    reader.until(lambda: "Nothing yet" in options(SAID, "feedback"))
    assert options(WHERE) == "feedback"
    assert reader.background("async () => (await chrome.storage.local.get('feedback')).feedback") == {}
    to(options, "reset")
