"""People's names in an article: which full name a short one stands for, and the name inside a longer phrase.

Works from capitals, so it knows no list of people: `Pat Ryder` is read as a name because both words are capitalised
and neither is a word for an institution; a later `Ryder` or `Mr. Ryder` is the same person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.lexicon import read, words

_WORD = r"[A-ZÀ-Þ][\w'’.-]*[\w.]|[A-Z]\.?"
_RUN = re.compile(
    rf"(?:{_WORD})(?:[ \u00a0](?:(?:de|da|del|van|von|bin|al|la|le|der|den|ter|du|dos)[ \u00a0])?(?:{_WORD}))+"
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def without_article(words_: str) -> str:
    """`the mayor` → `mayor`."""
    return _ARTICLE.sub("", words_, count=1)


def titles() -> frozenset[str]:
    """Words before a name that are no part of it: *Mr.*, *Gen.*, *President*."""
    return frozenset(read("titles")["titles"])


class People:
    """The full names of an article, by last name; the first one with a last name stands."""

    def __init__(self, text: str) -> None:
        self._full: dict[str, str] = {}
        for name in _full_names(text):
            self._full.setdefault(_last(name), name)

    def full(self, mention: str) -> str | None:
        """The full name that a mention names or is short for, or None."""
        name = name_in(mention)
        if name is None:
            return None
        if " " in name:
            longer = self._full.get(_last(name))
            return longer if longer and _same_person(name, longer) else name
        return self._full.get(_last(name))


def name_in(phrase: str) -> str | None:
    """The person's name in a phrase, titles left out: `Major General Pat Ryder` → `Pat Ryder`; None without one."""
    core = phrase.split(",")[0].split("(")[0]
    core = re.sub(r"['’]s$", "", core.strip())
    runs = [m.group() for m in re.finditer(rf"(?:{_RUN.pattern})|(?:{_WORD})", core)]
    if not runs:
        return None
    return _without_titles(runs[-1]) or None


def _without_titles(run: str) -> str:
    parts = run.split()
    known = titles()
    last_title = max((i for i, part in enumerate(parts) if part.lower().rstrip(".") in known), default=-1)
    return " ".join(parts[last_title + 1 :])


def _full_names(text: str) -> Iterator[str]:
    for match in _RUN.finditer(text):
        name = _without_titles(re.sub(r"['’]s$", "", match.group()).rstrip("."))
        parts = name.split()
        if 2 <= len(parts) <= 4 and not _is_institution(parts):
            yield name


def _is_institution(parts: list[str]) -> bool:
    nouns = words("sources", "organisation") | words("sources", "document") | words("sources", "media")
    return any(part.lower().rstrip("s.") in nouns or part.lower() in nouns for part in parts)


def _last(name: str) -> str:
    parts = [p for p in name.split() if p.rstrip(".").lower() not in ("jr", "sr", "ii", "iii")]
    return (parts or name.split())[-1].lower()


def _same_person(a: str, b: str) -> bool:
    """Same last name, and no first names that differ: `Jon Smith` is not `Ann Smith`."""
    first_a, first_b = a.split()[0].lower().rstrip("."), b.split()[0].lower().rstrip(".")
    return first_a[0] == first_b[0]
