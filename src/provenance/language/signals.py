"""Phrases that signal a reason by themselves: *allegedly*, *could not be verified*, *denied*.

A phrase inside quotation marks is the speaker's, not the writer's, and is left out.
"""

from __future__ import annotations

from spacy.tokens import Doc

from provenance.language.reading import Signal
from provenance.lexicon import phrases

# How often a phrase of the group is right where it stands, roughly; a trained reader gives a figure of its own.
_CONFIDENCE = {
    "hedged": 0.8,
    "disclaimed": 0.8,
    "disputed": 0.7,
    "accusation": 0.7,
    "anonymous": 0.9,
    "vague": 0.7,
    "hearsay": 0.7,
}


class Signals:
    """Finds the phrases of `signals.toml`."""

    def __init__(self, language: str = "en") -> None:
        self._phrases = phrases("signals", language)

    def find(self, doc: Doc, quoted: list[int]) -> list[Signal]:
        """The signals of a Doc with sentence starts; `quoted` is true for tokens inside quotation marks."""
        sentence_of = {token.i: n for n, sentence in enumerate(doc.sents) for token in sentence}
        return [
            Signal(
                sentence_of[span.start],
                entry.group,
                [[span.start_char, span.end_char]],
                _CONFIDENCE[entry.group],
                "phrase",
            )
            for span, entry in self._phrases.find(doc)
            if not quoted[span.start]
        ]
