"""One article as the second half of the engine sees it: its text, its sentences, who says what in it."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Doc

Range = tuple[int, int]  # code points of the text, end excluded


@dataclass(frozen=True)
class Statement:
    """An attribution with its words as ranges of the text, and the sentences that it touches.

    `kind` and `refers_to` are the language stage's opinion, None where it has none.
    """

    id: str
    mention: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    sentence: int
    sentences: tuple[int, ...]
    quote: str
    confidence: float
    kind: str | None = None
    refers_to: str | None = None
    informs: bool = True  # whether the source passes on information: not of a question, a wish, a narrator
    sure: float = 1.0  # of the kind, where the language stage says it
    continues: str | None = None  # the statement with the cue, where this one only goes on with its words

    @property
    def start(self) -> int:
        return min(start for start, _ in (*self.mention, *self.cue, *self.content))


@dataclass(frozen=True)
class Signal:
    """Words of a sentence that speak for a reason, with a probability; `origin`: `network` or `phrase`."""

    sentence: int
    code: str
    evidence: tuple[Range, ...]
    confidence: float
    origin: str


@dataclass
class Story:
    """The article's Doc, and where its sentences are (white space around them trimmed)."""

    doc: Doc
    sentences: Sequence[Range]
    publisher: str | None
    statements: Sequence[Statement] = field(default_factory=list)
    signals: Sequence[Signal] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        return self.doc.text  # joined anew by spaCy at every call

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, position: int) -> int:
        """The index of the sentence that holds a character, or of the last one before it."""
        return max(0, bisect.bisect_right(self._starts, position) - 1)

    def words(self, ranges: Sequence[Range]) -> str:
        """The words of ranges, as one text with its white space folded."""
        return " ".join(" ".join(self.text[start:end].split()) for start, end in ranges)

    def within_sentences(self, ranges: Sequence[Range]) -> list[tuple[int, Range]]:
        """Ranges cut at the ends of sentences, each with its sentence's index; white space outside is dropped."""
        cut = []
        for start, end in ranges:
            number = self.sentence_at(start)
            while number < len(self.sentences) and self.sentences[number][0] < end:
                s, e = max(start, self.sentences[number][0]), min(end, self.sentences[number][1])
                while s < e and self.text[s].isspace():
                    s += 1
                while e > s and self.text[e - 1].isspace():
                    e -= 1
                if s < e:
                    cut.append((number, (s, e)))
                number += 1
        return cut
