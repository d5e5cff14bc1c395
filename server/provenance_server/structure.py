"""A look at a page before any parser sees it: refuses what cannot be a news page and is known to choke parsers.

Linear, some milliseconds for a megabyte. Each limit is several times the largest value among real news pages
(`benchmarks/structure.py` prints these); what passes and is still too much for a worker meets its deadline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance_server.problems import Problem

LONG = 20_000  # characters of a tag from which on it is looked at

CELL = re.compile("<t[dh][\\s>]", re.IGNORECASE)
CELL_BYTES = re.compile(b"<t[dh][\\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Structure:
    """`tags`: of “<”, as they are one for each start and end of an element; `ends`: of “>”; `cells`: of tables;
    `longest`: characters of the longest tag; `attributes`: of “=” in one tag."""

    tags: int
    ends: int
    cells: int
    longest: int
    attributes: int


# Largest among 782 news pages: 10,305 tags, 10,374 ends, 1,095 cells, 320,281 characters, 2,620 attributes.
LIMITS = Structure(tags=60_000, ends=200_000, cells=10_000, longest=1_500_000, attributes=15_000)
NAMES = {
    "tags": "tags",
    "ends": "“>” characters",
    "cells": "cells in tables",
    "longest": "characters in one tag",
    "attributes": "attributes on one tag",
}


def check(html: str | bytes) -> None:
    """413 for a page past one of the limits, naming it."""
    found = measure(html)
    for name, words in NAMES.items():
        value, limit = getattr(found, name), getattr(LIMITS, name)
        if value > limit:
            raise Problem(
                413,
                "not-structured-as-a-page",
                f"{value:,} {words}; no news page has more than {limit:,}.",
                limit=limit,
            )


def measure(html: str | bytes) -> Structure:
    """Counts what `LIMITS` limits; stops early where a limit is passed that the rest would be slow beyond."""
    less, more, equals = ("<", ">", "=") if isinstance(html, str) else (b"<", b">", b"=")
    tags, ends = html.count(less), html.count(more)  # type: ignore[arg-type]
    if tags > LIMITS.tags or ends > LIMITS.ends:
        return Structure(tags, ends, 0, 0, 0)
    cells = len(CELL.findall(html) if isinstance(html, str) else CELL_BYTES.findall(html))
    longest = attributes = 0
    for piece in html.split(more):  # type: ignore[arg-type]
        if len(piece) >= LONG and (start := piece.find(less)) >= 0:  # type: ignore[arg-type]
            longest = max(longest, len(piece) - start)
            attributes = max(attributes, piece.count(equals, start))  # type: ignore[arg-type]
    return Structure(tags, ends, cells, longest, attributes)
