"""The quantities that a sentence states, as ranges: “12”, “a dozen”, “1.2 million”, “at least 40”, “hundreds”.

Two statements of one claim may round or leave out a figure; they may not give another one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: value
    for value, word in zip(
        range(20, 100, 10), ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], strict=True
    )
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "dozen": 12, "score": 20,
}  # fmt: skip
ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=1,
    )
}
FRACTIONS = {
    "half": 50.0,
    "third": 100 / 3,
    "thirds": 100 / 3,
    "quarter": 25.0,
    "quarters": 25.0,
    "fifth": 20.0,
    "fifths": 20.0,
}
CROWDS = {
    "dozens": (24.0, 199.0), "scores": (40.0, 199.0), "hundreds": (200.0, 1999.0), "thousands": (2000.0, 19999.0),
    "millions": (2e6, 1.999e7), "billions": (2e9, 1.999e10),
}  # fmt: skip
ABOUT = frozenset(
    ["about", "around", "roughly", "approximately", "some", "nearly", "almost", "close", "approx", "circa"]
)
OVER = frozenset(["over", "least", "exceeding", "above", "exceeded", "surpassed", "topped"])
UNDER = frozenset(["under", "below", "most"])
MONEY = frozenset(["$", "€", "£", "dollar", "dollars", "euro", "euros", "pound", "pounds"])
PERCENT = frozenset(["%", "percent", "pct", "percentage"])
MONTHS = {
    month[:length]: number
    for number, month in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
    for length in (3, len(month))
} | {"sept": 9}

DAYS = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 365 / 12, "year": 365}
FURTHER = frozenset(["more", "further", "additional", "straight", "consecutive"])  # twelve more months
ROUGHLY = 0.03  # a year and twelve months, 48 hours and two days are one
POINT = re.compile(r"(?:of a |of one |a )?(?:percentage |full )?points?\b")

DIGITS = re.compile(r"(\d[\d,]*(?:\.\d+)?)(st|nd|rd|th|km|kg|cm|mm|mph|k|m|mn|bn|tn|b|c|f)?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A range of values. `unit`: the word it counts. `kind`: plain, percent, points (of a percentage), money, year,
    day, ordinal, span (of time, in days) or age (in years).
    """

    low: float
    high: float
    kind: str
    unit: str = ""

    def agrees(self, other: Quantity) -> bool:
        return self.kind == other.kind and self.low <= other.high and other.low <= self.high


def quantities(words: Sequence[str]) -> tuple[list[Quantity], set[int]]:
    """The quantities among lower-case words, and the indices of the words that state them."""
    found: list[Quantity] = []
    used: set[int] = set()
    at = 0
    while at < len(words):
        part, end = _fraction(words, at)
        if end > at:
            points = POINT.match(" ".join(words[end : end + 5]))  # a quarter point
            found.append(Quantity(part / 100, part / 100, "points", "") if points else
                         Quantity(part, part, "percent", _unit(words, end)))  # fmt: skip
            used.update(range(at, end))
            at = end
            continue
        value, end, ordinal, crowd = _read(words, at)
        if end == at:
            at += 1
            continue
        low, high = crowd or (value, value)
        kind = "ordinal" if ordinal else "plain"
        after = end + 1 if words[end : end + 1] and words[end] in FURTHER else end
        follows = words[after] if after < len(words) else ""
        before = words[at - 1] if at else ""
        if follows == "basis":
            kind, low, high = "points", low / 100, high / 100
        elif follows == "percentage" or follows.startswith("point"):
            kind = "points"
        elif follows in PERCENT or (follows == "per" and words[after + 1 : after + 2] == ["cent"]):
            kind = "percent"
        elif follows in ("year", "years") and words[after + 1 : after + 2] == ["old"]:
            kind = "age"
        elif follows.removesuffix("s") in DAYS and not ordinal:
            days = DAYS[follows.removesuffix("s")]
            kind, low, high = "span", low * days * (1 - ROUGHLY), high * days * (1 + ROUGHLY)
        elif before in MONEY or follows in MONEY:
            kind = "money"
        elif follows[:4].rstrip(".") in MONTHS or before.rstrip(".") in MONTHS:
            kind = "year" if 1500 <= value <= 2100 else "day"
        elif (
            kind == "plain" and value == int(value) and 1900 <= value <= 2099 and "," not in words[at] and end == at + 1
        ):
            kind = "year"
        if kind in ("plain", "percent", "money", "span") and not crowd:
            low, high = _rounded(low, high, words[max(0, at - 3) : at])
        found.append(Quantity(low, high, kind, _unit(words, end)))
        used.update(range(at, end))
        at = end
    return found, used


