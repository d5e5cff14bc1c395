"""The words that the engine goes by: TOML files by language, each entry with an example that the tests run.

A file holds entries under `[[entry]]`:

    pattern = "is|are|was|were said|thought to"   # what stands in the text, see `steps`
    group   = "hedge"                             # what it means; the file's head says which groups there are
    example = "The plant is said to be idle."     # a sentence of our own in which it must be found
    not     = "He said it."                       # optional: a sentence in which it must not be
    not_after, only_after, not_before             # optional: words that may not, or must, stand beside it
    right   = 0.8                                 # optional: how often it is right, measured by training/phrases.py

Adding a word is adding an entry. Nothing else needs to change.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from spacy.tokens import Doc, Span

# A typographic apostrophe makes another token than a straight one: both are meant.
_CURLY = str.maketrans("'", "’")


@dataclass(frozen=True)
class Entry:
    """One entry of a lexicon file."""

    pattern: str
    group: str
    example: str
    counter_example: str | None
    not_after: frozenset[str]  # not right after one of these words
    only_after: frozenset[str]  # only right after one of these words; empty: anywhere
    not_before: frozenset[str]  # not right before one of these words
    right: float | None = None  # how often it is right where it stands, as measured

    def fits(self, before: str, after: str) -> bool:
        """Whether the words beside a match allow it."""
        return (
            before not in self.not_after
            and after not in self.not_before
            and (not self.only_after or before in self.only_after)
        )


@cache
def read(name: str, language: str = "en") -> dict[str, Any]:
    """The TOML file `name` as plain data."""
    content: dict[str, Any] = tomllib.loads((files(__name__) / language / f"{name}.toml").read_text("utf-8"))
    return content


@cache
def entries(name: str, language: str = "en") -> tuple[Entry, ...]:
    """The entries of the file `name`, in its order."""
    return tuple(
        Entry(
            pattern=entry["pattern"],
            group=entry["group"],
            example=entry["example"],
            counter_example=entry.get("not"),
            not_after=_alternatives(entry.get("not_after", "")),
            only_after=_alternatives(entry.get("only_after", "")),
            not_before=_alternatives(entry.get("not_before", "")),
            right=entry.get("right"),
        )
        for entry in read(name, language).get("entry", [])
    )


def _alternatives(pattern: str) -> frozenset[str]:
    """`a|b` as a set of lower-case words, each with either apostrophe."""
    forms = {form for form in pattern.lower().split("|") if form}
    return frozenset(forms | {form.translate(_CURLY) for form in forms})


@cache
def words(name: str, group: str, language: str = "en") -> frozenset[str]:
    """Every alternative of the one-word patterns of a group, in lower case."""
    return frozenset(
        word
        for e in entries(name, language)
        if e.group == group and " " not in e.pattern
        for word in e.pattern.split("|")
    )


@cache
def pronouns(group: str, language: str = "en") -> frozenset[str]:
    """The pronouns of a group of `pronouns.toml`: *male*, *female*, *plural*, *thing*, *relative*, *speaker*."""
    return frozenset(read("pronouns", language)[group])


@dataclass(frozen=True)
class _Step:
    """One word of a pattern: its forms (None: any word), and whether it may be absent."""

    forms: frozenset[str] | None
    optional: bool


_TOKEN = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")
_GAP = 5  # words that `...` stands for, at most


def steps(pattern: str) -> tuple[_Step, ...]:
    """A pattern word by word.

    Words are separated by spaces and match without regard to case; `a|b` is either, `word?` may be absent,
    `...` stands for up to five words that are no punctuation.
    """
    found: list[_Step] = []
    for word in pattern.split():
        if word == "...":
            found += [_Step(None, True)] * _GAP
        else:
            found.append(_Step(_alternatives(word.rstrip("?")), word.endswith("?")))
    return tuple(found)


class Phrases:
    """Finds the entries of one lexicon file in a Doc.

    Entries are kept by their first word: most words of a text begin no entry, and spaCy's Matcher, which tries every
    pattern at every token, takes ten times as long.
    """

    def __init__(self, name: str, language: str = "en") -> None:
        self._by_first: dict[str, list[tuple[tuple[_Step, ...], Entry]]] = defaultdict(list)
        for entry in entries(name, language):
            pattern = steps(entry.pattern)
            for form in pattern[0].forms or ():
                self._by_first[form].append((pattern, entry))

    def find(self, doc: Doc) -> Iterator[tuple[Span, Entry]]:
        """Each match with its entry, in the order of the text; of matches of one group that overlap, the longest."""
        for start, end, entry in self._find([token.lower_ for token in doc]):
            yield doc[start:end], entry

    def find_in(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """The same in a few words that are no Doc: `(start, end, entry)` in code points."""
        tokens = list(_TOKEN.finditer(text))
        for start, end, entry in self._find([token.group().lower() for token in tokens]):
            yield tokens[start].start(), tokens[end - 1].end(), entry

    def _find(self, low: Sequence[str]) -> Iterator[tuple[int, int, Entry]]:
        taken: dict[str, int] = {}  # by group, where its last match ended
        for start, word in enumerate(low):
            longest: dict[str, tuple[int, Entry]] = {}
            for pattern, entry in self._by_first.get(word, ()):
                end = _match(pattern, low, start)
                if end > longest.get(entry.group, (0,))[0] and start >= taken.get(entry.group, 0):
                    before, after = (low[start - 1] if start else ""), (low[end] if end < len(low) else "")
                    if entry.fits(before, after):
                        longest[entry.group] = (end, entry)
            for group, (end, entry) in longest.items():
                taken[group] = end
                yield start, end, entry


def _match(pattern: Sequence[_Step], low: Sequence[str], at: int) -> int:
    """Where the longest match of a pattern that begins at `at` ends; 0 where there is none."""
    ends = {at}
    for step in pattern:
        further = {e + 1 for e in ends if e < len(low) and (low[e] in step.forms if step.forms else low[e].isalnum())}
        ends = further | ends if step.optional else further
        if not ends:
            return 0
    return max(ends)


@cache
def phrases(name: str, language: str = "en") -> Phrases:
    """The finder of a lexicon file, made once."""
    return Phrases(name, language)


@cache
def version(language: str = "en") -> str:
    """A short hash over all files of a language: two engines with the same hash know the same words."""
    digest = hashlib.sha256()
    for file in sorted((files(__name__) / language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            digest.update(file.read_bytes())
    return f"{language}-{digest.hexdigest()[:10]}"
