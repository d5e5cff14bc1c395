"""Groups of statements that pass on the same claim, from the scores of pairs.

The surest pairs are joined first; two groups are joined only where nothing in them contradicts, so that a vague report
(“several people died”) cannot tie “12 died” to “21 died”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.origin import candidates
from provenance.origin.features import Features, features
from provenance.origin.score import conflict, score
from provenance.origin.statement import Statement

SAME = 0.5  # the least score of two statements of one claim
COMPARED = 8  # members of a group that another must agree with


def group(statements: Sequence[Statement]) -> list[list[int]]:
    """Indices of the statements of each claim, the largest group first; one that stands alone is a group of one."""
    found = describe(statements)
    idf = candidates.weights(found)
    scored = []
    for a, b in candidates.pairs(found, idf).tolist():
        value = score(found[a], found[b], idf)
        if value >= SAME:
            scored.append((-value, a, b))
    scored.sort()
    return _join(found, scored, idf)


def describe(statements: Sequence[Statement]) -> list[Features]:
    within = {w for s in statements for w in re.findall(r"[^\W\d_]+", s.claim.partition(" ")[2])}
    proper = frozenset(w for w in within if w[0].isupper() and w.lower() not in within)
    acronyms = frozenset(w.lower() for s in statements for w in re.findall(r"\b[A-Z]{2,6}\b", s.claim))
    return [features(s, proper, acronyms) for s in statements]


def _join(found: Sequence[Features], scored: list[tuple[float, int, int]], idf: dict[str, float]) -> list[list[int]]:
    home = list(range(len(found)))
    members: dict[int, list[int]] = {i: [i] for i in home}
    for _, a, b in scored:
        one, other = home[a], home[b]
        if one == other or not _agree(found, members[one], members[other], idf):
            continue
        if len(members[one]) < len(members[other]):
            one, other = other, one
        for i in members[other]:
            home[i] = one
        members[one] += members.pop(other)
    return sorted(members.values(), key=lambda m: (-len(m), m[0]))


def _agree(found: Sequence[Features], one: list[int], other: list[int], idf: dict[str, float]) -> bool:
    """No contradiction between them, and on average the members say the same."""
    left, right = one[:COMPARED], other[:COMPARED]
    if any(conflict(found[i], found[j]) for i in left for j in right):
        return False
    values = [score(found[i], found[j], idf) for i in left for j in right]
    return sum(values) / len(values) >= SAME / 2
