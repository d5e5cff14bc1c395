"""Groups of statements that pass on the same claim, from the scores of pairs.

The surest pairs are joined first; two groups are joined only where nothing in them contradicts, so that a vague report
(“several people died”) cannot tie “12 died” to “21 died”.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from threadpoolctl import ThreadpoolController

from provenance.origin import candidates
from provenance.origin.features import Features, features
from provenance.origin.same_claim import Sentence, same_claim
from provenance.origin.score import conflict, plausible, score, signals
from provenance.origin.statement import Statement

SAME = 0.35  # the least score of two statements of one claim
AVERAGE = 0.3  # the least mean score of the pairs between two groups that are joined
PART = 100_000  # pairs that are looked at in one go
BATCH = 64  # blocks that a thread judges at a time
COMPARED = 4  # members of a group that another must agree with


def group(statements: Sequence[Statement]) -> list[list[int]]:
    """Indices of the statements of each claim, the largest group first; one that stands alone is a group of one."""
    found = describe(statements)
    idf = candidates.weights(found)
    every = candidates.pairs(found, idf)
    parts = (every[at : at + PART].tolist() for at in range(0, len(every), PART))
    pairs = [(a, b) for part in parts for a, b in part if plausible(found[a], found[b], idf)]
    linked: dict[int, list[tuple[int, int]]] = {}
    block = {
        i: n for n, members in enumerate(_joined(range(len(found)), pairs, lambda one, other: True)) for i in members
    }
    for pair in pairs:
        linked.setdefault(block[pair[0]], []).append(pair)
    # What no pair links cannot be one claim: so each block is judged alone, and what was read for it let go.
    blocks = iter(linked.values())
    batches = iter(lambda: list(islice(blocks, BATCH)), [])
    sure: list[list[int]] = []
    same_claim()  # loaded once, before several threads ask for it
    # Reading sentences leaves the interpreter to other threads; BLAS's own cost far more than such small matrices.
    with ThreadpoolController().limit(limits=1), ThreadPoolExecutor(os.cpu_count()) as threads:
        for groups in threads.map(lambda batch: [g for own in batch for g in _judged(own, found, idf)], batches):
            sure += groups
    alone = [[i] for i in range(len(found)) if block[i] not in linked]
    return sorted([*sure, *alone], key=lambda members: (-len(members), members[0]))


def _judged(pairs: list[tuple[int, int]], found: Sequence[Features], idf: dict[str, float]) -> list[list[int]]:
    """The groups of one block, from its pairs."""
    scores = Scores(found, idf)
    scored = sorted((-scores.of(a, b), a, b) for a, b in pairs)
    likely = [(a, b) for value, a, b in scored if -value >= SAME]
    return _joined({i for pair in pairs for i in pair}, likely, scores.agree)


class Scores:
    """How surely two statements of a collection, given by their indices, make one claim: from 0 to 1."""

    def __init__(self, found: Sequence[Features], idf: dict[str, float]) -> None:
        self._features, self._idf = found, idf
        self._read: dict[int, Sentence] = {}
        self._known: dict[tuple[int, int], float] = {}

    def of(self, a: int, b: int) -> float:
        key = (a, b) if a < b else (b, a)
        if key not in self._known:
            self._known[key] = self._score(*key)
        return self._known[key]

    def _score(self, a: int, b: int) -> float:
        one, other = self._features[a], self._features[b]
        if not plausible(one, other, self._idf):
            return 0.0
        if one.words == other.words:
            return 1.0
        said = same_claim().log_odds(self._sentence(a), self._sentence(b))
        return score(signals(one, other, self._idf, said))

    def _sentence(self, at: int) -> Sentence:
        if at not in self._read:
            self._read[at] = same_claim().read(self._features[at].words)
        return self._read[at]

    def agree(self, one: list[int], other: list[int]) -> bool:
        """No contradiction between two groups, and on average the members say the same."""
        pairs = [(i, j) for i in one[:COMPARED] for j in other[:COMPARED]]
        if any(conflict(self._features[i], self._features[j]) for i, j in pairs):
            return False
        return sum(self.of(i, j) for i, j in pairs) / len(pairs) >= AVERAGE


def describe(statements: Sequence[Statement]) -> list[Features]:
    within = {w for s in statements for w in re.findall(r"[^\W\d_]+", s.claim.partition(" ")[2])}
    proper = frozenset(w for w in within if w[0].isupper() and w.lower() not in within)
    acronyms = frozenset(w.lower() for s in statements for w in re.findall(r"\b[A-Z]{2,6}\b", s.claim))
    return [features(s, proper, acronyms) for s in statements]


def _joined(
    things: Iterable[int], pairs: Iterable[tuple[int, int]], agree: Callable[[list[int], list[int]], bool]
) -> list[list[int]]:
    """The groups of things once each pair in turn has joined the groups of its two, if these agree."""
    members = {i: [i] for i in things}
    home = {i: i for i in members}
    for a, b in pairs:
        one, other = home[a], home[b]
        if one == other or not agree(members[one], members[other]):
            continue
        if len(members[one]) < len(members[other]):
            one, other = other, one
        for i in members[other]:
            home[i] = one
        members[one] += members.pop(other)
    return list(members.values())
