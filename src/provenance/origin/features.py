"""What a claim says, in a form that can be compared: terms, names, quantities, and which way it points."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import Stemmer

from provenance.origin.numbers import MONTHS, Quantity, quantities
from provenance.origin.statement import Statement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

WORD = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th|bn|mn|tn|km|kg|cm|mm|mph|[kmbcCfF])?(?![\w])|[$€£%]|[^\W\d_](?:[\w]|['’.-](?=\w))*"
)
POSSESSIVE = re.compile(r"['’]s?$")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: their terms, its initials, and whether it tells where (“in Odesa”). `public`: a
    country or a body such as a court: what newsrooms call by many names, as they do not with people and firms.
    """

    terms: tuple[str, ...]
    initials: str
    place: bool
    public: bool = False


@dataclass(frozen=True, slots=True)
class Features:
    """terms: stems or concepts (`@12`). sides: axis of opposites → +1 or -1; turned: the axes that a negation turned.
    negated: an odd number of other negations, and the cue's (denied) among them. kinds: for a list of words that
    exclude each other, which are there. days: weekdays named, 0 is Monday. actor: the last term of who does it, where
    the claim names somebody. words: the claim without figures and days, which are compared by themselves."""

    terms: frozenset[str]
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    sides: dict[int, int]
    turned: frozenset[int]
    negated: bool
    denied: bool
    kinds: dict[int, frozenset[int]]
    days: frozenset[int]
    actor: str
    words: str
    date: date | None


def data(name: str) -> dict[str, Any]:
    """A table of words of this package."""
    table: dict[str, Any] = tomllib.loads((files("provenance.origin") / "words" / f"{name}.toml").read_text("utf-8"))
    return table


_stemmer = Stemmer.Stemmer("english")


@cache
def stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


@cache
def _concepts() -> dict[str, str]:
    table: dict[str, str] = {}
    for number, line in enumerate(data("concepts")["concepts"]):
        for word in line.split():
            table.setdefault(stem(word), f"@{number}")
    return table


@cache
def _axes() -> dict[str, list[tuple[int, int]]]:
    table: dict[str, list[tuple[int, int]]] = {}
    for axis, (plus, minus) in enumerate(data("concepts")["opposites"]):
        for words, side in ((plus, 1), (minus, -1)):
            for word in words.split():
                entry = table.setdefault(stem(word), [])
                if (axis, side) not in entry:
                    entry.append((axis, side))
    return table


@cache
def _phrases() -> dict[str, list[tuple[list[str], str]]]:
    """First stem of a phrase → (its stems, the word that it means), longer ones first."""
    table: dict[str, list[tuple[list[str], str]]] = {}
    for entry in data("concepts")["phrases"]:
        phrase, _, word = entry.partition(" = ")
        stems = [stem(w) for w in phrase.split()]
        table.setdefault(stems[0], []).append((stems, word))
    return {first: sorted(found, key=lambda f: -len(f[0])) for first, found in table.items()}


@cache
def _exclusive() -> dict[str, list[tuple[int, int]]]:
    """Stem → (which list, which kind of it)."""
    table: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(data("concepts")["exclusive"]):
        for kind, words in enumerate(line.split()):
            for word in words.split("/"):
                table.setdefault(stem(word), []).append((number, kind))
    return table


@cache
def _words(key: str) -> frozenset[str]:
    value = data("concepts")[key]
    return frozenset(value.split() if isinstance(value, str) else value)


