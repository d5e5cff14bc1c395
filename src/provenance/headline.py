"""The headline as the page shows it, put before the article's text where trafilatura leaves it out."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from provenance.page import EXCLUDED, Page

_SHORTEST, _LONGEST, _MOST = 10, 400, 200  # characters; headings that are looked at


def shown(page: Page, title: str | None) -> str | None:
    """The heading that says what the page's title says, without what stands beside it in the same element.

    An `<h1>` can be the outlet's logo, and a page can have many. Where no heading says what the title says, it is the
    only `<h1>` of some words: a headline other than the title.
    """
    for place in ("//body//h1", "//body//*[@itemprop='headline']", "//body//h2") if title else ():
        found = [_trimmed(_words(element), str(title)) for element in islice(page.tree.xpath(place), _MOST)]
        best = max((text for text in found if _fits(text)), key=lambda text: _likeness(text, str(title)), default="")
        if _likeness(best, str(title)) >= 0.5:
            return best
    alone = {text for element in islice(page.tree.iter("h1"), _MOST) if len((text := _words(element)).split()) > 3}
    return next((text for text in alone if len(alone) == 1 and _fits(text)), None)


def first(text: str, headline: str | None) -> str:
    """The article with its headline first, unless it is near its beginning already."""
    if not headline:
        return text
    opening = text[: 3 * len(headline) + 300]
    lines = opening.split("\n")
    if _dense(headline) in _dense(opening) or any(_likeness(line, headline) > 0.8 for line in lines):
        return text
    return f"{headline}\n{text}"


def _words(element: HtmlElement) -> str:
    """The text of an element as the page text has it, white space collapsed."""
    pieces: list[str] = []

    def walk(inner: HtmlElement, depth: int) -> None:
        if not isinstance(inner.tag, str) or inner.tag in EXCLUDED or depth > 20:
            return
        pieces.append(inner.text or "")
        for child in inner:
            walk(child, depth + 1)
            pieces.append(child.tail or "")

    walk(element, 0)
    return " ".join("".join(pieces).split())


def _fits(heading: str) -> bool:
    return _SHORTEST < len(heading) <= _LONGEST


def _trimmed(heading: str, title: str) -> str:
    """A heading cut down to the title where it holds that and more: a section before it, a button after it."""
    title = " ".join(title.split())
    at = heading.find(title)
    if at >= 0 and len(title) > _SHORTEST:
        return heading[at : at + len(title)]
    return heading


def _likeness(one: str, other: str) -> float:
    """Shared words as a share of the longer list's: titles carry the outlet's name, headings a section's."""
    a, b = (re.findall(r"\w+", text.casefold()) for text in (one, other))
    return len(set(a) & set(b)) / max(len(set(a)), len(set(b)), 1)


def _dense(text: str) -> str:
    return "".join(text.casefold().split())
