"""Whom a mention stands for: a pronoun, a short name or a description, and the fuller words for it in the article."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from provenance.language.network.heads import Floats, Heads
from provenance.language.network.mentions import Span, words

PRONOUNS = frozenset(
    ["he", "she", "they", "it", "who", "him", "her", "them", "his", "hers", "their", "its", "i", "we", "you"]
)
TITLES = frozenset(["mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "president", "senator", "sir"])
FAR = 400  # tokens; the reader of an article has forgotten what lies further back


class References:
    """The mentions of one article that something may stand for."""

    def __init__(self, heads: Heads, x: Floats, names: Sequence[Span], said: Sequence[str]) -> None:
        """names: where names stand, in order; said: their words."""
        self.heads, self.x, self.names, self.said = heads, x, names, said
        self._full: dict[str, list[tuple[list[str], str]]] = {}  # by its last word: the names of several words
        for name in said:
            own = words(name)
            if len(own) > 1:
                self._full.setdefault(own[-1], []).append((own, name))

    def fuller(self, name: str) -> str | None:
        """The first name of the article that ends like this one and has more words."""
        own = [w for w in words(name) if w not in TITLES]
        if own:
            for longer, other in self._full.get(own[-1], []):
                if len(longer) > len(own) and longer[-len(own) :] == own:
                    return other
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
            allowed = [j for j, s in enumerate(spans) if s[1] <= mention[0] and mention[0] - s[0] <= FAR]
            if text.lower() not in PRONOUNS:
                allowed.append(len(spans))  # a description may stand for itself
            best = allowed[int(np.argmax(scores[i, allowed]))] if allowed else len(spans)
            if best == len(spans):
                resolved[mention] = None
                continue
            name = candidates[spans[best]]
            resolved[mention] = resolved.get(spans[best]) or self.fuller(name) or name
        return [resolved[m] for m in mentions]


def is_name(text: str) -> bool:
    """Whether a capital stands elsewhere than at the start of several words."""
    if text.lower() in PRONOUNS:
        return False
    return any(c.isupper() for c in text[1:]) or (text[:1].isupper() and " " not in text)
