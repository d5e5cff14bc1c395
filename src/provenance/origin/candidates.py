"""Pairs of statements that may say the same: MinHash signatures (Broder 1997, by `rensa`), cut into bands.

Each claim is a set of its terms, names and figures. What is rare in the collection counts several times (as copies of
an element), so that two paraphrases that share a name and a figure meet, and two that share “people” do not. In a band,
those with equal values are sorted by date and each is paired with the next few only (sorted neighbourhood, Hernández
and Stolfo 1995): so the pairs grow with the statements, not with their square. A large group hangs together by its
chain.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from provenance.origin.features import Features

BANDS, ROWS = 48, 2
NEIGHBOURS = 6  # of one statement in one band
LEAST = 0.12  # share of equal values in two signatures, an estimate of the weighted Jaccard index
HEAVIEST = 6  # copies of the rarest element


def weights(collection: Sequence[Features]) -> dict[str, float]:
    """Inverse document frequency of each term, smoothed, so that it means something in small collections too."""
    counts = Counter(t for f in collection for t in f.terms)
    total = len(collection) + 200
    return {t: math.log(total / (n + 2)) for t, n in counts.items()}


def pairs(collection: Sequence[Features], idf: dict[str, float]) -> NDArray[np.int64]:
    """Candidate pairs, an array of shape (pairs, 2) of indices, the smaller first; each once."""
    if len(collection) < 2:
        return np.empty((0, 2), np.int64)
    signatures = _signatures(collection, idf)
    days = np.array([f.date.toordinal() if f.date else 0 for f in collection])
    size = len(collection)
    found: list[NDArray[np.int64]] = []
    for band in range(BANDS):
        rows = signatures[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        value = rows[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ rows[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F)
        order = np.lexsort((days, value))
        for step in range(1, NEIGHBOURS + 1):
            left, right = order[:-step], order[step:]
            equal = value[left] == value[right]
            one, other = left[equal], right[equal]
            found.append(np.minimum(one, other) * size + np.maximum(one, other))
        if band % 8 == 7:  # most pairs meet in several bands: kept once, before they fill the memory
            found = [_distinct(np.concatenate(found))]
    keys = _distinct(np.concatenate(found))
    both = np.stack([keys // size, keys % size], axis=1)
    return both[_alike(signatures, both) >= LEAST]


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    ordered = np.sort(keys)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def _signatures(collection: Sequence[Features], idf: dict[str, float]) -> NDArray[np.uint32]:
    """Shape (statements, BANDS * ROWS)."""
    heaviest = max(idf.values(), default=1.0) or 1.0
    copies = {t: max(1, round(HEAVIEST * w / heaviest)) for t, w in idf.items()}
    parts = []
    for start in range(0, len(collection), 20000):
        sets = [_elements(f, copies) for f in collection[start : start + 20000]]
        digests = RMinHash.digests_from_token_sets(sets, BANDS * ROWS, 14)
        parts.append(np.asarray(digests, dtype=np.uint32))
    return np.concatenate(parts)


def _elements(f: Features, copies: dict[str, int]) -> list[str]:
    elements = [f"{t}#{i}" for t in f.terms for i in range(copies[t])]
    elements += [f"{q.kind}:{q.low:g}#{i}" for q in f.quantities for i in range(2)]
    return elements or ["(empty)"]


def _alike(signatures: NDArray[np.uint32], both: NDArray[np.int64]) -> NDArray[np.float64]:
    shares = [
        (signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1)
        for part in np.array_split(both, max(1, len(both) // 200_000))
    ]
    return np.concatenate(shares) if shares else np.empty(0)
