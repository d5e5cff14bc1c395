"""One cue in its sentence: which words beside it are the source, and which the content.

Without a parser, a noun phrase is a run of words that no boundary word interrupts (`grammar.toml`); that finds most
sources of news prose, where they are short and stand beside their cue.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from provenance.language.reading import FoundAttribution, Ranges
from provenance.lexicon import read

_INSERTS = (",", "—", "–")  # what sets an apposition off


@dataclass(frozen=True)
class Boundaries:
    """Words that end a noun phrase, or may stand between it and its verb."""

    stop: frozenset[str]
    helpers: frozenset[str]
    articles: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]

    @classmethod
    def load(cls, language: str) -> Boundaries:
        words = read("grammar", language)["words"]
        return cls(**{name: frozenset(words[name]) for name in cls.__dataclass_fields__})


class Clause:
    """One cue in its sentence, and how to read around it."""

    def __init__(self, doc: Doc, sentence: Span, cue: Span, quoted: list[int], words: Boundaries) -> None:
        self.doc, self.cue, self.quoted, self.words = doc, cue, quoted, words
        self.start, self.end = trimmed(doc, sentence.start, sentence.end)
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
        described = self._with_clause(i)
        if described:
            return described
        return self._run_before(i + 1)

    def _with_clause(self, last: int) -> tuple[int, int] | None:
        """`an engineer who was in the room | said`: the phrase with the clause that describes it."""
        for i in range(last, max(self.start, last - 12), -1):
            if self.quoted[i] or self.word(i) in (",", ";", ":", "—", "–"):
                return None
            if self.word(i) == "who":
                run = self._run_before(i)
                return (run[0], last + 1) if run else None
        return None

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


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A range of tokens without white space at its ends."""
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    return start, end
