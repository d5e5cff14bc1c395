"""Pairs of real statements that share words and are not one claim: what an archive is full of.

Invented confusers are whole sentences that differ in one thing. What a quotation finder cuts out of two articles on one
matter is another thing: *closing the plant before …* beside *the decision to close the plant*. PolNeAR's
articles are all on one election, so two contents of articles that are weeks apart share names and topics, and are
hardly ever one claim where they have few words in common.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from provenance.origin import candidates
from provenance.origin.features import Features
from provenance.origin.groups import describe
from provenance.origin.reading import WORDS
from provenance.origin.score import plausible, signals
from provenance.origin.statement import Statement

APART = 7  # days: what was said is said again within a week
COMMON, COVERED = 0.3, 0.6  # shares of words from which on two statements may well be one claim
PAIRS = 6000


def unrelated(shared: Path, seed: int = 1) -> tuple[list[Features], dict[str, float], list[tuple[int, int]]]:
    """Statements of PolNeAR train, their terms' weights, and PAIRS pairs (indices) that are not one claim."""
    days, statements = zip(*_contents(shared / "data/polnear/train.jsonl.gz"), strict=True)
    found = describe(statements)
    idf = candidates.weights(found)
    kept = []
    for a, b in candidates.pairs(found, idf).tolist():
        if abs((days[a] - days[b]).days) >= APART and plausible(found[a], found[b], idf):
            shares = signals(found[a], found[b], idf, 0)
            if shares["jaccard"] < COMMON and shares["covered"] < COVERED:
                kept.append((a, b))
    return found, idf, random.Random(seed).sample(kept, min(PAIRS, len(kept)))


def _contents(file: Path) -> Iterator[tuple[date, Statement]]:
    """The day of each content's article, and the content as a statement without one: a gap would rule the pair out."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            day = date.fromisoformat(article["id"].split("_")[1])  # breitbart_2015-11-11_the-ninth-circle
            for a in article["attributions"]:
                content = " … ".join(article["text"][start:end] for start, end in a["content"])
                if len(content.split()) >= WORDS:
                    yield day, Statement("", content, article["publisher"], article["publisher"], article["key"])
