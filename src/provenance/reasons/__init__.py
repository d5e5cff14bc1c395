"""Why a sentence is marked: one module for each reason, found through a registry.

A reason is a function from a `Case` to what it found, registered under its code:

    @reason("vague")
    def vague(case: Case) -> Iterator[Found]: ...

Adding one is adding a module here and a line to `messages.toml` that explains it; nothing else needs to change.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module

from provenance.chain import Ways
from provenance.kinds import certain_kind
from provenance.lexicon import words
from provenance.sources import CLAUSE, Book, Entry
from provenance.story import Range, Statement, Story

_BY_WORDS = 0.9  # where the words for a source, or an earlier mention of it, decide against the network


@dataclass(frozen=True)
class Case:
    """All that is known of an article when its sentences are judged."""

    story: Story
    book: Book
    ways: Mapping[str, Ways]

    def speakers(self, statement: Statement) -> list[Entry]:
        return self.book.of.get(statement.id, [])

    def informing(self) -> Iterator[Statement]:
        """The statements that pass on information."""
        return (s for s in self.story.statements if s.informs)

    def certain(self, statement: Statement, kind: str) -> bool:
        """Whether the words for a statement's source leave no doubt of its kind: *an unnamed official*, *Reuters*."""
        return bool(statement.mention) and certain_kind(self.story.words(statement.mention)) == kind

    def is_cited(self, statement: Statement) -> bool:
        """Whether somebody is said to cite the statement's source: *citing two officials*."""
        first = self.story.words(statement.cue).lower().partition(" ")[0]
        return bool(statement.mention) and first in words("cues", "cite") | words("cues", "citing")

    def sure(self, statement: Statement, entry: Entry) -> float:
        """How sure it is that the statement's source is of the entry's kind: the network's word, or its own words'."""
        return statement.sure if entry.kind == statement.kind else _BY_WORDS

    def entry(self, identifier: str) -> Entry:
        return self.book.known(identifier)


@dataclass(frozen=True)
class Found:
    """A reason to mark a sentence: the words that show it, how sure, and what its message is filled with.

    `evidence` is a range of the text; it lies in another sentence where this one only goes on with a source's words,
    and is None where no words show it. `origin` is what speaks for the reason: `attribution`, `phrase` or `network`.
    """

    sentence: int
    evidence: Range | None
    confidence: float
    message: str = ""  # which of the code's messages; the plain one by default
    values: Mapping[str, str] = field(default_factory=dict)
    attributions: tuple[str, ...] = ()
    origin: str = "attribution"
    certain: bool = False  # an attribution whose source is, by its own words, what the reason says

    def sure(self, confidence: float) -> Found:
        return replace(self, confidence=confidence)


Finder = Callable[[Case], Iterator[Found]]
_REGISTRY: dict[str, Finder] = {}


def reason(code: str) -> Callable[[Finder], Finder]:
    """Registers a finder under its reason code."""

    def register(finder: Finder) -> Finder:
        _REGISTRY[code] = finder
        return finder

    return register


@cache
def registry() -> Mapping[str, Finder]:
    """Every reason by its code; importing this package's modules fills it."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(_REGISTRY)


def where_named(case: Case, statement: Statement) -> Range | None:
    """The words that name a statement's source: its own mention, else the source's nearest earlier one."""
    if statement.mention:
        return _shortest(case, statement.mention[0])
    entries = case.speakers(statement)
    earlier = [s for s in case.story.statements if s.mention and s.start < statement.start]
    named = next((s.mention[0] for s in reversed(earlier) if set(case.speakers(s)) & set(entries)), None)
    return _shortest(case, named) if named else None


def _shortest(case: Case, mention: Range) -> Range:
    """A mention without the clause that describes it further: `a senior official | , who spoke on condition …`."""
    text = case.story.text[slice(*mention)]
    clause = CLAUSE.search(text, 1)
    return mention[0], mention[0] + len((text[: clause.start()] if clause else text).rstrip(" ,"))


def signalled(case: Case, code: str) -> Iterator[Found]:
    """What the language stage signals for a code, with the words that show it where it has any."""
    for signal in case.story.signals:
        if signal.code == code:
            evidence = signal.evidence[0] if signal.evidence else None
            values = {"words": case.story.words([evidence])} if evidence else {}
            yield Found(signal.sentence, evidence, signal.confidence, values=values, origin=signal.origin)
