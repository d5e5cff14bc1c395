"""Do two statements pass on the same claim? What must agree, then a learned score of how much they share.

Figures, days and dates must agree: a claim that differs in one of them is another claim, however like its wording. The
rest is a logistic regression (words/scorer.toml) over a few shares, over what speaks against it (a negation, another
direction, another name), and over what a network makes of the two sentences (same_claim.py). `training/same_claim.py`
and `training/claim_score.py` learn them from invented claims.
"""

from __future__ import annotations

import math
from functools import cache

from provenance.origin.features import Features, Name, data, directed

WINDOW = 45  # days between two articles that can pass on the same claim
ENOUGH = 3  # words, names and figures in common: “the bodies were recovered” could be anybody's
MORE = 4  # where they share neither name nor figure: “it will make a huge difference” is said of everything
UNDOING = ("un", "il", "im", "in", "ir", "dis", "non")
VERBATIM = 0.8  # weighted Jaccard index from which on fewer will do
LEAST = 0.06  # weighted Jaccard index under which two statements are not compared
PEOPLE = ("an", "ian", "ese", "ish", "ot", "er")  # “Norlander” and “Norland”
SHARES = ("jaccard", "covered", "plain", "names", "figures", "extras")
AGAINST = ("negation", "direction", "kind", "strangers", "elsewhere", "roles")
SIGNALS = (*SHARES, *AGAINST, "said")
FAR = 8.0  # log-odds beyond which the network is not believed more


def score(found: dict[str, float]) -> float:
    """From 0 to 1, of the signals of two statements."""
    bias, weights = _model()
    total = bias + sum(weights[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-total))


@cache
def _model() -> tuple[float, dict[str, float]]:
    table = data("scorer")
    return float(table["bias"]), {name: float(table["weights"][name]) for name in SIGNALS}


def plausible(a: Features, b: Features, idf: dict[str, float]) -> bool:
    """Worth a closer look: nothing rules it out, and they have enough in common, a name if both name anyone."""
    if conflict(a, b) or (a.names and len(strangers(a, b)) == len(a.names) and strangers(b, a)):
        return False
    shares = _shares(a, b, idf)
    enough = ENOUGH if shares["names"] or shares["figures"] else MORE
    return shares["jaccard"] >= VERBATIM or (shares["jaccard"] >= LEAST and _common(a, b) >= enough)


def conflict(a: Features, b: Features) -> str | None:
    """What rules out that these are one claim, or None."""
    if a.date and b.date and abs((a.date - b.date).days) > WINDOW:
        return "date"
    if a.days and b.days and not a.days & b.days:
        return "day"
    if a.denied != b.denied and _negated(a, b) != _negated(b, a):
        return "negation"
    return "figures" if _figures_differ(a, b) else None


def against(a: Features, b: Features) -> dict[str, float]:
    """What speaks against one claim, each from 0 to 1."""
    lone_a, lone_b = strangers(a, b), strangers(b, a)
    turned = any(b.sides.get(axis, side) != side for axis, side in a.sides.items())
    return {
        "negation": float(_negated(a, b) != _negated(b, a)),
        "direction": float(turned or _undone(a, b) or _undone(b, a)),
        "kind": float(any(kinds.isdisjoint(b.kinds.get(number, kinds)) for number, kinds in a.kinds.items())),
        "strangers": _both(lone_a, lone_b, public=False),
        "elsewhere": _both(lone_a, lone_b, public=True),
        "roles": float(_swapped(a, b)),
    }


def _both(one: list[Name], other: list[Name], public: bool) -> float:
    """Whether both have names that the other has not: of people and firms, or of countries and bodies."""
    return min(sum(n.public == public for n in one), sum(n.public == public for n in other), 2) / 2


