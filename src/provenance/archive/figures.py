"""What a corpus says, counted: each figure with its count and a 95 % interval.

Everything is summed shard by shard, so that memory does not grow with the corpus. Shares of articles have Wilson's
interval (Wilson 1927, for a proportion). It takes articles as independent; stories that copy each other are not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from provenance.analysis import KINDS

Z = 1.959964  # of a normal distribution: 95 % lie within


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total`, with the bounds of the interval of their ratio."""

    name: str
    hits: int
    total: int

    @property
    def value(self) -> float:
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        n, p = self.total, self.value
        if not n:
            return 0.0, 1.0
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(slots=True)
class Figures:
    """Counters over a corpus."""

    articles: int = 0
    sentences: int = 0
    outlets: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    marked: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # "outlet:mark" → articles
    kinds: Counter[str] = field(default_factory=Counter)  # sources
    kind_articles: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)  # articles with it
    cited: Counter[str] = field(default_factory=Counter)  # articles that cite the outlet
    anonymity: Counter[str] = field(default_factory=Counter)  # of anonymous sources
    rejects: Counter[str] = field(default_factory=Counter)


MARKS = (("anonymous-source", "anonymous_source"), ("unverified-claim", "unverified_claim"))


def count(folder: Path) -> Figures:
    found = Figures()
    for shard in sorted((folder / "shards").glob("[!.]*")):
        publishers: dict[tuple[str, int], str] = {}
        for row in _rows(shard, "articles"):
            publishers[row["input"], row["record"]] = _article(found, row)
        cited: set[tuple[str, int, str]] = set()
        kinds: set[tuple[str, int, str]] = set()
        for row in _rows(shard, "sources"):
            key = (row["input"], row["record"])
            found.kinds[row["kind"]] += 1
            kinds.add((*key, row["kind"]))
            if row["kind"] == "media" and row["name"] != publishers.get(key):
                cited.add((*key, row["name"]))
            if row["kind"] == "anonymous":
                found.anonymity[_anonymity(row)] += 1
        found.cited.update(name for _, _, name in cited)
        found.kind_articles.update(kind for _, _, kind in kinds)
        codes = {
            (r["input"], r["record"], reason["code"]) for r in _rows(shard, "highlights") for reason in r["reasons"]
        }
        found.reasons.update(code for _, _, code in codes)
        found.rejects.update(row["reason"] for row in _rows(shard, "rejects"))
    return found


def _rows(shard: Path, table: str) -> Iterator[dict[str, Any]]:
    yield from pq.read_table(shard / f"{table}.parquet").to_pylist()


def _article(found: Figures, row: dict[str, Any]) -> str:
    publisher = row["publisher"] or row["outlet"] or "(unknown)"
    month = row["date"].strftime("%Y-%m") if row["date"] else None
    found.articles += 1
    found.sentences += row["sentences"]
    found.outlets[publisher] += 1
    if month:
        found.months[month] += 1
    for mark, column in MARKS:
        if row[column]:
            found.marked[f"outlet:{mark}"][publisher] += 1
            found.marked["all"][mark] += 1
            if month:
                found.marked[f"month:{mark}"][month] += 1
    return str(publisher)


def _anonymity(row: dict[str, Any]) -> str:
    if not row["anonymity_reason"]:
        return "no reason given"
    return "boilerplate (“not authorised to speak”)" if row["reason_boilerplate"] else "a reason given"


def tables(found: Figures) -> dict[str, tuple[str, list[Share]]]:
    """Name of the CSV → (what its shares are of, the shares, the most frequent first)."""
    result: dict[str, tuple[str, list[Share]]] = {
        "marks": ("articles with the mark", [Share(m, found.marked["all"][m], found.articles) for m, _ in MARKS])
    }
    for mark, _ in MARKS:
        by_outlet = [Share(o, found.marked[f"outlet:{mark}"][o], n) for o, n in found.outlets.most_common()]
        result[f"outlets-{mark}"] = (f"articles of the outlet with {mark}", by_outlet)
        by_month = [Share(m, found.marked[f"month:{mark}"][m], n) for m, n in sorted(found.months.items())]
        result[f"months-{mark}"] = (f"articles of the month with {mark}", by_month)
    sources = sum(found.kinds.values())
    result["kinds"] = ("sources of the kind", [Share(k, found.kinds[k], sources) for k in KINDS])
    result["kinds-articles"] = (
        "articles with a source of the kind",
        [Share(k, found.kind_articles[k], found.articles) for k in KINDS],
    )
    result["reasons"] = (
        "articles with the reason",
        [Share(c, n, found.articles) for c, n in found.reasons.most_common()],
    )
    result["cited"] = (
        "articles that cite the outlet",
        [Share(o, n, found.articles) for o, n in found.cited.most_common()],
    )
    anonymous = sum(found.anonymity.values())
    result["anonymity"] = ("anonymous sources", [Share(c, n, anonymous) for c, n in found.anonymity.most_common()])
    records = found.articles + sum(found.rejects.values())
    result["rejects"] = ("records that were rejected", [Share(r, n, records) for r, n in found.rejects.most_common()])
    return result
