"""A news page: its HTML parsed once, and the page text that every position counts in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from provenance.analysis import Warning
from provenance.errors import NoArticle, UnreadableInput

EXCLUDED = frozenset({"script", "style", "noscript", "template", "iframe", "noframes", "noembed"})
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# libxml2 stops at a NUL and drops what it takes for an invalid reference: a space keeps positions and the page.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTROL_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));?(?![0-9a-f])", re.IGNORECASE
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Page:
    """`html`: the page as text; `tree`: its parsed root, not to be changed; `text`: the data of every text node under
    `<body>`, in document order, joined with nothing between, without that inside `EXCLUDED` elements.
    """

    html: str
    tree: HtmlElement
    text: str
    warnings: tuple[Warning, ...] = ()

    @classmethod
    def parse(cls, html: str | bytes, charset: str | None = None) -> Page:
        """Parses a page. For bytes, `charset` (HTTP's) wins over the page's `<meta>`, which wins over UTF-8.

        Raises `UnreadableInput` for a charset nobody knows, `NoArticle` for a page without a body. Bytes that the
        charset has not are replaced, with a warning, as browsers do.
        """
        text, warnings = (html, ()) if isinstance(html, str) else _decode(html, charset)
        clean = _SURROGATE.sub("\ufffd", text)
        clean = _CONTROL_REFERENCE.sub(" ", _CONTROL.sub(" ", clean))
        if not clean.strip():
            raise NoArticle("The page is empty.")
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        try:
            tree = lxml.html.document_fromstring(clean.encode("utf-8"), parser=parser)
        except ParserError as error:
            raise NoArticle("The page is empty.") from error
        body = tree.find("body")
        return cls(clean, tree, "".join(_text_nodes(body)) if body is not None else "", warnings)


def _decode(data: bytes, charset: str | None) -> tuple[str, tuple[Warning, ...]]:
    named = charset or _sniffed(data)
    try:
        codec = codecs.lookup(named)
    except LookupError:
        if charset:
            raise UnreadableInput(f"No charset is called “{charset}”.") from None
        codec = codecs.lookup("utf-8")
    # browsers read these labels as their Windows supersets (WHATWG Encoding Standard)
    name = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}.get(codec.name, codec.name)
    try:
        return data.decode(name), ()
    except UnicodeDecodeError as error:
        detail = f"Some bytes are not {name}, first at {error.start}; they were replaced."
        return data.decode(name, "replace"), (Warning("undecodable", detail),)


def _sniffed(data: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return name
    meta = _META.search(data[:4096])
    return meta.group(1).decode("ascii") if meta else "utf-8"


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
