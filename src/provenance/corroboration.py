"""Who else in the article says the same as a source that is not named.

Two statements say the same here where most content words of the shorter one stand in the other. That is strict on
purpose: telling a reader that somebody confirms a claim, when he does not, would be worse than staying silent.
"""

from __future__ import annotations

import re

from provenance.sources import Book, Entry
from provenance.story import Statement, Story

_SHARE, _LEAST = 0.6, 4  # of the shorter statement's content words; how many words that must be
_WORD = re.compile(r"[^\W_]{3,}|\d+")
_NEGATION = re.compile(r"\b(?:not|never|no|denied|denies|false)\b|n['’]t\b", re.IGNORECASE)


def corroborators(story: Story, book: Book, entry: Entry) -> list[str]:
    """Ids of the other sources of the article that say what `entry` says."""
    own = [s for s in story.statements if entry in book.of.get(s.id, [])]
    found: dict[str, None] = {}
    for statement in story.statements:
        others = [e for e in book.of.get(statement.id, []) if e is not entry]
        if others and any(_same(story, statement, mine) for mine in own):
            found.update(dict.fromkeys(e.id for e in others if e not in _together(book, own)))
    return list(found)


def _together(book: Book, own: list[Statement]) -> list[Entry]:
    """Sources that speak in the very same statements: one voice, no second one."""
    return [e for s in own for e in book.of.get(s.id, [])]


def _same(story: Story, a: Statement, b: Statement) -> bool:
    first, second = story.words(a.content), story.words(b.content)
    if bool(_NEGATION.search(first)) != bool(_NEGATION.search(second)):
        return False
    words_a, words_b = _content_words(story, first), _content_words(story, second)
    if {w for w in words_a if w.isdigit()} != {w for w in words_b if w.isdigit()}:
        return False
    shorter = min(len(words_a), len(words_b))
    return shorter >= _LEAST and len(words_a & words_b) >= _SHARE * shorter


def _content_words(story: Story, text: str) -> set[str]:
    vocab = story.doc.vocab
    return {w.lower().rstrip("s") for w in _WORD.findall(text) if not vocab[w.lower()].is_stop}