def _swapped(a: Features, b: Features) -> bool:
    """Of a deed that one does to another, the one acts here and the other there; where it happened is no actor."""
    if not a.terms & b.terms & directed():
        return False
    places = {t for n in (*a.names, *b.names) if n.place for t in n.terms}
    actors = {a.actor, b.actor}
    return len(actors) == 2 and "" not in actors and actors <= a.terms & b.terms and not actors & places


def _negated(a: Features, b: Features) -> bool:
    """Whether a is negated, as far as b can tell: a turned side counts only where b names neither side.

    So “did not approve” and “rejected” agree, and so do not “no workers died” and “workers lost an arm”.
    """
    return a.negated != any(axis not in b.sides for axis in a.turned)


def _undone(a: Features, b: Features) -> bool:
    """a has a word that b has with a prefix that turns it round: “safe” and “unsafe”."""
    return any(
        t.startswith(UNDOING) and (t[2:] in b.terms or t[3:] in b.terms) and len(t) > 5 for t in a.terms - b.terms
    )


def _figures_differ(a: Features, b: Features) -> bool:
    """Both give a figure that the other has not, of the same kind."""
    lone_a = [q for q in a.quantities if not any(q.agrees(o) for o in b.quantities)]
    lone_b = [q for q in b.quantities if not any(q.agrees(o) for o in a.quantities)]
    return bool({q.kind for q in lone_a} & {q.kind for q in lone_b})


def _common(a: Features, b: Features) -> int:
    """How many things both say: words, names (one each, however long) and figures."""
    plain = (a.terms & b.terms) - {t for n in (*a.names, *b.names) for t in n.terms}
    return len(plain) + len(a.names) - len(strangers(a, b)) + _agreeing(a, b)


def _agreeing(a: Features, b: Features) -> int:
    return sum(any(q.agrees(o) for o in b.quantities) for q in a.quantities)


def strangers(a: Features, b: Features) -> list[Name]:
    """Names of a that b does not have, neither whole, nor shorter or longer, nor by initials."""
    return [
        n
        for n in a.names
        if not set(n.terms) <= b.terms and n.initials not in b.terms and not any(_alike(n, m) for m in b.names)
    ]


def _alike(n: Name, m: Name) -> bool:
    """“Venn” and “Oskar Venn”; “WHO” and “World Health Organization”; not “Sample Foods” and “Purely Foods”."""
    one, other = set(n.terms), set(m.terms)
    if len(one) == len(other) == 1 and n.terms[0][:4] == m.terms[0][:4] and (n.terms[0] + m.terms[0]).endswith(PEOPLE):
        return True
    return one <= other or other <= one or n.terms[0] == m.initials or m.terms[0] == n.initials or len(one & other) >= 2


def signals(a: Features, b: Features, idf: dict[str, float], said: float) -> dict[str, float]:
    """What the score is made of, each about -2 to 2. said: the network's log-odds."""
    return {**_shares(a, b, idf), **against(a, b), "said": max(-FAR, min(FAR, said)) / 4}


def _shares(a: Features, b: Features, idf: dict[str, float]) -> dict[str, float]:
    """How much of what they say is in both, each from 0 to 1."""
    common = sum(idf[t] for t in a.terms & b.terms)
    one, other = sum(idf[t] for t in a.terms), sum(idf[t] for t in b.terms)
    names = {t for n in a.names for t in n.terms} | {t for n in b.names for t in n.terms}
    plain_a, plain_b = a.terms - names, b.terms - names
    lone_a, lone_b = strangers(a, b), strangers(b, a)
    shared_names = len(a.names) - len(lone_a)
    return {
        "jaccard": common / max(1e-9, one + other - common),
        "covered": common / max(1e-9, min(one, other)),
        "plain": len(plain_a & plain_b) / max(1, min(len(plain_a), len(plain_b))),
        "names": min(2, shared_names) / 2,
        "figures": min(2, _agreeing(a, b)) / 2,
        "extras": min(2, max(len(lone_a), len(lone_b))) / 2,
    }
