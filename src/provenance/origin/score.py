"""Do two statements pass on the same claim? What must agree, then a learned score of how much they share.

Figures, negation, direction, days and places must agree: a claim that differs in one of them is another claim, however
like its wording. The rest is a logistic regression over a few shares (words/scorer.toml, learnt by `benchmarks/origin.py`
on claims that are not those it is judged on).
"""

from __future__ import annotations

import math
from functools import cache

from provenance.origin.features import Features, Name, data

WINDOW = 45  # days between two articles that can pass on the same claim
SIGNALS = ("jaccard", "covered", "plain", "names", "figures", "strangers", "extras")


def score(a: Features, b: Features, idf: dict[str, float]) -> float:
    """From 0 to 1; 0 where something that must agree does not."""
    if conflict(a, b):
        return 0.0
    bias, weights = _model()
    total = bias + sum(weights[name] * value for name, value in signals(a, b, idf).items())
    return 1 / (1 + math.exp(-total))


@cache
def _model() -> tuple[float, dict[str, float]]:
    table = data("scorer")
    return float(table["bias"]), {name: float(table["weights"][name]) for name in SIGNALS}


def conflict(a: Features, b: Features) -> str | None:
    """What makes these two different claims, or None."""
    if a.date and b.date and abs((a.date - b.date).days) > WINDOW:
        return "date"
    if a.negated != b.negated and not _opposed_words(a, b):
        return "negation"
    if any(b.sides.get(axis, side) != side for axis, side in a.sides.items()):
        return "direction"
    if a.days and b.days and not a.days & b.days:
        return "day"
    if _figures_differ(a, b):
        return "figures"
    lone_a, lone_b = strangers(a, b), strangers(b, a)
    if any(n.place for n in lone_a) and any(n.place for n in lone_b):
        return "place"
    if a.actor and b.actor and a.actor != b.actor and a.actor in b.terms and b.actor in a.terms:
        return "roles"
    return None


def _opposed_words(a: Features, b: Features) -> bool:
    """“did not approve” and “rejected”: the same side of a pair, once with a negation and once without."""
    return any(axis in b.sides for axis in a.sides)


def _figures_differ(a: Features, b: Features) -> bool:
    """Both give a figure that the other has not, of the same kind."""
    lone_a = [q for q in a.quantities if not any(q.agrees(o) for o in b.quantities)]
    lone_b = [q for q in b.quantities if not any(q.agrees(o) for o in a.quantities)]
    return bool({q.kind for q in lone_a} & {q.kind for q in lone_b})


def strangers(a: Features, b: Features) -> list[Name]:
    """Names of a that b does not have, neither whole, nor by the last word, nor by initials."""
    theirs = {n.initials for n in b.names if n.initials}
    return [
        n for n in a.names
        if not (n.terms[-1] in b.terms or n.initials in b.terms or n.terms[0] in theirs or sum(t in b.terms for t in n.terms) * 2 > len(n.terms))
    ]  # fmt: skip


def signals(a: Features, b: Features, idf: dict[str, float]) -> dict[str, float]:
    """The shares that the score is made of, each about 0 to 1."""
    common = sum(idf[t] for t in a.terms & b.terms)
    one, other = sum(idf[t] for t in a.terms), sum(idf[t] for t in b.terms)
    names = {t for n in a.names for t in n.terms} | {t for n in b.names for t in n.terms}
    plain_a, plain_b = a.terms - names, b.terms - names
    lone_a, lone_b = strangers(a, b), strangers(b, a)
    shared_names = len(a.names) - len(lone_a)
    agreeing = sum(any(q.agrees(o) for o in b.quantities) for q in a.quantities)
    return {
        "jaccard": common / max(1e-9, one + other - common),
        "covered": common / max(1e-9, min(one, other)),
        "plain": len(plain_a & plain_b) / max(1, min(len(plain_a), len(plain_b))),
        "names": min(2, shared_names) / 2,
        "figures": min(2, agreeing) / 2,
        "strangers": min(2, min(len(lone_a), len(lone_b))) / 2,
        "extras": min(2, max(len(lone_a), len(lone_b))) / 2,
    }
