"""Whom a mention stands for: a pronoun, a short name or a description, and the fuller words for it in the article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from provenance.language.network.heads import Floats, Heads
from provenance.language.network.mentions import Span, words

PRONOUNS = frozenset(
    ["he", "she", "they", "it", "who", "him", "her", "them", "his", "hers", "their", "its", "i", "we", "you"]
)
DETERMINERS = frozenset(["a", "an", "the", "this", "that", "his", "her", "its", "their", "one", "another"])
TITLES = "Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|President|Senator|Governor|Chairman|Judge|Justice|Rev|Sir"
BEFORE_NAME = re.compile(rf"^.*\b(?:{TITLES})\b\.?\s+(?=\S)", re.DOTALL)
JOINED = re.compile(r"\b(?:and|for|of|the)\b")


class References:
    """The mentions of one article that something may stand for."""

    def __init__(
        self, heads: Heads, x: Floats, cut: Sequence[Span], names: Sequence[Span], said: Sequence[str]
    ) -> None:
        """cut: the windows, whose vectors cannot be compared; names: where names stand, in order; said: their words."""
        self.heads, self.x, self.names, self.said = heads, x, names, said
        self.begins = [begin for begin, _ in cut]
        self._full: dict[str, Counter[str]] = {}  # by its last word: the names of several words, and how often
        for name in said:
            own = proper(name)
            if len(words(own)) > 1 and not JOINED.search(own):
                self._full.setdefault(words(own)[-1], Counter())[own] += 1

    def fuller(self, name: str) -> str | None:
        """The name of the article that ends like this one and has more words: the most frequent, else the first."""
        own = words(proper(name))
        if not own:
            return None
        for longer, _ in self._full.get(own[-1], Counter()).most_common():
            if len(words(longer)) > len(own) and words(longer)[-len(own) :] == own:
                return longer
        return None

    def of(self, mentions: Sequence[Span], said: Sequence[str]) -> list[str | None]:
        """For each mention the words of the article that it stands for, None where it speaks for itself."""
        candidates = {**dict(zip(mentions, said, strict=True)), **dict(zip(self.names, self.said, strict=True))}
        spans = sorted(span for span, text in candidates.items() if text.lower() not in PRONOUNS)
        resolved: dict[Span, str | None] = {}
        if not mentions:
            return []
        scores = self.heads.pairs("reference", self.x, mentions, spans)
        for i in sorted(range(len(mentions)), key=lambda i: mentions[i]):
            mention, text = mentions[i], said[i]
            if is_name(text):
                resolved[mention] = self.fuller(text)
                continue
            window = self.begins[bisect_right(self.begins, mention[0]) - 1]
            allowed = [j for j, s in enumerate(spans) if window <= s[0] and s[1] <= mention[0]]
            if text.lower() not in PRONOUNS:
                allowed.append(len(spans))  # a description may stand for itself
            elif not allowed:  # a pronoun at the start of a window: who spoke last before it
                before = [s for s in resolved if s[1] <= mention[0]]
                resolved[mention] = self._name(max(before), candidates, resolved) if before else None
                continue
            best = allowed[int(np.argmax(scores[i, allowed]))]
            resolved[mention] = self._name(spans[best], candidates, resolved) if best < len(spans) else None
        return [resolved[m] for m in mentions]

    def _name(self, span: Span, said: Mapping[Span, str], resolved: Mapping[Span, str | None]) -> str:
        """The fullest words for what stands there."""
        return resolved.get(span) or self.fuller(said[span]) or said[span]


def proper(name: str) -> str:
    """A name without what stands before its last title, and without a genitive: *Gen. Lee* and *Lee’s* are *Lee*."""
    return BEFORE_NAME.sub("", name).removesuffix("'s").removesuffix("’s")


def is_name(text: str) -> bool:
    """Whether a mention is a name, and not a pronoun or a description such as *The Republican nominee*."""
    if text.lower() in PRONOUNS or not any(c.isupper() for c in text):
        return False
    first, last = text.split()[0], text.split()[-1]
    return last[:1].isupper() if first.lower() in DETERMINERS else any(c.isupper() for c in text[1:]) or first == last
