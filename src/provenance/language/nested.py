"""Statements inside statements: *The Post reports that sources said …*.

A reader trained on corpora without nesting (PolNeAR has none) finds the outer attribution only. The rules find the
inner one, and only inside the content of an outer one, where a second voice is what passes the claim on. Inside what
an outlet reports any voice counts; elsewhere only unnamed sources and full names: of other runs of words the rules are
not sure enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.kinds import kind_of
from provenance.language.reading import FoundAttribution, Ranges
from provenance.names import name_in


def nested(
    text: str, outer: Sequence[FoundAttribution], by_rules: Sequence[FoundAttribution]
) -> list[FoundAttribution]:
    """The attributions of `by_rules` that lie whole inside the content of one of `outer` and are none of them."""
    own = [cue for attribution in outer for cue in attribution.cue]
    return [
        inner
        for inner in by_rules
        if inner.cue
        and inner.source
        and not touches(inner.cue, own)
        and any(
            _inside([*inner.cue, *inner.source], _reach(a))
            and (is_sure(_words(text, inner)) or is_from_outlet(text, a))
            for a in outer
        )
    ]


def _words(text: str, found: FoundAttribution) -> str:
    return " ".join(text[start:end] for start, end in found.source)


def is_from_outlet(text: str, outer: FoundAttribution) -> bool:
    """Whether an outlet passes on what it was told."""
    return kind_of(_words(text, outer)) == "media"


def is_sure(mention: str) -> bool:
    """Whether a run of words that the rules take for a source is one: somebody unnamed, or a full name."""
    kind = kind_of(mention)
    return kind == "anonymous" or (kind == "person" and " " in (name_in(mention) or ""))


def _reach(outer: FoundAttribution) -> Ranges:
    """The content, and what stands between it and the cue before it: *cited* | a source who said | *that …*."""
    if not outer.cue or not outer.content or outer.cue[-1][1] > outer.content[0][0]:
        return outer.content
    return [[outer.cue[-1][1], outer.content[0][1]], *outer.content[1:]]


def touches(ranges: Ranges, others: Ranges) -> bool:
    """Whether any range of one side overlaps one of the other."""
    return any(s < other_end and other_start < e for s, e in ranges for other_start, other_end in others)


def _inside(ranges: Ranges, content: Ranges) -> bool:
    return all(any(start <= s and e <= end for start, end in content) for s, e in ranges)
