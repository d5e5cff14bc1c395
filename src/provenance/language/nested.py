"""Statements inside statements: *The Post reports that sources said …*.

A reader trained on corpora without nesting (PolNeAR has none) finds the outer attribution only. The rules find the
inner one, and only inside the content of an outer one, where a second voice is what passes the claim on.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.language.reading import FoundAttribution, Ranges


def nested(outer: Sequence[FoundAttribution], by_rules: Sequence[FoundAttribution]) -> list[FoundAttribution]:
    """The attributions of `by_rules` that lie whole inside the content of one of `outer` and are none of them."""
    own = [cue for attribution in outer for cue in attribution.cue]
    return [
        inner
        for inner in by_rules
        if inner.cue
        and inner.source
        and not _touches(inner.cue, own)
        and any(_inside([*inner.cue, *inner.source], a.content) for a in outer)
    ]


def _touches(ranges: Ranges, others: Ranges) -> bool:
    return any(s < other_end and other_start < e for s, e in ranges for other_start, other_end in others)


def _inside(ranges: Ranges, content: Ranges) -> bool:
    return all(any(start <= s and e <= end for start, end in content) for s, e in ranges)