@cache
def _places() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Word → country; capitals (they stay cities after “in”); words before a place."""
    table, capitals = {}, set()
    for line in data("places")["countries"]:
        country, *others = line.split()
        for word in (country, *others):
            table[word] = f"={country.lower()}"
        capitals |= {
            o
            for o in others[1:]
            if not o.endswith(("n", "ns", "s", "i", "ese"))
            or o in ("London", "Berlin", "Paris", "Tehran", "Teheran", "Washington", "Athens")
        }
    return table, frozenset(capitals), frozenset(data("places")["locating"])


@cache
def _joined() -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(entry.split(" = ") for entry in data("places")["joined"])
    return re.compile(r"\b(?:" + "|".join(sorted(table, key=len, reverse=True)) + r")\b"), table


@cache
def directed() -> frozenset[str]:
    """Terms of deeds that one does to another."""
    return frozenset(term(word) for word in data("concepts")["directed"].split())


@cache
def _titles() -> frozenset[str]:
    return frozenset(data("places")["titles"])


@cache
def _bodies() -> frozenset[str]:
    return frozenset(data("places")["bodies"])


def term(word: str) -> str:
    """The concept, the pair of opposites (which side is told apart elsewhere) or the stem of a lower-case word."""
    stemmed = stem(word)
    axes = _axes().get(stemmed)
    return _concepts().get(stemmed) or (f"~{axes[0][0]}" if axes else stemmed)


def features(
    statement: Statement, proper: frozenset[str] = frozenset(), acronyms: frozenset[str] = frozenset()
) -> Features:
    """`proper`: words that the collection has with a capital within a sentence and never without: one that opens a
    claim is a name too. `acronyms`: those of the collection, in lower case; a name with such initials is both."""
    text = _joined()[0].sub(lambda m: _joined()[1][m[0]], statement.claim.replace("n’t", "n't"))
    tokens = [POSSESSIVE.sub("", t.rstrip(".")) for t in WORD.findall(text)]
    tokens = _single([part for t in tokens for part in _split(t)])
    lower = [t.lower() for t in tokens]
    found, used = quantities(lower)
    names, named = _names(tokens, lower, used, proper)
    terms = {t for name in names for t in name.terms} | {n.initials for n in names if n.initials in acronyms}
    sides, turned, negated = _polarity(lower)
    denied = any(word in _words("denials") for word in re.findall(r"\w+", (statement.cue or "").lower()))
    for i, word in enumerate(lower):
        if i not in used and i not in named and len(word) > 1 and word not in _words("stopwords") and word[0].isalpha():
            terms.add(term(word))
    return Features(
        terms=frozenset(terms),
        names=tuple(names),
        quantities=tuple(found),
        sides=sides,
        turned=turned,
        negated=negated != denied,
        denied=denied,
        kinds=_kinds(lower),
        days=_days(lower, statement.date),
        actor=_actor(names, named, lower),
        words=" ".join(t for i, t in enumerate(tokens) if i not in used and lower[i] not in WEEKDAYS),
        date=statement.date,
    )


def _split(token: str) -> list[str]:
    """“don't” → “do”, “n't”; “twenty-one” → both; “US-backed” → both."""
    if token.isalnum():
        return [token]
    if token.lower().endswith("n't"):
        return [token[:-3] or "ca", "n't"]
    return [p for p in re.split(r"[-–]", token) if p]


def _single(tokens: list[str]) -> list[str]:
    """With phrases put as the one word that they mean."""
    out: list[str] = []
    at = 0
    while at < len(tokens):
        for stems, word in _phrases().get(stem(tokens[at].lower()), []):
            if [stem(t.lower()) for t in tokens[at : at + len(stems)]] == stems:
                out.append(word)
                at += len(stems)
                break
        else:
            out.append(tokens[at])
            at += 1
    return out


def _kinds(lower: list[str]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for word in lower:
        for number, kind in _exclusive().get(stem(word), []):
            found.setdefault(number, set()).add(kind)
    return {number: frozenset(kinds) for number, kinds in found.items()}


def _names(
    tokens: list[str], lower: list[str], used: set[int], proper: frozenset[str]
) -> tuple[list[Name], dict[int, int]]:
    """Names, and for the index of each word in one which name it is of."""
    countries, capitals, locating = _places()
    names: list[Name] = []
    where: dict[int, int] = {}
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and _is_name(tokens, lower, end, used, proper, inside=end > at):
            end += 1
        if end == at:
            at += 1
            continue
        run = [i for i in range(at, end) if lower[i] not in _titles()]
        place = at > 0 and lower[at - 1] in locating
        terms = []
        for i in run:
            country = countries.get(tokens[i])
            alone = country and not (place and tokens[i] in capitals)
            if alone and len(run) > 1:  # “Ukrainian Energy”: a country and another name
                names.append(Name((str(country),), "", False, public=True))
                where[i] = len(names) - 1
            else:
                terms.append(str(country) if alone else term(lower[i]) if len(lower[i]) > 3 else lower[i])
        if terms:
            initials = "".join(lower[i][0] for i in run) if len(run) > 1 else ""
            public = any(t.startswith("=") for t in terms) or any(lower[i] in _bodies() for i in run)
            names.append(Name(tuple(terms), initials, place, public))
            where.update({i: len(names) - 1 for i in run if i not in where})
        at = end
    return names, where


def _is_name(
    tokens: list[str], lower: list[str], at: int, used: set[int], proper: frozenset[str], inside: bool
) -> bool:
    if (
        not tokens[at][0].isupper()
        or at in used
        or lower[at] in WEEKDAYS
        or (lower[at] in MONTHS and len(lower[at]) > 2 and lower[at] not in ("mar", "may"))
    ):
        return False
    if at == 0 and tokens[0] not in _places()[0] and not (tokens[0].isupper() and len(tokens[0]) > 1):
        following = len(tokens) > 1 and tokens[1][0].isupper() and lower[1] not in _words("stopwords")
        return lower[0] not in _words("stopwords") and (following or tokens[0] in proper)
    return lower[at] not in _words("stopwords") or (tokens[at].isupper() and len(tokens[at]) > 1)


def _polarity(lower: list[str]) -> tuple[dict[int, int], frozenset[int], bool]:
    """Which side of each pair of opposites the claim is on, which sides a negation turned, and what is left over."""
    # “a firm that did not exist”: a negation inside a description says nothing about the claim.
    # “The miners who were trapped are free”: so does what happened to them before.
    described = {i + n for i, word in enumerate(lower) if i and word in ("that", "which", "who") for n in (1, 2, 3)}
    before = {i + n for i, word in enumerate(lower) if word == "who" for n in (1, 2, 3)}
    negations = [
        i for i, word in enumerate(lower)
        if word in _words("negations") and not (i in described and word in ("not", "never", "n't"))
    ]  # fmt: skip
    left = len(negations)
    sides: dict[int, int] = {}
    turned: set[int] = set()
    mixed: set[int] = set()
    for i, word in enumerate(lower):
        for axis, side in _axes().get(stem(word), []) if i not in negations and i not in before else []:
            if any(0 < i - n <= 3 for n in negations):
                side = -side
                if not turned:
                    left -= 1
                turned.add(axis)
            if sides.setdefault(axis, side) != side:
                mixed.add(axis)
    for axis in mixed:
        del sides[axis]
    return sides, frozenset(turned), left % 2 == 1


def _days(lower: Iterable[str], published: date | None) -> frozenset[int]:
    days = {WEEKDAYS.index(w) for w in lower if w in WEEKDAYS}
    if published and not days:
        for word, back in (("today", 0), ("yesterday", 1)):
            if word in lower:
                days.add((published - timedelta(days=back)).weekday())
    return frozenset(days)


def _actor(names: list[Name], named: dict[int, int], lower: list[str]) -> str:
    """Who does it: after “by” in the passive, else the first name that is no place."""
    for i, word in enumerate(lower[:-1]):
        if word == "by":
            after = next((named[j] for j in (i + 1, i + 2) if j in named), None)
            if after is not None:
                return names[after].terms[-1]
    first = next((name for name in names if not name.place), None)
    return first.terms[-1] if first and len(names) > 1 else ""
