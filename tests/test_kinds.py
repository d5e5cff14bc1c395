"""The kind of a source from its words: the guideline's own cases, in examples of ours."""

import pytest

from provenance.kinds import kind_of

KINDS = {
    "person": [
        "Ada Example",
        "Major General Ada Example",
        "the prime minister",
        "Ada Example, a spokeswoman for the company",
        "the plaintiff's lawyer",
    ],
    "organisation": [
        "the ministry",
        "police",
        "the White House",
        "the company",
        "a spokesman for the company",
        "NATO",
        "the Center of National Examples",
        "Pentagon officials",
        "the Examplia Police Department",
    ],
    "document": ["the report", "court records", "the lawsuit", "a new poll", "the text of the pact"],
    "media": ["Reuters", "the New York Times", "The newspaper", "local media", "Ukrainian news reports"],
    "social-media": ["the Telegram channel Snuffbox", "Twitter users", "a post on Facebook"],
    "anonymous": [
        "a source",
        "unnamed intelligence sources",
        "a senior administration official",
        "US officials",
        "officials",
        "two people familiar with the matter",
        "one aide",
        "an insider",
        "Greek officials",
    ],
    "vague": ["experts", "critics", "many", "some analysts", "residents"],
}


@pytest.mark.parametrize(("kind", "mention"), [(kind, m) for kind, mentions in KINDS.items() for m in mentions])
def test_kind_of(kind: str, mention: str) -> None:
    assert kind_of(mention) == kind
