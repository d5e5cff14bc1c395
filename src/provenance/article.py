"""The article of a page: trafilatura's text with the headline first, and what the page says of itself."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import trafilatura

from provenance import metadata, spelling
from provenance.analysis import Warning
from provenance.errors import NoArticle, UnsupportedLanguage
from provenance.language import SUPPORTED, detect
from provenance.page import Page


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
    if not text.strip():
        raise NoArticle("No article was found on the page.")
    about = metadata.read(page, url=url, text=text, publisher=publisher)
    return Article(
        text=_with_headline(text, metadata.headline(page, about.title)),
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
    if spelling.has_controls(page.text):
        spelling.strip_controls(tree)
    return spelling.as_on_page(trafilatura.extract(tree, include_comments=False) or "", page.text)


def _checked(text: str, stated: str | None) -> str:
    language = detect(text, stated)
    if language not in SUPPORTED:
        raise UnsupportedLanguage(language, SUPPORTED)
    return language


def _with_headline(text: str, headline: str | None) -> str:
    """The headline first, unless the text has it near its beginning already."""
    if not headline:
        return text
    opening = " ".join(text[: 3 * len(headline) + 300].split())
    return text if headline in opening else f"{headline}\n{text}"
