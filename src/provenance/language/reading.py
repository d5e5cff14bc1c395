"""What the language stage finds in a text, as plain data: attributions and signals.

This is the interface between whatever reads the language (rules here, a trained network) and the rest of the engine.
All ranges are `[start, end]` code points of the text, end excluded, so that they survive `Doc.to_bytes`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from spacy.tokens import Doc

Ranges = list[list[int]]


@dataclass
class FoundAttribution:
    """One attribution: who (source), by which words (cue), what (content). Any role may be empty but one.

    `kind` is the kind of source, or None where the reader does not say; `refers_to` the words of the article that a
    pronoun or short name stands for, or None.
    """

    source: Ranges
    cue: Ranges
    content: Ranges
    kind: str | None = None
    kind_scores: dict[str, float] = field(default_factory=dict)
    refers_to: str | None = None
    confidence: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass
class Signal:
    """Words of one sentence that speak for a reason (or for `anonymous`), with a probability.

    `sentence` is an index into the Doc's sentences; `evidence` may be empty; `origin` is who says so: `network`, or
    `phrase` for words that say it themselves.
    """

    sentence: int
    code: str
    evidence: Ranges
    confidence: float
    origin: str = "network"

    def to_dict(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass
class Reading:
    """`nested`: attributions inside the content of others, kept apart since corpora that have none count them wrong."""

    attributions: list[FoundAttribution]
    signals: list[Signal]
    nested: list[FoundAttribution] = field(default_factory=list)


class Reader(Protocol):
    """Anything that reads a Doc with sentence starts set."""

    name: str

    def read(self, doc: Doc) -> Reading: ...
