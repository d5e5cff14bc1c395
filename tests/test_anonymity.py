"""How many, who, how they know, and why they are not named."""

import pytest

import provenance
from provenance.anonymity import count

COUNTS = [
    ("a senior official", "one"), ("two people familiar with the plan", "several"), ("several aides", "several"),
    ("12 officials", "several"), ("sources", "several"), ("unnamed engineer", "unknown"), ("the official", "one"),
]  # fmt: skip

DETAILS = [
    ("A source said it rained.", (0, None, None, None, False)),
    ("A senior council official said it rained.", (1, "senior council official", None, None, False)),
    ("Two people familiar with the plan said it rained.", (2, None, "familiar with the plan", None, False)),
    (
        "An engineer who was in the room said it rained. She asked not to be named for fear of her boss.",
        (2, "engineer", "who was in the room", "for fear of her boss", False),
    ),
    (
        "A council official said it rained. The official was not authorised to speak publicly.",
        (1, "council official", None, "not authorised to speak publicly", True),
    ),
]


@pytest.mark.parametrize(("mention", "expected"), COUNTS)
def test_how_many(mention: str, expected: str) -> None:
    assert count(mention) == expected


@pytest.mark.parametrize(("text", "expected"), DETAILS)
def test_details(text: str, expected: tuple) -> None:
    [source] = [s for s in provenance.analyze_text(text).sources if s.kind == "anonymous"]
    level, position, basis, reason, boilerplate = expected
    assert (source.description, source.position, source.basis) == (level, position, basis)
    assert source.anonymity_reason == reason
    assert source.reason_boilerplate == boilerplate
