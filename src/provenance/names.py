"""People's names in an article: which full name a short one stands for, and the name inside a longer phrase.

Works from capitals, so it knows no list of people: `Pat Ryder` is read as a name because both words are capitalised
and neither is a word for an institution; a later `Ryder` or `Mr. Ryder` is the same person. First names and titles
tell whom *he* and *she* can stand for, and one Clinton from the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from provenance.lexicon import read, words

_ABBREVIATED = r"(?:Mrs?|Ms|Dr|Gen|Maj|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Cmdr|Adm|Rev|Prof|St|Jr|Sr)\."
_WORD = rf"(?:{_ABBREVIATED}|[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]*\w|[A-ZÀ-Þ])"
_LEADING = ("de", "da", "del", "van", "von", "bin", "der", "den", "ter", "du", "dos")  # of a last name by itself
_PARTICLES = ("de", "da", "del", "van", "von", "bin", "al", "la", "le", "der", "den", "ter", "du", "dos")
_PARTICLE = rf"(?:(?:{'|'.join(_PARTICLES)})[ \u00a0])?"
_RUN = re.compile(rf"{_WORD}(?:[ \u00a0]{_PARTICLE}{_WORD})+")
_NAME = re.compile(rf"{_RUN.pattern}|{_WORD}")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNER = re.compile(r"(?<=\w)['’]s\s+(?=[A-ZÀ-Þ])")
_ASIDE = re.compile(r",|\(| --? |\s?[—–]\s?")
_SUFFIXES = ("jr", "sr", "ii", "iii")


def without_article(phrase: str) -> str:
    """`the mayor` → `mayor`."""
    return _ARTICLE.sub("", phrase, count=1)


@cache
def titles() -> frozenset[str]:
    """Words before a name that are no part of it: *Mr.*, *Gen.*, *President*."""
    return frozenset(read("titles")["titles"])


def name_in(phrase: str) -> str | None:
    """The person's name in a phrase, titles left out: `Major General Pat Ryder` → `Pat Ryder`; None without one."""
    core = _POSSESSIVE.sub("", _ASIDE.split(phrase)[0].strip())
    core = _OWNER.split(core)[-1]  # `the Daily Example’s Ada Example`: the name is hers
    runs = [m.group() for m in _NAME.finditer(core)]
    return (_without_titles(runs[-1]) or None) if runs else None


def gender(name: str) -> str | None:
    """`m` or `f` where a title or the first name tells, else None."""
    first = re.sub(r"\W", "", name.split()[0].lower()) if name.split() else ""
    if first in ("mr", "sir", "lord") or first in _first_names()["male"]:
        return "m"
    return "f" if first in ("mrs", "ms", "miss", "lady", "dame") or first in _first_names()["female"] else None


@cache
def _first_names() -> dict[str, frozenset[str]]:
    lists = read("firstnames")
    return {key: frozenset(lists[key]) for key in ("male", "female")}


class People:
    """The people of an article by last name, the one named most often first."""

    def __init__(self, text: str) -> None:
        self._text = text
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for name in _full_names(text):
            counted[last_name(name)][name] += 1
        self._full = {last: _distinct(names) for last, names in counted.items()}
        for last, titled in _titled_names(text).items():  # `President Obama`, of whom no first name is given
            if not self._full.get(last) and not self._family_name_first(last.title()):
                self._full[last] = [max(titled, key=len)]

    def is_known(self, name: str) -> bool:
        """Whether a full name is one of the article's people."""
        return name in self._full.get(last_name(name), ())

    def full(self, mention: str) -> str | None:
        """The full name that a mention names or is short for, or None."""
        name = name_in(mention)
        if name is None:
            return None
        known = self._full.get(last_name(name), [])
        if " " in name and name.split()[0].lower() not in _LEADING:
            return next((other for other in known if _same_person(name, other)), name)
        wanted = gender(mention)
        fitting = [other for other in known if not wanted or gender(other) in (wanted, None)]
        return fitting[0] if fitting else self._family_name_first(name)

    def _family_name_first(self, name: str) -> str | None:
        """`Mr. Ban` → `Ban Ki-moon`: the one name that begins so, if that is no first name that we know."""
        begun = [full for people in self._full.values() for full in people if full.startswith(f"{name} ")]
        return begun[0] if len(begun) == 1 and gender(name) is None else None

    def named_in(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """The people named between two positions: `(position, full name)`, in order."""
        for match in _NAME.finditer(self._text, start, end):
            full = self.full(match.group())
            if full and self.is_known(full):
                yield match.start(), full


def last_name(name: str) -> str:
    parts = [p for p in name.split() if p.rstrip(".").lower() not in _SUFFIXES]
    return _POSSESSIVE.sub("", (parts or name.split())[-1].lower())


def _without_titles(run: str) -> str:
    parts = run.split()
    last_title = max((i for i, part in enumerate(parts) if part.lower().rstrip(".") in titles()), default=-1)
    return " ".join(parts[last_title + 1 :])


def _full_names(text: str) -> Iterator[str]:
    for match in _RUN.finditer(text):
        own = _OWNER.split(_POSSESSIVE.sub("", match.group()).rstrip("."))[-1]
        parts = _without_titles(own).split()
        while parts and parts[0].lower() in STOP_WORDS | set(_LEADING):  # the first word of a sentence, `De Sample`
            parts.pop(0)
        if 2 <= len(parts) <= 4 and len(parts[-1]) > 1 and not _is_institution(parts):
            yield " ".join(parts)


def _titled_names(text: str) -> dict[str, set[str]]:
    """Names of one word after a title, by that word: *Mr. Example*, *President Example*."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in _RUN.finditer(text):
        parts = _POSSESSIVE.sub("", match.group()).split()
        if len(parts) == 2 and parts[0].lower().rstrip(".") in titles() and parts[1].lower() not in titles():
            found[parts[1].lower()].add(" ".join(parts))
    return found


def _distinct(counted: Counter[str]) -> list[str]:
    """Names that are other people, the most frequent first; of ways to write one person, the longest."""
    people: list[str] = []
    sure = any(gender(name) for name in counted)
    for name, times in counted.most_common():
        stray = sure and times == 1 and gender(name) is None  # `Derelict Smith` of a headline, beside `Ann Smith`
        if not stray and not any(_same_person(name, other) for other in people):
            people.append(name)
    return people


@cache
def _institution_nouns() -> frozenset[str]:
    return frozenset().union(*(words("sources", group) for group in ("organisation", "document", "media", "place")))


def _is_institution(parts: list[str]) -> bool:
    nouns = _institution_nouns()
    parts = parts[1:] if gender(parts[0]) else parts  # `Bill Example` is no bill
    return any(part.lower() in nouns or part.lower().rstrip("s.") in nouns for part in parts)


def _same_person(a: str, b: str) -> bool:
    """Same last name, and first names that can be one: `J. Smith` is `Jon Smith`, `Ann Smith` is not."""
    first_a, first_b = a.split()[0].lower().rstrip("."), b.split()[0].lower().rstrip(".")
    return last_name(a) == last_name(b) and (first_a.startswith(first_b) or first_b.startswith(first_a))