def _fraction(words: Sequence[str], at: int) -> tuple[float, int]:
    """“half”, “a third”, “three quarters”, “one in four”, as a percentage; and the index after it."""
    if words[at] == "half":
        return FRACTIONS["half"], at + 1
    count = 1 if words[at] == "a" else UNITS.get(words[at], 0)
    following = words[at + 1] if at + 1 < len(words) else ""
    if count and following in FRACTIONS and following != "half":
        of = words[at + 2 : at + 3]
        pointed = POINT.match(" ".join(words[at + 2 : at + 5]))
        if following.endswith("s") or pointed or not of or of[0] in ("of", "to", "more", "less", "in", "by"):
            return count * FRACTIONS[following], at + 2
    if count and following == "in" and len(words) > at + 2 and UNITS.get(words[at + 2], 0) > count:
        return 100 * count / UNITS[words[at + 2]], at + 3
    return 0.0, at


def _read(words: Sequence[str], at: int) -> tuple[float, int, bool, tuple[float, float] | None]:
    """Value, index after it, whether an ordinal, and the range of a crowd (“dozens”); end == at: no quantity here."""
    word = words[at]
    if word in CROWDS:
        return 0.0, at + 1, False, CROWDS[word]
    match = DIGITS.match(word)
    if match:
        value = float(match[1].replace(",", ""))
        suffix = match[2] or ""
        if suffix in ("st", "nd", "rd", "th"):
            return value, at + 1, True, None
        value *= SCALES.get(suffix, 1)
        return *_scaled(words, value, at + 1), False, None
    if word in ORDINALS and word not in ("second", "third", "fifth"):
        return float(ORDINALS[word]), at + 1, True, None
    if (
        word in ("a", "an")
        and words[at + 1 : at + 2]
        and words[at + 1] in SCALES
        and words[at + 1] not in ("k", "m", "b", "score")
    ):
        return *_scaled(words, 1.0, at + 1), False, None
    if word in UNITS:
        return _spelled(words, at)
    if word in ("second", "third") and at + 1 < len(words) and words[at - 1] in ("the", "a"):
        return float(ORDINALS[word]), at + 1, True, None
    return 0.0, at, False, None


def _spelled(words: Sequence[str], at: int) -> tuple[float, int, bool, tuple[float, float] | None]:
    """“twenty-one”, “three hundred and twelve”, “two dozen”; “one” alone is mostly no figure, but “one person” is."""
    total, current, end = 0.0, 0.0, at
    while end < len(words):
        word = words[end]
        if word in UNITS:
            current += UNITS[word]
        elif word == "hundred" or word == "dozen":
            current *= SCALES[word]
        elif word in ("thousand", "million", "billion", "trillion"):
            total, current = total + current * SCALES[word], 0.0
        elif not (
            word == "and"
            and end > at
            and words[end - 1] in SCALES
            and words[end + 1 : end + 2]
            and words[end + 1] in UNITS
        ):
            break
        end += 1
    if list(words[end : end + 3]) == ["and", "a", "half"] and current < 20:
        return total + current + 0.5, end + 3, False, None
    return total + current, end, False, None


def _scaled(words: Sequence[str], value: float, end: int) -> tuple[float, int]:
    while end < len(words) and words[end] in SCALES and words[end] != "score":
        value *= SCALES[words[end]]
        end += 1
    return value, end


def _rounded(low: float, high: float, before: Sequence[str]) -> tuple[float, float]:
    joined = " ".join(before)
    if OVER & set(before[-2:]) or joined.endswith("more than"):
        return low, high * 1.25
    if UNDER & set(before[-2:]) or joined.endswith(("fewer than", "less than", "up to")):
        return low * 0.8, high
    if ABOUT & set(before[-2:]):
        return low * 0.93, high * 1.07
    return low, high


def _unit(words: Sequence[str], end: int) -> str:
    return words[end] if end < len(words) else ""
