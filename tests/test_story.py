"""From a text to sources, chains, details and marks, on a story of our own."""

import pytest

import provenance

TEXT = """Bridge was known to be unsafe, papers say

An unnamed official told Reuters and Kyiv Post that the bridge in Sampleton was unsafe for years.
“We all knew it,” the official said. “Nobody wanted to pay.”
The Telegram channel Bridge Watch cited an anonymous council source who said that the steel was old.
Mayor Ada Example said the council would open an inquiry. “We owe it to the town,” she said.
The widow of a driver accused the council of hiding the truth, which the council has denied.
A senior official, speaking on condition of anonymity because he feared for his job, said money was short.
The Daily Example could not independently verify the figure.
Experts say the steel was bought abroad.
The bridge was built in 1931 and is two hundred metres long.
The Daily Example reached out to the council for comment.
"""


@pytest.fixture(scope="module")
def answer() -> dict:
    return provenance.analyze_text(TEXT, publisher="The Daily Example").to_dict()


def sentence(answer: dict, words: str) -> int:
    text = answer["article"]["text"]
    return next(i for i, s in enumerate(answer["sentences"]) if words in text[s["start"] : s["end"]])


def codes(answer: dict, words: str) -> set[str]:
    number = sentence(answer, words)
    return {r["code"] for h in answer["highlights"] if h["sentence"] == number for r in h["reasons"]}


def source(answer: dict, words: str) -> dict:
    return next(s for s in answer["sources"] if words in s["name"])


def ways(answer: dict, words: str) -> list[list[str]]:
    names = {s["id"]: s["name"] for s in answer["sources"]}
    return [[names[i] for i in way] for way in source(answer, words)["via"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("told Reuters", {"anonymous", "hearsay"}),
        ("We all knew it", {"anonymous"}),
        ("Nobody wanted to pay", {"anonymous"}),
        ("Bridge Watch cited", {"anonymous", "social-media"}),
        ("would open an inquiry", set()),
        ("We owe it", set()),
        ("accused the council", {"accusation", "disputed"}),
        ("feared for his job", {"anonymous"}),
        ("could not independently verify", {"disclaimed"}),
        ("bought abroad", {"vague"}),
        ("built in 1931", set()),
    ],
)
def test_each_sentence_is_marked_for_what_it_is(answer: dict, words: str, expected: set[str]) -> None:
    assert codes(answer, words) == expected


def test_ways_side_by_side_are_told_from_one(answer: dict) -> None:
    assert ways(answer, "unnamed official") == [["Reuters"], ["Kyiv Post"]]
    [way] = ways(answer, "anonymous council source")
    assert len(way) == 1
    assert "Bridge Watch" in way[0]


def test_she_is_the_mayor(answer: dict) -> None:
    number = sentence(answer, "We owe it")
    [attribution] = [a for a in answer["attributions"] if a["sentence"] == number]
    assert attribution["source"] == source(answer, "Ada Example")["id"]


def test_what_an_editor_asks_of_an_anonymous_source(answer: dict) -> None:
    official = source(answer, "senior official")
    assert (official["count"], official["position"], official["description"]) == ("one", "senior official", 1)
    assert official["anonymity_reason"] == "because he feared for his job, said money was short" or official[
        "anonymity_reason"
    ].startswith("because he feared for his job")
    assert official["reason_boilerplate"] is False


def test_remarks(answer: dict) -> None:
    remarks = {(r["kind"], r["sentence"]): r for r in answer["remarks"]}
    sought = remarks["comment-sought", sentence(answer, "reached out")]
    assert sought["who"] == ["council"]
    denial = remarks["denial", sentence(answer, "which the council has denied")]
    assert denial["of"] == denial["sentence"]


def test_every_reason_shows_words_of_the_article(answer: dict) -> None:
    for highlight in answer["highlights"]:
        assert set(highlight["marks"]) == {r["mark"] for r in highlight["reasons"]}
        for reason in highlight["reasons"]:
            assert reason["evidence"]["text"] in answer["article"]["text"]
            assert "false" not in reason["text"]


def test_the_same_text_gives_the_same_answer(answer: dict) -> None:
    again = provenance.analyze_text(TEXT, publisher="The Daily Example").to_dict()
    assert {**again, "timing_ms": 0} == {**answer, "timing_ms": 0}


def test_who_else_says_the_same() -> None:
    text = (
        "A source said the old steel of the bridge was bought abroad. "
        "Mayor Ada Example said the steel of the old bridge "
        "was bought abroad.\nBen Sample said the old steel of the bridge was not bought abroad."
    )
    answer = provenance.analyze_text(text).to_dict()
    assert source(answer, "source")["corroborated_by"] == [source(answer, "Ada Example")["id"]]
