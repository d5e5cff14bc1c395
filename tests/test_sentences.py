"""Sentences begin and end where a reader would say so."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from provenance.language.sentences import sentence_spans, set_sentence_starts
from provenance.lexicon import read

NLP = spacy.blank("en")
GROUPS = read("abbreviations")["group"]


def split(text: str) -> list[str]:
    doc = NLP(text)
    set_sentence_starts(doc)
    return [text[start:end] for start, end in sentence_spans(doc)]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["name"])
def test_each_group_of_abbreviations_does_what_its_examples_say(group: dict[str, Any]) -> None:
    assert len(split(group["example"])) == 2
    assert len(split(group["not"])) == 1


@pytest.mark.parametrize("word", next(g["words"] for g in GROUPS if g["name"] == "never_last"))
def test_no_sentence_ends_with_an_abbreviation_that_names_what_follows(word: str) -> None:
    assert len(split(f"They met {word}. Example at noon.")) == 1


@pytest.mark.parametrize(
    "sentences",
    [
        ["The bridge is closed.", "Nobody paid."],
        ["“It fell,” she said.", "“Nobody paid.”", "He left."],
        ["“It fell. ”", "He left."],
        ['"It fell," she said.', '"Nobody paid."', "He left."],
        ["''It fell,'' she said.", "''Nobody paid.''", "He left."],
        ["(It fell.)", "[He left.]"],
        ["It cost $3.5 million, or 2.4 percent.", "The rest is unpaid."],
        ["They met in the U.S. Senate at 5 p.m. on Monday."],
        ["He left the U.S.", "“The talks failed,” she said."],
        ["She works for Sample Inc.", "The firm is small."],
        ["John A. Example met B. C. Sample."],
        ["“Really?” Example asked.", "Nobody answered."],
        ["“It fell!” he said.", "Nobody answered."],
        ["“Why?”", "The mayor did not know."],
        ["What?!", "No…", "Yes."],
        ["He waited… and left."],
        ["He left.", "…And he came back.", "Then he slept."],
        ["SAMPLETON, Ohio (AP) — The bridge is closed.", "Nobody paid."],
        ["It fell.", "— Ada Example in Sampleton"],
        ["Rep. Bo Sample (D-Ohio) said so.", "2024 was dry."],
        ["See example.com for more.", "Nobody paid."],
        ["It is “closed.”", "“Why?”", "Nobody knows."],
    ],
)
def test_sentences_of_news(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_line_ends_a_sentence() -> None:
    assert split("A headline\nSAMPLETON\n\nIt fell and\nnobody paid") == [
        "A headline",
        "SAMPLETON",
        "It fell and",
        "nobody paid",
    ]


def test_list_marks_cell_borders_and_rules_are_no_words() -> None:
    assert split("- One thing\n• Another\n| a | b |\n----\n* * *\n|") == ["One thing", "Another", "a", "b"]


def test_a_text_without_sentences_has_none() -> None:
    assert split("") == split(" \n ") == split("...") == []


@given(st.text(alphabet="aB1 .?!…“”\"'‘’()[]-—|\n\u00a0😀\u0301"))
def test_spans_are_trimmed_in_order_and_lose_no_letter(text: str) -> None:
    doc = NLP(text)
    set_sentence_starts(doc)
    spans = sentence_spans(doc)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all("\n" not in text[start:end] for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    between = "".join(text[a[1] : b[0]] for a, b in pairwise([(0, 0), *spans, (len(text), len(text))]))
    assert not any(c.isalnum() for c in between)
