"""Pages made up by hypothesis, with the page text they must have, told from the model and not from any parser."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from provenance.page import EXCLUDED

# what real text nodes hold: entities, no-break and zero-width spaces, soft hyphens, letters in parts, emoji
CHARACTERS = "abcXYZ.,“”’\"'<>&/ \n\t\u00a0\u200b\u00ad\u0301é漢😀𝒜"
WRAPPERS = ("div", "section", "span", "em", "mark", "blockquote", "article")


@dataclass(frozen=True)
class Piece:
    """A piece of a page: its markup, and what it adds to the page text."""

    html: str
    text: str

    def __add__(self, other: Piece) -> Piece:
        return Piece(self.html + other.html, self.text + other.text)


NOTHING = Piece("", "")


def wrapped(piece: Piece, tag: str, attributes: str = "") -> Piece:
    return Piece(f"<{tag}{attributes}>{piece.html}</{tag}>", piece.text)


def joined(pieces: list[Piece]) -> Piece:
    return sum(pieces, NOTHING)


@st.composite
def written(draw: st.DrawFn, text: str) -> Piece:
    """A text in one of the ways to write it: each character itself, or as a reference."""
    way = draw(st.sampled_from(["plain", "decimal", "hexadecimal"]))
    html = escape(text, quote=False)
    if way != "plain":
        form = "&#{};" if way == "decimal" else "&#x{:x};"
        html = "".join(form.format(c) for c in map(ord, text))
    return Piece(html.replace("\u00a0", "&nbsp;"), text)


texts = st.text(CHARACTERS, min_size=1, max_size=12).flatmap(written)
comments = st.sampled_from(["a comment", " <p>not shown</p> ", "é😀"]).map(lambda c: Piece(f"<!--{c}-->", ""))
excluded = st.tuples(st.sampled_from(sorted(EXCLUDED)), st.sampled_from(["", "not shown", "var a = 1 && 2;"])).map(
    lambda given: Piece(f"<{given[0]}>{given[1]}</{given[0]}>", "")
)
breaks = st.sampled_from([Piece("<br>", ""), Piece('<img alt="not shown">', ""), Piece('<input value="no">', "")])
pieces = st.recursive(
    texts | comments | excluded | breaks,
    lambda inner: st.builds(
        wrapped,
        st.lists(inner, max_size=5).map(joined),
        st.sampled_from(WRAPPERS),
        st.sampled_from(["", ' class="x"', " hidden", ' title="a > b"']),
    ),
    max_leaves=25,
)


def page(piece: Piece) -> str:
    """A whole page around a piece; the first element keeps what parsers do with leading white space out of it."""
    return f"<!doctype html><html><head><title>no</title></head><body><main>{piece.html}</main></body></html>"


@st.composite
def cut_up(draw: st.DrawFn, text: str) -> Piece:
    """A sentence as pages have it: cut into inline elements, with odd white space, comments and excluded elements."""
    found = NOTHING
    for number, word in enumerate(text.split(" ")):
        if number:
            found += draw(st.sampled_from([" ", "  ", "\n\t", "\u00a0"]).flatmap(written))
        inner = draw(written(word))
        if draw(st.integers(0, 3)) == 0:
            inner = wrapped(inner, draw(st.sampled_from(["b", "i", "span"])))
        if draw(st.integers(0, 7)) == 0:
            inner += draw(comments | excluded)
        found += inner
    return found
