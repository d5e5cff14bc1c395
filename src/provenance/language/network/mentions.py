"""Names in a text, and when two of them may be one: what a pronoun or a short name can stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS

Span = tuple[int, int]  # first token, one past the last

_INSIDE = {"of", "the", "for", "and", "de", "van", "von", "al", "bin", "la", "le", "du", "del", "&"}
_ARTICLES = {"a", "an", "the"}


def words(text: str) -> list[str]:
    """Lower-cased words, without a leading article and a genitive."""
    found: list[str] = re.findall(r"\w+", re.sub(r"['’]s\b", "", text.lower()))
    return found[1:] if len(found) > 1 and found[0] in _ARTICLES else found


def agreement(a: str, b: str) -> float:
    """Shared words against the length of both, 0 to 1."""
    one, other = words(a), words(b)
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def same_name(short: str, full: str) -> bool:
    """Whether a name may be another's shorter form, or agrees with it by half its words."""
    one, other = words(short), words(full)
    return bool(one) and (agreement(short, full) >= 0.5 or (len(other) > 1 and one[-1] == other[-1]))


def names(text: str, starts: Sequence[int] | Any, ends: Sequence[int] | Any) -> list[Span]:
    """Runs of capitalised words as token ranges, small words inside a run included, those that open a sentence not."""
    found: list[Span] = []
    begin = last = -1
    for i in range(len(starts)):
        word = text[starts[i] : ends[i]]
        gap = text[ends[i - 1] : starts[i]] if i else "\n"
        broken = "\n" in gap
        if broken and begin >= 0:
            found.append((begin, last + 1))
            begin = -1
        if word[0].isupper() and word != "I" and (begin >= 0 or word.lower() not in STOP_WORDS):
            begin, last = (i if begin < 0 else begin), i
        elif begin >= 0 and word.lower() not in _INSIDE and word not in {"-", ".", "’", "'"}:
            found.append((begin, last + 1))
            begin = -1
    if begin >= 0:
        found.append((begin, last + 1))
    return found
