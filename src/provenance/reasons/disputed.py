"""disputed: the sentence says that a party denies or contradicts the claim, or is that denial."""

from collections.abc import Iterator
from dataclasses import replace

from provenance.reasons import Case, Found, reason, signalled
from provenance.story import Range

_SHOWN = 10  # words of evidence at most


@reason("disputed")
def disputed(case: Case) -> Iterator[Found]:
    for signal in signalled(case, "disputed"):
        yield replace(signal, evidence=_with_who(case, signal.evidence)) if signal.evidence else signal


def _with_who(case: Case, evidence: Range) -> Range:
    """`denied` → `The minister denied`: the word with who does it, where that stands right before."""
    for statement in case.story.statements:
        if not statement.mention or not any(s < evidence[1] and evidence[0] < e for s, e in statement.cue):
            continue
        start, before = statement.mention[0][0], statement.mention[-1][1]
        text = case.story.text[start : evidence[1]]
        if before <= evidence[0] and len(text.split()) <= _SHOWN and "\n" not in text:
            return start, evidence[1]
    return evidence
