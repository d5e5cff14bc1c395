"""The article's words as the page spells them.

trafilatura leaves out characters that do not print (soft hyphens, zero-width spaces, control characters) and composes
letters (NFC). Then a sentence no longer is what stands on the page, and could not be placed there. Lines that stand on
the page but for that are given back as they stand there. Most pages have no such character: then nothing is done.
"""

from __future__ import annotations

import re
import unicodedata

from lxml.html import HtmlElement

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def strip_controls(tree: HtmlElement) -> None:
    """Takes out of a tree what lxml reads but refuses to write: one such character costs trafilatura the page."""
    for element in tree.iter():
        if element.tail and _NO_XML.search(element.tail):
            element.tail = _NO_XML.sub("", element.tail)
        if isinstance(element.tag, str) and element.text and _NO_XML.search(element.text):
            element.text = _NO_XML.sub("", element.text)


def has_controls(text: str) -> bool:
    return _NO_XML.search(text) is not None


def as_on_page(text: str, page: str) -> str:
    """The text with each line spelt as in the page text, where it stands there but for spelling and white space."""
    if _plain(page):
        return text
    folded, places = _folded(page)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        words = _folded(line)[0]
        at = folded.find(words) if words else -1
        if at >= 0:
            found = page[places[at] : places[at + len(words)]]
            if not _plain(found):
                lines[number] = " ".join(found.split())
    return "\n".join(lines)


def _plain(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and all(c.isprintable() or c.isspace() for c in set(text))


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without white space and unprintable characters, in NFC, and where each of its characters begins.

    The list has one place more than the string has characters: the end of the last.
    """
    composed, places = [], []
    i = 0
    while i < len(text):
        end = i + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for c in unicodedata.normalize("NFC", text[i:end]):
            if c.isprintable() and not c.isspace():
                composed.append(c)
                places.append(i)
        i = end
    return "".join(composed), [*places, places[-1] + 1 if places else 0]
