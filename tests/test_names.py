"""Which full name a short one stands for, and what is no name of a person."""

import pytest

import provenance
from provenance.names import People, gender, name_in


@pytest.mark.parametrize(
    ("text", "mention", "full"),
    [
        ("Mayor Bill de Sample spoke. De Sample left.", "De Sample", "Bill de Sample"),
        ("Bill Example spoke, and Hillary Example listened.", "Mr. Example", "Bill Example"),
        ("Tan Ki-min spoke in Sampleton.", "Mr. Tan", "Tan Ki-min"),
        ("Commissioner James O’Sample spoke.", "O’Sample", "James O’Sample"),
        ("Aaron Sample wrote the book.", "Sample -- co-editor of Great Debates --", "Aaron Sample"),
        ("Rev. Al Sample spoke.", "Mr. Sample", "Al Sample"),
    ],
)
def test_a_short_name_stands_for_the_full_one(text: str, mention: str, full: str) -> None:
    assert People(text).full(mention) == full


@pytest.mark.parametrize("text", ["He flew to Saudi Arabia.", "Maybe I should go.", "The National Convention met."])
def test_what_is_no_person(text: str) -> None:
    assert not list(People(text).named_in(0, len(text)))


def test_first_names_tell_he_from_she_but_places_and_shared_ones_do_not() -> None:
    assert [gender(n) for n in ("Rosalind Sample", "Quentin Sample", "Georgia Sample", "Terry Sample")] == [
        "f",
        "m",
        None,
        None,
    ]
    assert name_in("Officer Ada Example") == "Ada Example"


def sources(text: str) -> list[str]:
    return [s["name"] for s in provenance.analyze_text(text).to_dict()["sources"]]


def test_a_description_behind_a_name_is_that_person() -> None:
    assert sources("Ada Example met voters. Example, the former mayor of Sampleton, said the bridge was safe.") == [
        "Ada Example"
    ]


def test_an_abbreviation_is_the_name_that_the_article_spells_out() -> None:
    text = "The Bridge and Tunnel Commission met on Monday. The B.T.C. said that the bridge was safe."
    assert sources(text) == ["Bridge and Tunnel Commission"]
