"""Attributions by rules over the lexicon: the reader that needs no trained weights.

A cue outside quotation marks is looked for (*said*, *according to*, *cited*); the noun phrase beside it is the source;
what the sentence has besides is the content. Without a parser, a noun phrase is a run of words that no boundary word
interrupts; that finds most sources of news prose, where they are short and stand beside their cue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from provenance.language.quotes import quotations
from provenance.language.reading import FoundAttribution, Ranges, Reading
from provenance.language.signals import Signals
from provenance.lexicon import phrases, read

_INSERTS = (",", "—", "–")  # what sets an apposition off


@dataclass(frozen=True)
class _Boundaries:
    """Words that end a noun phrase, or may stand between it and its verb."""

    stop: frozenset[str]
    helpers: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]

    @classmethod
    def load(cls, language: str) -> _Boundaries:
        words = read("grammar", language)["words"]
        return cls(**{name: frozenset(words[name]) for name in cls.__dataclass_fields__})


class Rules:
    """The rule-based reader. `read` takes a Doc whose sentence starts are set."""

    name = "rules"

    def __init__(self, language: str = "en") -> None:
        self._cues = phrases("cues", language)
        self._signals = Signals(language)
        self._words = _Boundaries.load(language)

    def read(self, doc: Doc) -> Reading:
        quoted = _quoted_tokens(doc)
        attributions = [a for a in self._attributions(doc, quoted) if a]
        return Reading(_with_continued(doc, quoted, attributions), self._signals.find(doc, quoted))

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
            clause = _Clause(doc, sentences[sentence_of[cue.start]], cue, quoted, self._words)
            found = clause.read(entry.group)
            if found:
                taken = cue.end
            yield found


class _Clause:
    """One cue in its sentence, and how to read around it."""

    def __init__(self, doc: Doc, sentence: Span, cue: Span, quoted: list[int], words: _Boundaries) -> None:
        self.doc, self.cue, self.quoted, self.words = doc, cue, quoted, words
        self.start, self.end = _trim(doc, sentence.start, sentence.end)
        self.low = [t.lower_ for t in doc[self.start : self.end]]

    def word(self, i: int) -> str:
        return self.low[i - self.start] if self.start <= i < self.end else ""

    def read(self, group: str) -> FoundAttribution | None:
        if group in ("according", "per"):
            return self._according()
        if group in ("citing", "cite"):
            return self._cite()
        source = self._inverted() or self._phrase_before(self.cue.start)
        if source is None:
            return None
        content = self._content(source, group)
        if not content:
            return None
        return self._found(source, content)

    def _found(self, source: tuple[int, int] | None, content: list[tuple[int, int]]) -> FoundAttribution:
        return FoundAttribution(
            source=self._ranges([source] if source else []),
            cue=self._ranges([(self.cue.start, self.cue.end)]),
            content=self._ranges(content),
            confidence=0.8,
        )

    def _ranges(self, runs: list[tuple[int, int]]) -> Ranges:
        return [[self.doc[s].idx, self.doc[e - 1].idx + len(self.doc[e - 1])] for s, e in runs if e > s]

    # --- the source

    def _inverted(self) -> tuple[int, int] | None:
        """The source that follows its verb (“…,” said the mayor), if one does: no verb of its own may follow it."""
        after = self._phrase_after(self.cue.end) if self._may_be_inverted() else None
        return after if after and self.word(after[1]) not in self.words.stop - {"who", "as", "when", "after"} else None

    def _may_be_inverted(self) -> bool:
        """After a quotation any cue can be; after a comma only *said* and the like."""
        following = self.cue.end
        if not (self._is_name(following) or self.word(following) in self.words.determiners | self.words.pronouns):
            return False
        if self._after_quotation(self.cue.start):
            return True
        return self.word(self.cue.start - 1) == "," and self.cue.text in ("said", "says", "wrote", "added")

    def _after_quotation(self, i: int) -> bool:
        """Whether a quotation ends right before token `i`, a comma between them or not."""
        before = i - 1 if self.word(i - 1) != "," else i - 2
        return (
            before >= self.start
            and bool(self.quoted[before])
            and (i >= self.end or self.quoted[before] != self.quoted[i])
        )

    def _phrase_before(self, end: int) -> tuple[int, int] | None:
        """The noun phrase that ends before token `end`, helpers and an apposition skipped."""
        i = end - 1
        while i >= self.start and (self.word(i) in self.words.helpers or self._is_adverb(i)):
            i -= 1
        if self.word(i) in ("who", "that", "which"):
            i -= 1
            if self.word(i) == ",":
                i -= 1
            return self._run_before(i + 1)
        if self.word(i) in _INSERTS:
            return self._before_apposition(i)
        return self._run_before(i + 1)

    def _before_apposition(self, closing: int) -> tuple[int, int] | None:
        """`The mayor, a builder by trade, said`: the phrase up to the comma before `closing`."""
        for i in range(closing - 1, max(self.start, closing - 30), -1):
            if self.word(i) == self.word(closing) and not self.quoted[i]:
                run = self._run_before(i)
                return (run[0], closing) if run else None
        return None

    def _run_before(self, end: int) -> tuple[int, int] | None:
        start = end
        while start > self.start and not self._ends_phrase(start - 1):
            start -= 1
        start = self._cut_left(start, end)
        return (start, end) if start < end else None

    def _ends_phrase(self, i: int) -> bool:
        word = self.word(i)
        if self.quoted[i] or word in self.words.stop:
            return True
        if word == "and":
            return not (self._is_name(i - 1) and self._is_name(i + 1))
        return not (self.doc[i].is_alpha or word in ("-", "'s", "’s", "’", "'", "&") or any(c.isalnum() for c in word))

    def _is_name(self, i: int) -> bool:
        return self.start <= i < self.end and self.doc[i].text[:1].isupper()

    def _cut_left(self, start: int, end: int) -> int:
        """Drops what stands before the phrase proper: *On Monday | the mayor*, *In June | police*."""
        words = self.words
        for i in range(end - 1, start, -1):
            if self.word(i) in words.determiners | words.pronouns and self.word(i - 1) not in words.prepositions:
                return i
        while start < end and self.word(start) in words.prepositions:
            start += 2
        return start

    def _phrase_after(self, start: int) -> tuple[int, int] | None:
        end = start
        while end < self.end and not self._ends_phrase(end):
            if (
                end > start
                and self.word(end) in ("in", "on", "at", "to", "after", "before", "during")
                and not self._is_plural_noun(end - 1)
            ):
                break
            end += 1
        if end > start and self.word(end) == ",":
            end = self._after_apposition(end)
        return (start, end) if end > start else None

    def _is_plural_noun(self, i: int) -> bool:
        return self.word(i).endswith("s") and not self._is_name(i)

    def _after_apposition(self, comma: int) -> int:
        for i in range(comma + 1, min(self.end, comma + 25)):
            if self.quoted[i] or (self.word(i) in self.words.stop and self.word(i) not in ("who",)):
                return comma
            if self.word(i) in (",", "."):
                return i
        return comma

    def _is_adverb(self, i: int) -> bool:
        word = self.word(i)
        return len(word) > 4 and word.endswith("ly") and word.islower() and not self._is_name(i)

    # --- the content

    def _content(self, source: tuple[int, int], group: str) -> list[tuple[int, int]]:
        after = max(self.cue.end, source[1])
        left = min(source[0], self.cue.start)
        if group == "tell":
            after = self._after_addressee(after)
        following = self._strip(self._after_that(after), self.end)
        preceding = self._strip(self.start, left)
        if preceding[0] < preceding[1] and (self._after_quotation(left) or source[0] >= self.cue.end):
            quoted_after = following[0] < following[1] and self.quoted[following[0]]
            return [preceding, following] if quoted_after else [preceding]
        if following[1] - following[0] >= 2:
            return [following]
        return [preceding] if self.word(left - 1) == "," and preceding[1] - preceding[0] > 2 else []

    def _after_that(self, i: int) -> int:
        """Past the *that* in *reported on Monday that …*, if one stands near and no quotation before it."""
        for j in range(i, min(self.end, i + 6)):
            if self.quoted[j]:
                break
            if self.word(j) == "that":
                return j + 1
        return i

    def _after_addressee(self, i: int) -> int:
        """Past *the paper* in *told the paper that …*; stays where no end of it is found."""
        for j in range(i, min(self.end, i + 12)):
            if self.word(j) in ("that", ":", ",", "how", "why") or self.quoted[j]:
                return j
            if (
                j > i
                and self.word(j) in self.words.determiners | self.words.pronouns
                and self.word(j - 1) not in ("and",)
            ):
                return j
        return i + 1 if i < self.end else i

    def _strip(self, start: int, end: int) -> tuple[int, int]:
        while start < end and (self.doc[start].is_space or self.word(start) in (",", ":", "that", ";", "—", "–")):
            start += 1
        while end > start and (self.doc[end - 1].is_space or self.word(end - 1) in (",", ".", ";", ":")):
            end -= 1
        return start, end

    # --- according to, citing

    def _according(self) -> FoundAttribution | None:
        source = self._phrase_after(self.cue.end)
        if source is None or (self.cue.text.islower() and self.cue.start == self.start):
            return None
        before, after = self._strip(self.start, self.cue.start), self._strip(source[1], self.end)
        content = before if before[1] - before[0] > 2 else after
        if content[1] <= content[0] or (self.word(self.cue.start) == "per" and not self._is_name(self.cue.end + 1)):
            return None
        return self._found(source, [content])

    def _cite(self) -> FoundAttribution | None:
        """`The paper cited an engineer who said …`: the engineer is the source; the paper passes it on."""
        source = self._phrase_after(self.cue.end)
        if source is None:
            return None
        if self.word(source[1]) in ("who", "that", "which"):  # what follows has a cue of its own
            return None
        before = self._strip(self.start, self.cue.start)
        return self._found(source, [before]) if before[1] - before[0] > 2 else None


def _is_part_of_name(cue: Span) -> bool:
    """`United States` holds no verb: a capital inside a sentence of mixed case belongs to a name."""
    first = cue[0]
    return (
        first.text[:1].isupper()
        and not first.is_sent_start
        and not first.text.isupper()
        and first.lower_ != "according"
    )


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    return start, end


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
        start, end = _trim(doc, sentence.start, sentence.end)
        if end - start < 3 or not all(quoted[i] for i in range(start, end)):
            continue
        begin, stop = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        if not any(s < stop and begin < e for s, e in covered):
            result.append(FoundAttribution([], [], [[begin, stop]], confidence=0.6))
    return sorted(result, key=lambda a: (a.cue or a.source or a.content)[0])
