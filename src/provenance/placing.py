"""Where the sentences of the article stand in the page text.

trafilatura gives text, not places. Each sentence is looked for in the page text with all white space left out; most
stand there once. Where one stands several times (a teaser, a caption, a hidden copy), the copies are chosen together,
so that the whole reads on as it does in the article. A sentence that is not there, to the character but for white
space, has no place: a warning, never a wrong place.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Protocol

from provenance.analysis import Place, Target, Warning
from provenance.page import Page
from provenance.story import Range

_CONTEXT = 32  # code points of prefix and suffix
_MOST_FOUND = 5_000  # copies of one sentence that are looked at
_MOST_COPIES = 24  # of one sentence that are weighed: those nearest to a neighbour that stands there once


class Placement(Protocol):
    """Places of an article's sentences; `warnings` has one for each sentence without."""

    warnings: tuple[Warning, ...]

    def at(self, sentence: int) -> Place | None: ...

    def target(self, start: int, end: int) -> Target | None:
        """The page's words for a range of the article inside one sentence; None where that has no place."""
        ...


def place(text: str, sentences: Sequence[Range], page: Page) -> Placement:
    """Finds every sentence of an article in its page."""
    return _OnPage(text, sentences, page.text)


def place_text(text: str, sentences: Sequence[Range]) -> Placement:
    """Places in a plain text are the text's own."""
    return _InText(text, sentences)


class _InText:
    def __init__(self, text: str, sentences: Sequence[Range]) -> None:
        self.warnings: tuple[Warning, ...] = ()
        self._text, self._sentences = text, sentences

    def at(self, sentence: int) -> Place | None:
        return Place(*self._sentences[sentence])

    def target(self, start: int, end: int) -> Target | None:
        return _target(self._text, start, end)


class _OnPage:
    def __init__(self, text: str, sentences: Sequence[Range], page: str) -> None:
        self._page = page
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]
        self._before = [0, *accumulate(not c.isspace() for c in text)]  # dense characters before each position
        self._page_at = [i for i, c in enumerate(page) if not c.isspace()]  # page position of each dense character
        dense_page = "".join(page.split())
        dense = ["".join(text[start:end].split()) for start, end in sentences]
        copies = _nearest([_copies(words, dense_page) for words in dense])
        self._found = _choose(copies, [len(words) for words in dense])
        self.warnings = tuple(
            Warning("unplaced", "The sentence does not stand in the page text as it was extracted.", number)
            for number, found in enumerate(self._found)
            if found is None
        )

    def at(self, sentence: int) -> Place | None:
        start, end = self._sentences[sentence]
        return self._place(sentence, start, end)

    def target(self, start: int, end: int) -> Target | None:
        sentence = bisect.bisect_right(self._starts, start) - 1
        place_ = self._place(sentence, start, end) if sentence >= 0 and end <= self._sentences[sentence][1] else None
        return _target(self._page, place_.start, place_.end) if place_ else None

    def _place(self, sentence: int, start: int, end: int) -> Place | None:
        found = self._found[sentence]
        if found is None:
            return None
        origin = found - self._before[self._sentences[sentence][0]]
        first, last = origin + self._before[start], origin + self._before[end] - 1
        return Place(self._page_at[first], self._page_at[last] + 1) if first <= last else None


def _target(text: str, start: int, end: int) -> Target:
    return Target(start, end, text[start:end], text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT])


def _copies(words: str, page: str) -> list[int]:
    """Where the words stand in the dense page text."""
    found: list[int] = []
    at = page.find(words) if words else -1
    while at >= 0 and len(found) < _MOST_FOUND:
        found.append(at)
        at = page.find(words, at + len(words))
    return found


def _nearest(copies: list[list[int]]) -> list[list[int]]:
    """At most `_MOST_COPIES` of each: those nearest to the last sentence before that stands there once."""
    if all(len(found) <= _MOST_COPIES for found in copies):
        return copies
    anchor = next((found[0] for found in copies if len(found) == 1), 0)
    kept = []
    for found in copies:
        if len(found) == 1:
            anchor = found[0]
        kept.append(sorted(sorted(found, key=lambda at: abs(at - anchor))[:_MOST_COPIES]))
    return kept


def _choose(copies: list[list[int]], lengths: list[int]) -> list[int | None]:
    """One copy of each sentence, so that the way from each to the next is shortest in all (Viterbi)."""
    placed = [number for number, found in enumerate(copies) if found]
    chosen: list[int | None] = [None] * len(copies)
    if not placed:
        return chosen
    costs = [0.0] * len(copies[placed[0]])
    back: list[list[int]] = []
    for previous, number in pairwise(placed):
        ends = [at + lengths[previous] for at in copies[previous]]
        steps = [[cost + _gap(end, at) for cost, end in zip(costs, ends, strict=True)] for at in copies[number]]
        best = [min(range(len(row)), key=row.__getitem__) for row in steps]
        back.append(best)
        costs = [row[i] for row, i in zip(steps, best, strict=True)]
    pick = min(range(len(costs)), key=costs.__getitem__)
    for number, best in zip(reversed(placed[1:]), reversed(back), strict=True):
        chosen[number] = copies[number][pick]
        pick = best[pick]
    chosen[placed[0]] = copies[placed[0]][pick]
    return chosen


def _gap(end: int, start: int) -> float:
    """The cost of going on at `start` after `end`: nothing right there, little near, more far away or backwards."""
    distance = start - end
    return math.log1p(distance) if distance >= 0 else 6.0 + math.log1p(-distance)
