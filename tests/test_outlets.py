"""Outlets are known by every name they have, and only by names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import outlets
from provenance.lexicon import read

LISTS = read("outlets")
ENTRIES = [*LISTS["agencies"], *LISTS["outlets"]]


def names(text: str) -> list[str]:
    return [name for _, _, name in outlets.find(text)]


def test_the_lists_do_what_their_examples_say() -> None:
    assert names(LISTS["example"]) == ["Reuters", "New York Times"]
    assert names(LISTS["ambiguous_example"]) == []
    assert names(LISTS["endings_example"]) == ["Sampleton Gazette", "Port Example Post-Dispatch"]
    assert names(LISTS["endings_not"]) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry[0])
def test_every_name_and_host_leads_to_one_name(entry: list[str]) -> None:
    assert {outlets.canonical(alias) for alias in entry} == {entry[0]}
    hosts = [alias for alias in entry[1:] if "." in alias and alias.islower() and " " not in alias]
    assert {outlets.canonical(f"https://www.{host}/story?id=1") for host in hosts} <= {entry[0]}


def test_no_name_means_two_outlets() -> None:
    owners: dict[str, set[str]] = {}
    for entry in ENTRIES:
        for alias in entry:
            owners.setdefault(alias, set()).add(entry[0])
    assert {alias: owner for alias, owner in owners.items() if len(owner) > 1} == {}


def test_words_that_are_ambiguous_are_names_where_nothing_else_stands() -> None:
    assert outlets.canonical("Dawn") == "Dawn"
    assert names("Dawn broke.") == []


def test_a_longer_name_wins_over_one_within_it() -> None:
    assert names("Interfax-Ukraine and the Moscow Times said so.") == ["Interfax-Ukraine", "The Moscow Times"]


@pytest.mark.parametrize(
    "name", ["", " ", "nobody.example", "http://[", "https://", "The Sampleton Nothing", "a b.com"]
)
def test_what_is_no_outlet_has_no_name(name: str) -> None:
    assert outlets.canonical(name) is None


@given(
    st.lists(
        st.sampled_from(["the", "Reuters", "said", "Sampleton", "Gazette", "New York", "Times", "’s", ",", "BBC News"])
    )
)
def test_places_are_in_order_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    found = outlets.find(text)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end, _ in found)
