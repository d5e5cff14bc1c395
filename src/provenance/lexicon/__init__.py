"""The words that the engine goes by: TOML files by language, each entry with an example that the tests run.

A file holds entries under `[[entry]]`:

    pattern = "is|are|was|were said|thought to"   # what stands in the text, see `token_pattern`
    group   = "hedge"                             # what it means; the file's head says which groups there are
    example = "The plant is said to be idle."     # a sentence of our own in which it must be found
    not     = "He said it."                       # optional: a sentence in which it must not be
    not_after, only_after, not_before             # optional: words that must not, must, must not stand beside it (`a|b`)

Adding a word is adding an entry. Nothing else needs to change.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

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
    return tomllib.loads((files(__name__) / language / f"{name}.toml").read_text("utf-8"))


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
        word for e in entries(name, language) if e.group == group and " " not in e.pattern for word in e.pattern.split("|")
    )


def token_pattern(pattern: str) -> list[dict[str, Any]]:
    """A pattern as spaCy's Matcher wants it.

    Words are separated by spaces and match without regard to case; `a|b` is either, `word?` may be absent,
    `...` stands for up to five words that are no punctuation.
    """
    tokens: list[dict[str, Any]] = []
    for word in pattern.split():
        if word == "...":
            tokens += [{"IS_PUNCT": False, "IS_SPACE": False, "OP": "?"}] * 5
            continue
        optional = word.endswith("?") and len(word) > 1
        forms = _alternatives(word.removesuffix("?") if optional else word)
        token: dict[str, Any] = {"LOWER": {"IN": sorted(forms)}}
        tokens.append({**token, "OP": "?"} if optional else token)
    return tokens


class Phrases:
    """Finds the entries of one lexicon file in a Doc."""

    def __init__(self, vocab: Vocab, name: str, language: str = "en") -> None:
        self._entries = entries(name, language)
        self._matcher = Matcher(vocab)
        for number, entry in enumerate(self._entries):
            self._matcher.add(str(number), [token_pattern(entry.pattern)], greedy="LONGEST")

    def find(self, doc: Doc) -> Iterator[tuple[Span, Entry]]:
        """Each match with its entry, in the order of the text; of matches of one group that overlap, the longest."""
        found = [(s, e, self._entries[int(doc.vocab.strings[key])]) for key, s, e in self._matcher(doc)]
        taken: dict[str, int] = {}  # by group, where its last match ended
        for start, end, entry in sorted(found, key=lambda hit: (hit[0], -hit[1])):
            before = doc[start - 1].lower_ if start else ""
            after = doc[end].lower_ if end < len(doc) else ""
            if start >= taken.get(entry.group, 0) and entry.fits(before, after):
                taken[entry.group] = end
                yield doc[start:end], entry


@cache
def version(language: str = "en") -> str:
    """A short hash over all files of a language: two engines with the same hash know the same words."""
    digest = hashlib.sha256()
    for file in sorted((files(__name__) / language).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            digest.update(file.read_bytes())
    return f"{language}-{digest.hexdigest()[:10]}"
