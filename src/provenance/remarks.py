"""What an article says of silence and denial: comment that was sought, and who denies what. No marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.lexicon import phrases
from provenance.names import without_article
from provenance.sources import Book
from provenance.story import Range, Story


@dataclass(frozen=True)
class Found:
    """`who`: names; `of`: the sentence with the claim that is denied, or None; `words`: what shows it."""

    kind: str
    sentence: int
    who: tuple[str, ...]
    of: int | None
    words: Range


_WHO_ASKED = re.compile(
    r"(?:reached out to|contacted|asked|approached|emailed|messaged)\s+(.+?)"
    r"(?= (?:for|via|by|on|to|about|and the)\b|,|\.|$)",
    re.DOTALL,
)
_WHO_SILENT = re.compile(
    r"^(?:(?:But|And|However,)\s+)?(.+?),? (?:did|has|have|had|could|declined|was|were|would|refused)\b", re.DOTALL
)
_HELPERS = {"has", "have", "had", "also", "repeatedly", "strongly", "both", "since", "later", "flatly"}


class Remarks:
    def __init__(self, story: Story, book: Book) -> None:
        self._story, self._book = story, book
        self._phrases = phrases("remarks")

    def find(self) -> list[Found]:
        """Each sentence's remarks, one of a kind at most."""
        found: dict[tuple[int, str], Found] = {}
        for span, entry in self._phrases.find(self._story.doc):
            number = self._story.sentence_at(span.start_char)
            who = self._who(entry.group, number, (span.start_char, span.end_char))
            of = self._denied(number, span.start_char) if entry.group == "denial" else None
            found.setdefault(
                (number, entry.group), Found(entry.group, number, who, of, (span.start_char, span.end_char))
            )
        return sorted(found.values(), key=lambda remark: remark.words)

    def _who(self, kind: str, number: int, words: Range) -> tuple[str, ...]:
        start, end = self._story.sentences[number]
        text = self._story.text
        speakers = [
            entry.name
            for s in self._story.statements
            if s.sentence == number and any(r[0] < words[1] and words[0] < r[1] for r in s.cue)
            for entry in self._book.of.get(s.id, [])
        ]
        if speakers:
            return tuple(dict.fromkeys(speakers))
        if kind == "denial":
            return _names(_subject(text[start : words[0]]))
        match = _WHO_ASKED.search(text, start, end) or _WHO_SILENT.search(text[start:end])
        return _names(match.group(1)) if match else ()

    def _denied(self, number: int, position: int) -> int | None:
        """The sentence with the claim: this one where a claim stands before the denial, else the one before."""
        start, _ = self._story.sentences[number]
        if len(self._story.text[start:position].split()) >= 6:
            return number
        return number - 1 if number else None


def _names(phrase: str) -> tuple[str, ...]:
    parts = re.split(r",? and (?=[A-Z]|the )", " ".join(phrase.split()))
    return tuple(without_article(part) for part in parts if part and len(part) < 80)


def _subject(before: str) -> str:
    """The noun phrase that ends a clause: `…, which Moscow and Pyongyang have` → `Moscow and Pyongyang`."""
    words = before.split()
    while words and words[-1].lower() in _HELPERS:
        words.pop()
    clause = re.split(r",|\b(?:which|that|but|while|although)\b", " ".join(words))[-1].strip()
    return clause if len(clause.split()) <= 10 else ""
