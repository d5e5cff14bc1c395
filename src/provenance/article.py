"""The article of a page: trafilatura's text with the headline first, and what the page says of itself."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import etree

from provenance import headline, metadata, spelling
from provenance.analysis import Warning
from provenance.errors import NoArticle, UnsupportedLanguage
from provenance.language import SUPPORTED, detect
from provenance.page import Page

# On 420 labelled pages the first loses no sentence, and brings a tenth of the furniture of trafilatura's defaults
# (benchmarks/extraction.py). Where it finds next to nothing, the second sees more.
_CAREFUL: dict[str, Any] = {"favor_precision": True, "include_comments": False, "include_tables": False}
_GENEROUS: dict[str, Any] = {"include_comments": False}
_SHORT = 500  # characters
# Menus and error pages can be all that there is to extract: an article has words that end as a sentence does.
_SENTENCE = re.compile(r"(?:\S+[ \u00a0]+){4}\S*[.!?…][”’\"')\]]*(?:\s|$)")


@dataclass(frozen=True)
class Article:
    """`text`: one paragraph a line; the rest is None where the page does not say."""

    text: str
    title: str | None
    byline: str | None
    publisher: str | None
    date: str | None
    language: str | None
    url: str | None
    warnings: tuple[Warning, ...] = ()


def extract(page: Page, *, url: str | None = None, publisher: str | None = None) -> Article:
    """The article of a page. Raises `NoArticle` where trafilatura finds none, `UnsupportedLanguage`."""
    text = _extracted(page)
    if not _SENTENCE.search(text):
        raise NoArticle("No article was found on the page.")
    about = metadata.read(page, url=url, text=text, publisher=publisher)
    return Article(
        text=headline.first(text, headline.shown(page, about.title)),
        title=about.title,
        byline=about.byline,
        publisher=about.publisher,
        date=about.date,
        language=_checked(text, about.language),
        url=url or about.url,
        warnings=page.warnings,
    )


def from_text(text: str, *, url: str | None = None, publisher: str | None = None) -> Article:
    """A plain text as an article; `text` stays as it is, to the character."""
    if not text.strip():
        raise NoArticle("The text is empty.")
    name = metadata.publisher_name([publisher, url], "", text)
    return Article(text, None, None, name, None, _checked(text, None), url)


def _extracted(page: Page) -> str:
    tree = copy.deepcopy(page.tree)
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)  # trafilatura loses the text that follows one
    if spelling.has_controls(page.text):
        spelling.strip_controls(tree)
    text = trafilatura.extract(tree, **_CAREFUL) or ""
    if len(text) < _SHORT:
        text = max(text, trafilatura.extract(tree, **_GENEROUS) or "", key=len)
    return spelling.as_on_page(text, page.text)


def _checked(text: str, stated: str | None) -> str:
    language = detect(text, stated)
    if language not in SUPPORTED:
        raise UnsupportedLanguage(language, SUPPORTED)
    return language
