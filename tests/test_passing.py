"""Through whose hands a statement came, from the words around it: invented sentences through the whole engine."""

from __future__ import annotations

import pytest

from provenance import analyze_text

CHAINS = [
    (
        "The Harbour Times reported on Monday, citing two officials with knowledge of the matter, that the bridge "
        "would close.",
        ["two officials with knowledge of the matter", "Harbour Times"],
    ),
    (
        "The council is weighing a toll, according to the report, which cited anonymous sources familiar with the "
        "matter.",
        ["anonymous sources familiar with the matter", "report"],
    ),
    (
        "Citing three people briefed on the matter, Bloomberg reported that the bank was for sale.",
        ["three people briefed on the matter", "Bloomberg"],
    ),
    (
        "Politico quoted unnamed sources within the White House saying that the minister is furious.",
        ["unnamed sources within the White House", "Politico"],
    ),
    ("Reuters quoted a police officer as saying that the driver had fled.", ["police officer", "Reuters"]),
    (
        "Ada Example wrote in the New York Times that the firm had falsified its figures.",
        ["Ada Example", "New York Times"],
    ),
    (
        "Ruth Example told the committee that an unnamed whistleblower claimed that officials had destroyed the "
        "records.",
        ["unnamed whistleblower", "Ruth Example"],
    ),
    (
        "In a recording obtained by the New York Times, Ada Example says that the votes were lost.",
        ["Ada Example", "recording", "New York Times"],
    ),
    (
        "As the Washington Times reports, “City insiders say the plan was never going to work.”",
        ["City insiders", "Washington Times"],
    ),
    (
        "“The bridge was never safe,” engineer Ada Carver said on Friday, according to the New York Times.",
        ["Ada Carver", "New York Times"],
    ),
    (
        "Other media later quoted the head of the agency, Pavel Carver, as saying only three people had been found.",
        ["Pavel Carver", "Other media"],
    ),
    (
        "The driver was drunk, according to a copy of the filing obtained by the Daily Haystack.",
        ["filing", "Daily Haystack"],
    ),
    ("As first reported by Deadline, Ada Example said that she would leave.", ["Ada Example", "Deadline"]),
]  # fmt: skip


def chains(sentence: str) -> list[list[str]]:
    """The ways of all attributions of a text, as names, the origin first."""
    text = f"The council met on Tuesday in the old town hall.\n\n{sentence}"
    found = analyze_text(text, publisher="Sampleton Gazette")
    names = {source.id: source.name for source in found.sources}
    return [[names[i] for i in (s, *way)] for a in found.attributions for s in a.sources for way in a.via]


@pytest.mark.parametrize(("sentence", "chain"), CHAINS, ids=[" < ".join(chain) for _, chain in CHAINS])
def test_a_statement_comes_the_way_that_its_sentence_says(sentence: str, chain: list[str]) -> None:
    assert chain in chains(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Harbour Times reported, citing the cost, that the bridge would close.",
        "The council cited safety concerns when it closed the bridge.",
        "The minister quoted a poem at the opening of the bridge.",
        "The Harbour Times, citing an old theory, reported that the bridge would close.",
    ],
)
def test_a_reason_that_is_cited_is_no_source(sentence: str) -> None:
    assert all(len(chain) == 1 for chain in chains(sentence))


def test_words_that_name_nobody_are_no_source() -> None:
    found = analyze_text("The alleged driver, Example, was seen. There have been reports that the bridge shook.")
    assert not {source.name.lower() for source in found.sources} & {"the", "there"}


def test_a_reporter_brings_her_paper_along() -> None:
    text = "Bloomberg’s Ada Carver reported that the bank was for sale. Carver said that two bids were in."
    found = analyze_text(text, publisher="Sampleton Gazette")
    names = {source.id: source.name for source in found.sources}
    ways = [[names[i] for way in a.via for i in way] for a in found.attributions if a.source]
    assert ways == [["Bloomberg"], ["Bloomberg"]]
