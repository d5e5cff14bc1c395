"""What a page says of itself, in the forms that pages use, and what no page should be believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import metadata, outlets
from provenance.page import Page

TEXT = "The bridge is closed.\n"


def about(head: str, body: str = "", *, url: str | None = None, text: str = TEXT) -> metadata.About:
    page = Page.parse(f"<html><head>{head}</head><body>{body}<p>The bridge is closed.</p></body></html>")
    return metadata.read(page, url=url, text=text, publisher=None)


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


SITE = '<meta property="og:site_name" content="{}">'


@pytest.mark.parametrize(
    ("head", "url", "publisher"),
    [
        (SITE.format("WIRED"), None, "Wired"),
        (SITE.format("The Sampleton Herald"), "https://www.nytimes.com/a", "The Sampleton Herald"),
        (linked(publisher={"name": "reuters.com"}), None, "Reuters"),
        ("", "https://www.wired.com/story/a", "Wired"),
        ("", "https://www.sampleton.example/a", "sampleton.example"),
        ('<link rel="canonical" href="https://www.bbc.co.uk/news/1">', None, "BBC"),
        (SITE.format("//cdn.sampleton.example/logo"), "https://www.reuters.com/a", "Reuters"),
        (SITE.format("Law &amp;amp; Sample"), None, "Law & Sample"),
        ("", None, None),
    ],
)
def test_publisher(head: str, url: str | None, publisher: str | None) -> None:
    assert about(head, url=url).publisher == publisher


@pytest.mark.parametrize("name", ["http://[.x", "//[::.y]", "https://", "@type"])
def test_an_address_that_is_none_breaks_nothing(name: str) -> None:
    assert about(SITE.format(name), url="https://www.reuters.com/a").publisher in {"Reuters", name}


@pytest.mark.parametrize("dateline", ["SAMPLETON, Jan 3 (Reuters) - It is closed.", "SAMPLETON (AP) — It is closed."])
def test_an_agency_in_the_dateline_is_the_publisher_of_a_reprint(dateline: str) -> None:
    name = about(SITE.format("The Sampleton Herald"), text=dateline).publisher
    assert name is not None
    assert outlets.is_agency(name)


def test_an_agency_as_author_is_the_publisher_of_a_reprint() -> None:
    assert (
        about(SITE.format("The Sampleton Herald") + linked(author={"name": "AFP"})).publisher == "Agence France-Presse"
    )


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2024-10-05T01:02:03Z">', "2024-10-05"),
        ('<meta name="pubdate" content="20241005">', "2024-10-05"),
        ('<meta name="date" content="October 5, 2024">', "2024-10-05"),
        ('<meta name="publish-date" value="Sat, 05 Oct 2024 07:36:07 +0530">', "2024-10-05"),
        (linked(datePublished="2024-10-05T01:02:03Z"), "2024-10-05"),
        ('<meta name="date" content="2024-13-45">', None),
        ('<meta name="date" content="1970-01-01T00:00:00Z">', None),
        ('<meta name="date" content="2999-01-01">', None),
        ("", None),
    ],
)
def test_date(head: str, date: str | None) -> None:
    assert about(head).date == date


def test_a_date_in_time_or_address_but_never_in_running_text() -> None:
    assert about("", '<time datetime="2024-10-05">Saturday</time>').date == "2024-10-05"
    assert about("", '<span itemprop="datePublished" content="2024-10-05">Saturday</span>').date == "2024-10-05"
    assert about("", url="https://sampleton.example/2024/10/05/bridge").date == "2024-10-05"
    assert about("", "<p>It was closed on October 5, 2024.</p>").date is None


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ('<meta name="author" content="By Ada Example">', "Ada Example"),
        (linked(author=[{"name": "Ada Example"}, {"name": "Bob Sample"}]), "Ada Example, Bob Sample"),
        ('<meta name="author" content=", The Sampleton Herald">', "The Sampleton Herald"),
        ('<meta property="article:author" content="https://facebook.example/ada">', None),
        ("", None),
    ],
)
def test_byline(head: str, byline: str | None) -> None:
    assert about(head).byline == byline


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/relative", "ftp://sampleton.example", "https:///"])
def test_only_a_web_address_is_an_address(address: str) -> None:
    assert about(f'<link rel="canonical" href="{address}">').url is None


def test_broken_and_huge_metadata_cost_nothing() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    head += f'<script type="application/ld+json">{"[" * 50_000}</script>'
    head += '<meta name="author" content="' + "a" * 100_000 + '">'
    found = about(head + linked(headline="Bridge closed for a year"))
    assert found.title == "Bridge closed for a year"
    assert len(found.byline or "") <= 400


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "@type", "@graph"]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["headline", "author", "publisher", "datePublished", "@graph"]), ANYTHING))
def test_json_ld_of_any_shape_is_read_without_an_error(fields: dict[str, object]) -> None:
    found = about(linked(**fields))
    assert found.title is None or isinstance(found.title, str)
