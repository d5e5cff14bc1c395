"""The article in a terminal: marked sentences in colour, the reasons beside them."""

from __future__ import annotations

import textwrap

from provenance.analysis import Analysis, Highlight
from provenance.formats.safe import plain

_COLOUR = {"anonymous-source": "\x1b[35;4m", "unverified-claim": "\x1b[33;4m"}
_DIM, _BOLD, _OFF = "\x1b[2m", "\x1b[1m", "\x1b[0m"
_WIDTH = 100


def write(analysis: Analysis, *, colour: bool = True) -> str:
    """The whole article, one paragraph a block; under each paragraph the reasons for its marks, then the sources."""
    dim, bold, off = (_DIM, _BOLD, _OFF) if colour else ("", "", "")
    marked = {h.sentence: h for h in analysis.highlights}
    lines: list[str] = []
    for paragraph in _paragraphs(analysis):
        shown = [_sentence(analysis, number, marked.get(number), colour) for number in paragraph]
        lines += [*_wrapped(" ".join(shown)), ""]
        for number in paragraph:
            if number in marked:
                lines += [f"    {dim}{_label(r.mark)}: {plain(r.text)}{off}" for r in marked[number].reasons]
        if any(number in marked for number in paragraph):
            lines.append("")
    lines.append(f"{bold}Sources{off}")
    names = {s.id: plain(s.name) for s in analysis.sources}
    for source in analysis.sources:
        via = [" ← ".join(["this page", *(names[i] for i in reversed(way)), names[source.id]]) for way in source.via]
        lines.append(
            f"  {names[source.id]} {dim}({source.kind}){off}"
            + (f"  {dim}{'; '.join(via)}{off}" if any(source.via) else "")
        )
    counts = analysis.summary()
    lines.append("")
    lines.append(
        f"{counts['sentences']} sentences, {counts['attributed']} attributed: "
        f"{counts['anonymous-source']} rest on anonymous sources, {counts['unverified-claim']} carry unverified claims."
    )
    return "\n".join(lines) + "\n"


def _paragraphs(analysis: Analysis) -> list[list[int]]:
    """Indexes of sentences, line by line of the article."""
    groups: list[list[int]] = []
    end = None
    for number, sentence in enumerate(analysis.sentences):
        between = analysis.article.text[end : sentence.start] if end is not None else "\n"
        if "\n" in between:
            groups.append([])
        groups[-1].append(number)
        end = sentence.end
    return groups


def _sentence(analysis: Analysis, number: int, highlight: Highlight | None, colour: bool) -> str:
    sentence = analysis.sentences[number]
    words = plain(" ".join(analysis.article.text[sentence.start : sentence.end].split()))
    if highlight is None:
        return words
    if not colour:
        return f"[{words}]"
    code = "".join(_COLOUR[mark] for mark in highlight.marks)
    return " ".join(f"{code}{word}{_OFF}" for word in words.split(" "))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _label(mark: str) -> str:
    return mark.replace("-", " ")
