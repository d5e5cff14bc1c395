"""The article of a page: all of it, its headline first and once."""

from __future__ import annotations

import pytest
from lxml import etree

from provenance import article, headline
from provenance.errors import NoArticle, UnsupportedLanguage
from provenance.page import Page

STORY = (
    "<p>The old bridge over the river in Sampleton is closed, and it will be for a year, the council said on Monday."
    "</p><p>Engineers found cracks in the spring, according to a report that the council published last week.</p>"
    "<p>It was built in 1931 and carries nine thousand cars on a working day, more than it was ever made for.</p>"
    "<p>Nobody was hurt. Drivers have to take the ferry, which leaves twice an hour and costs two pounds a car.</p>"
)
TITLE = "Bridge closed for a whole year"


def text(body: str, head: str = f"<title>{TITLE}</title>") -> str:
    page = Page.parse(f'<html lang="en"><head>{head}</head><body><article>{body}</article></body></html>')
    return article.extract(page).text


def test_the_headline_is_put_first_and_only_once() -> None:
    found = text(f"<h1>{TITLE}</h1>{STORY}")
    assert found.startswith(TITLE + "\n")
    assert found.count(TITLE) == 1


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (f"<h1>The Sampleton Herald</h1><h2>{TITLE}</h2>", TITLE),  # the h1 is a logo
        (f"<h1><span>Local news | </span>{TITLE} <a>Add to list</a></h1>", TITLE),
        ("<h1>Year without a bridge begins</h1>", "Year without a bridge begins"),  # not what the title says
        ("<h1>Herald</h1>", None),
        ("<h1>One thing that is said</h1><h1>Another thing that is said</h1>", None),
        (f"<h1>{TITLE}<script>no()</script></h1>", TITLE),
        ("", None),
    ],
)
def test_which_heading_is_the_headline(body: str, shown: str | None) -> None:
    assert headline.shown(Page.parse(f"<body>{body}{STORY}"), TITLE) == shown


def test_text_after_a_comment_is_not_lost() -> None:
    assert "closed, and it will be" in text(STORY.replace("closed, and", "closed,<!-- an advertisement --> and"))


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\x01", "\uffff", "\u2060"])
def test_marks_that_do_not_print_stay_in_the_article(mark: str) -> None:
    """Without them the sentence would not be what stands on the page."""
    assert f"En{mark}gineers found cracks" in text(STORY.replace("Engineers", f"En{mark}gineers"))


def test_letters_in_parts_stay_in_parts() -> None:
    assert "Engine\u0301ers" in text(STORY.replace("Engineers", "Engine\u0301ers"))


def test_an_emoji_before_a_lone_surrogate_costs_no_text() -> None:
    assert "costs two pounds a car." in text(STORY.replace("Monday", "Monday 😀 \ud83d"))


@pytest.mark.parametrize("depth", [256, 1_000, 5_000])
def test_an_article_deep_inside_wrappers_is_found(depth: int) -> None:
    assert "costs two pounds a car." in text("<div>" * depth + STORY + "</div>" * depth)


def test_the_page_stays_as_it_was() -> None:
    page = Page.parse(f"<body><article><!-- a --><h1>{TITLE}</h1>{STORY}\x01</article>")
    before = etree.tostring(page.tree, method="html", encoding="unicode")
    article.extract(page)
    assert etree.tostring(page.tree, method="html", encoding="unicode") == before


@pytest.mark.parametrize(
    "html",
    [
        "<body><ul><li>Sign in<li>Close<li>Twitter<li>Facebook<li>Shop</ul>",
        "<frameset><frame src=a></frameset>",
        "<body><script>var story = 'The bridge is closed.'</script>",
        "<html><head><title>Bridge</title></head></html>",
    ],
)
def test_a_page_without_an_article(html: str) -> None:
    with pytest.raises(NoArticle):
        article.extract(Page.parse(html))


def test_another_language_is_named() -> None:
    html = "<body><article>" + (
        "<p>Der Bürgermeister sagte am Montag, dass die Brücke für ein Jahr gesperrt werde, weil der Stahl alt sei.</p>"
    )
    with pytest.raises(UnsupportedLanguage) as raised:
        article.extract(Page.parse(html))
    assert raised.value.found == "de"


def test_a_plain_text_stays_as_it_is() -> None:
    plain = "  A line \r\n\n and\u200b another.\t"
    assert article.from_text(plain).text == plain
