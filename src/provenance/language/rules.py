"""Attributions by rules over the lexicon: the reader that needs no trained weights.

A cue outside quotation marks is looked for (*said*, *according to*, *cited*); the noun phrase beside it is the source;
what the sentence has besides is the content (`clause.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from provenance.language.clause import Boundaries, Clause, trimmed
from provenance.language.quotes import quotations
from provenance.language.reading import FoundAttribution, Ranges, Reading
from provenance.language.signals import Signals
from provenance.lexicon import phrases, pronouns


class Rules:
    """The rule-based reader. `read` takes a Doc whose sentence starts are set."""

    name = "rules"

    def __init__(self, language: str = "en") -> None:
        self._cues = phrases("cues", language)
        self._signals = Signals(language)
        self._words = Boundaries.load(language)
        closed = self._words.articles | self._words.prepositions | self._words.stop
        #: function words that name nobody, alone or together
        self.hollow = closed - pronouns("relative", language)

    def read(self, doc: Doc) -> Reading:
        quoted = _quoted_tokens(doc)
        attributions = [a for a in self._attributions(doc, quoted) if a]
        return Reading(_with_continued(doc, quoted, attributions), self._signals.find(doc, quoted))

    def read_quoted(self, doc: Doc, ranges: Ranges) -> list[FoundAttribution]:
        """Attributions inside quotations: of what an outlet prints, a reader who quotes it quotes all of."""
        if not ranges:
            return []
        within = [any(start <= token.idx < end for start, end in ranges) for token in doc]
        quoted = [0 if inside else mark for mark, inside in zip(_quoted_tokens(doc), within, strict=True)]
        found = self._attributions(doc, quoted)
        return [a for a in found if a and any(s <= a.cue[0][0] < e for s, e in ranges)]

    def _attributions(self, doc: Doc, quoted: list[int]) -> Iterator[FoundAttribution | None]:
        sentence_of = [0] * len(doc)
        sentences = list(doc.sents)
        for number, sentence in enumerate(sentences):
            for i in range(sentence.start, sentence.end):
                sentence_of[i] = number
        taken = 0  # where the last cue's own words ended
        for cue, entry in self._cues.find(doc):
            if quoted[cue.start] or cue.start < taken or _is_part_of_name(cue):
                continue
            clause = Clause(doc, sentences[sentence_of[cue.start]], cue, quoted, self._words)
            found = clause.read(entry.group)
            if found:
                taken = cue.end
            yield found


def _is_part_of_name(cue: Span) -> bool:
    """`United States` holds no verb: a capital inside a sentence of mixed case belongs to a name."""
    first = cue[0]
    return (
        first.text[:1].isupper()
        and not first.is_sent_start
        and not first.text.isupper()
        and first.lower_ != "according"
    )


def _quoted_tokens(doc: Doc) -> list[int]:
    """For each token 0, or the number (from 1) of the quotation that it stands in."""
    marks = [0] * len(doc)
    spans = quotations(doc.text)
    at = 0
    for token in doc:
        while at < len(spans) and spans[at][1] <= token.idx:
            at += 1
        if at < len(spans) and spans[at][0] <= token.idx:
            marks[token.i] = at + 1
    return marks


def _with_continued(doc: Doc, quoted: list[int], found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Adds quotations that go on: a wholly quoted sentence without a cue, next to one that has a speaker."""
    covered = sorted((s, e) for a in found for s, e in a.content)
    result = list(found)
    for sentence in doc.sents:
        start, end = trimmed(doc, sentence.start, sentence.end)
        if end - start < 3 or not all(quoted[i] for i in range(start, end)):
            continue
        begin, stop = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        if not any(s < stop and begin < e for s, e in covered):
            result.append(FoundAttribution([], [], [[begin, stop]], confidence=0.6))
    return sorted(result, key=lambda a: (a.cue or a.source or a.content)[0])
