"""Sentences are found again where they stand, or not at all."""

from __future__ import annotations

from itertools import pairwise

from generated import NOTHING, Piece, cut_up, page, pieces, wrapped
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from provenance.page import Page
from provenance.placing import Placement, place, place_text

words = st.text("abcdefgh’😀\u0301", min_size=1, max_size=6)
sentences = st.lists(
    st.lists(words, min_size=2, max_size=6).map(lambda found: " ".join(found) + "."),
    min_size=1,
    max_size=6,
    unique_by=lambda text: "".join(text.split()),
)


def dense(text: str) -> str:
    return "".join(text.split())


def article(found: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """An article of these sentences, one a line, and where each stands in it."""
    ranges, at = [], 0
    for sentence in found:
        ranges.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return "\n".join(found), ranges


@st.composite
def pages(draw: st.DrawFn, found: list[str]) -> Piece:
    """A page with these sentences, other matter around each, and copies of some before and after."""
    whole = draw(pieces)
    for copy in draw(st.lists(st.sampled_from(found), max_size=2)):
        whole += wrapped(draw(cut_up(copy)), "div", " hidden") + draw(pieces)
    for sentence in found:
        whole += wrapped(draw(cut_up(sentence)), "p") + draw(pieces)
    for copy in draw(st.lists(st.sampled_from(found), max_size=2)):
        whole += wrapped(draw(cut_up(copy)), "li") + draw(pieces)
    return whole


def check_targets(placement: Placement, text: str, start: int, end: int, page_text: str) -> None:
    target = placement.target(start, end)
    if not dense(text[start:end]):
        assert target is None
        return
    assert target is not None
    assert target.exact == page_text[target.start : target.end]
    assert dense(target.exact) == dense(text[start:end])
    assert target.prefix == page_text[max(0, target.start - 32) : target.start]
    assert target.suffix == page_text[target.end : target.end + 32]


@settings(max_examples=40)
@given(st.data())
def test_every_target_is_exact_on_any_page(data: st.DataObject) -> None:
    found = data.draw(sentences)
    whole = data.draw(pages(found))
    parsed = Page.parse(page(whole))
    assert parsed.text == whole.text
    text, ranges = article(found)
    placement = place(text, ranges, parsed)
    assert not placement.warnings
    for number, (start, end) in enumerate(ranges):
        at = placement.at(number)
        assert at is not None
        assert dense(whole.text[at.start : at.end]) == dense(text[start:end])
        check_targets(placement, text, start, end, whole.text)
        first = data.draw(st.integers(start, end))
        last = data.draw(st.integers(first, end))
        check_targets(placement, text, first, last, whole.text)


@settings(max_examples=40)
@given(st.data())
def test_a_sentence_that_the_page_has_otherwise_has_no_place(data: st.DataObject) -> None:
    found = data.draw(sentences)
    changed = data.draw(st.integers(0, len(found) - 1))
    at = data.draw(st.integers(0, len(found[changed]) - 1))
    other = found[changed][:at] + "Z" + found[changed][at + 1 :]
    shown = [other if number == changed else sentence for number, sentence in enumerate(found)]
    whole = data.draw(pages(shown))
    assume(dense(found[changed]) not in dense(whole.text))
    text, ranges = article(found)
    placement = place(text, ranges, Page.parse(page(whole)))
    assert [warning.sentence for warning in placement.warnings] == [changed]
    assert {warning.code for warning in placement.warnings} == {"unplaced"}
    assert placement.at(changed) is None
    assert placement.target(*ranges[changed]) is None
    assert all(placement.at(number) for number in range(len(found)) if number != changed)


@settings(max_examples=40)
@given(st.data())
def test_of_copies_those_that_read_on_are_chosen(data: st.DataObject) -> None:
    """The article is the only place where the sentences follow each other; teasers stand apart, before and after."""
    found = data.draw(sentences)
    assume(len(found) > 2)
    before = data.draw(st.lists(st.sampled_from(found), max_size=3))
    after = data.draw(st.lists(st.sampled_from(found), max_size=3))
    gap = Piece("<p>" + "Q" * 500 + "</p>", "Q" * 500)

    def shown(parts: list[str], between: Piece) -> Piece:
        whole = NOTHING
        for part in parts:
            whole += Piece(f"<p>{part}</p>", part) + between
        return whole

    teasers = shown(before, gap)
    whole = teasers + gap + shown(found, NOTHING) + gap + shown(after, gap)
    assume(not any(dense(one) in dense(two) for one in found for two in found if one is not two))
    text, ranges = article(found)
    placement = place(text, ranges, Page.parse(page(whole)))
    places = [placement.at(number) for number in range(len(found))]
    assert all(one.end == two.start for one, two in pairwise(places) if one and two)
    assert places[0] is not None
    assert places[0].start == len(teasers.text) + len(gap.text)


def test_a_headline_before_its_story_wins_over_its_teaser_far_off() -> None:
    html = (
        "<body><nav>Bridge closed for a year</nav>" + "<p>Other news.</p>" * 50 + "<h1>Bridge closed for a <i>year</i>"
        "</h1><p>It is old.</p><p>Nobody paid.</p>"
        + "<p>Other news.</p>" * 50
        + "<ul><li>Bridge closed for a year</ul>"
    )
    text, ranges = article(["Bridge closed for a year", "It is old.", "Nobody paid."])
    parsed = Page.parse(html)
    at = place(text, ranges, parsed).at(0)
    assert at is not None
    assert parsed.text[at.end :].startswith("It is old.")


def test_of_a_thousand_copies_the_one_in_the_article_is_found() -> None:
    html = "<body>" + "<p>Read more.</p>" * 1_000 + "<p>It is old.</p><p>Read more.</p>"
    text, ranges = article(["It is old.", "Read more."])
    parsed = Page.parse(html)
    at = place(text, ranges, parsed).at(1)
    assert at is not None
    assert parsed.text[at.start :] == "Read more."


def test_words_across_two_sentences_have_no_one_place() -> None:
    text, ranges = article(["It is old.", "Nobody paid."])
    placement = place(text, ranges, Page.parse("<body><p>It is old.</p><p>Nobody paid.</p>"))
    assert placement.target(3, 20) is None


def test_a_plain_text_is_its_own_page() -> None:
    text, ranges = article(["It is old.", "Nobody paid."])
    placement = place_text(text, ranges)
    target = placement.target(11, 17)
    assert target is not None
    assert (target.exact, target.prefix, target.suffix) == ("Nobody", "It is old.\n", " paid.")
    assert not placement.warnings
