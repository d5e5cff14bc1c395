"""From reasons to highlights: which sentences are marked, for what, and how sure."""

from __future__ import annotations

from collections import defaultdict

from provenance.analysis import Evidence, Highlight, Reason
from provenance.explain import message
from provenance.lexicon import read
from provenance.placing import Placement
from provenance.reasons import Case, Found, registry
from provenance.weighing import weigh


def highlights(case: Case, placement: Placement) -> tuple[Highlight, ...]:
    """One for each marked sentence, in reading order; all findings of one code in it are weighed together."""
    marked: dict[int, dict[str, Found]] = defaultdict(dict)
    for (number, code), found in sorted(findings(case).items()):
        shown = weigh(code, found)
        if shown:
            marked[number][code] = shown
    return tuple(_highlight(case, placement, f"h{i}", *reasons) for i, reasons in enumerate(marked.items(), 1))


def findings(case: Case) -> dict[tuple[int, str], list[Found]]:
    """All that was found, by sentence and reason code."""
    found: dict[tuple[int, str], list[Found]] = defaultdict(list)
    for code, finder in registry().items():
        for finding in finder(case):
            found[finding.sentence, code].append(finding)
    return found


def _highlight(case: Case, placement: Placement, identifier: str, number: int, found: dict[str, Found]) -> Highlight:
    reasons = tuple(_reason(case, placement, code, found[code]) for code in sorted(found, key=_order))
    marks = tuple(dict.fromkeys(reason.mark for reason in reasons))
    start, end = case.story.sentences[number]
    spoken = [s.id for s in case.story.statements if s.sentence == number or number in s.sentences]
    return Highlight(
        id=identifier,
        sentence=number,
        marks=marks,
        reasons=reasons,
        attributions=tuple(spoken),
        confidence=min(max(r.confidence for r in reasons if r.mark == mark) for mark in marks),
        text=case.story.text[start:end],
        target=placement.target(start, end),
    )


def _reason(case: Case, placement: Placement, code: str, found: Found) -> Reason:
    assert found.evidence is not None  # weigh() gives none without
    number, (start, end) = case.story.within_sentences([found.evidence])[0]
    return Reason(
        mark="anonymous-source" if code == "anonymous" else "unverified-claim",
        code=code,
        text=message(code, found.message, found.values),
        confidence=round(found.confidence, 3),
        evidence=Evidence(case.story.text[start:end], number, placement.target(start, end)),
    )


def _order(code: str) -> int:
    return list(read("messages")).index(code)
