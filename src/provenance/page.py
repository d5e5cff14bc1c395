"""A news page: its HTML parsed once, and the page text that every position counts in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
import webencodings
from lxml.etree import ParserError
from lxml.html import HtmlElement

from provenance.analysis import Warning
from provenance.errors import NoArticle, UnreadableInput

EXCLUDED = frozenset({"script", "style", "noscript", "template", "iframe", "noframes", "noembed"})
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_WRAPPERS = re.compile(r"</?(?:div|span|section|font|center|b|i|u|big|small|em|strong)(?:\s[^<>]*)?>", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """`tree`: the parsed root, not to be changed; `text`: the data of every text node under `<body>`, in document
    order, joined with nothing between, without that inside `EXCLUDED` elements.
    """

    tree: HtmlElement
    text: str
    warnings: tuple[Warning, ...] = ()

    @classmethod
    def parse(cls, html: str | bytes) -> Page:
        """Parses a page. For bytes, a byte order mark wins over the page's `<meta>`, which wins over UTF-8.

        Bytes that the charset has not are replaced, with a warning, as browsers do. Raises `UnreadableInput` for bytes
        that are no text, `NoArticle` for a page without anything in it.
        """
        text, warnings = (html, ()) if isinstance(html, str) else _decode(html)
        # Neither can be in a tree; browsers put the same in their place. One for one: positions stay.
        text = _SURROGATE.sub("\ufffd", text).replace("\0", "\ufffd")
        if not text.strip():
            raise NoArticle("The page is empty.")
        tree, whole = _parse(text)
        if not whole:  # thousands of elements in each other: those that only wrap can go without a loss of text
            tree, whole = _parse(_WRAPPERS.sub("", text))
        if not whole:
            raise NoArticle("The page nests its elements more deeply than parsers follow.")
        body = tree.find("body")
        return cls(tree, "".join(_text_nodes(body)) if body is not None else "", warnings)


def _parse(html: str) -> tuple[HtmlElement, bool]:
    """The tree, and whether all of the page is in it: libxml2 drops what stands deeper than 2,048 elements."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8"), parser=parser)
    except ParserError as error:
        raise NoArticle("The page is empty.") from error
    return tree, not any("depth" in entry.message for entry in parser.error_log)


def _decode(data: bytes) -> tuple[str, tuple[Warning, ...]]:
    """Text by the labels of the WHATWG Encoding Standard; a page that names a charset nobody knows is read as UTF-8."""
    meta = _META.search(data[:4096])
    stated = webencodings.lookup(meta.group(1).decode("ascii")) if meta else None
    # A `<meta>` that can be read as ASCII cannot be UTF-16 (HTML Standard, prescan).
    fallback = stated if stated and not stated.name.startswith("utf-16") else webencodings.UTF8
    text, used = webencodings.decode(data, fallback)
    odd = len(_NO_TEXT.findall(text))
    if odd > 0.1 * len(text):
        raise UnreadableInput("This is no text: neither a page nor an article.")
    lost = text.count("\ufffd")
    if lost and not (used.name == "utf-8" and lost == data.count(b"\xef\xbf\xbd")):
        detail = f"Bytes that {used.name} does not have were replaced by U+FFFD."
        return text, (Warning("replaced-bytes", detail),)
    return text, ()


def _text_nodes(root: HtmlElement) -> Iterator[str]:
    """The strings of an element in document order; without recursion, since pages nest as deep as they like."""
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        if done:
            yield element.tail or ""
            continue
        if element is not root:
            stack.append((element, True))
        if not isinstance(element.tag, str) or element.tag in EXCLUDED:
            continue
        yield element.text or ""
        stack.extend((child, False) for child in reversed(element))
