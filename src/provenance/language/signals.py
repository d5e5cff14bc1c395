"""Phrases that signal a reason by themselves: *allegedly*, *could not be verified*, *denied*.

A phrase inside quotation marks is the speaker's, not the writer's, and is left out.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

from provenance.language.reading import Signal
from provenance.lexicon import phrases, read

_RIGHT = 0.7  # how often a phrase is right that was not measured

_VERBS = ("accusation", "disputed")  # groups whose phrases are verbs mostly
_REACH = 6  # words between *accused* and its *of*


class Signals:
    """Finds the phrases of `signals.toml`."""

    def __init__(self, language: str = "en") -> None:
        self._phrases = phrases("signals", language)
        self._helpers = frozenset(read("grammar", language)["words"]["auxiliaries"])

    def find(self, doc: Doc, quoted: list[int]) -> list[Signal]:
        """The signals of a Doc with sentence starts; `quoted` is true for tokens inside quotation marks."""
        sentence_of = {token.i: n for n, sentence in enumerate(doc.sents) for token in sentence}
        return [
            Signal(
                sentence_of[span.start],
                entry.group,
                [self._shown(span, entry.group)],
                _RIGHT if entry.right is None else entry.right,
                "phrase",
            )
            for span, entry in self._phrases.find(doc)
            if not quoted[span.start]
        ]

    def _shown(self, span: Span, group: str) -> list[int]:
        """The words to show: a verb with its auxiliaries and what it needs, *has been accused of*, *also alleges*."""
        doc, start, end = span.doc, span.start, span.end
        if group in _VERBS:
            while start > span.sent.start and self._helps(doc[start - 1].lower_):
                start -= 1
            if doc[end - 1].lower_.startswith("accus"):
                end = next((i + 1 for i in range(end, min(end + _REACH, span.sent.end)) if doc[i].lower_ == "of"), end)
            elif doc[end - 1].lower_ == "that":
                end -= 1
        return [doc[start].idx, doc[end - 1].idx + len(doc[end - 1])]

    def _helps(self, word: str) -> bool:
        return word in self._helpers or (word.endswith("ly") and word.isalpha())
