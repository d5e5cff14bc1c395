"""Every entry of the lexicon is found in its own example, and not in its counter-example."""

import pytest
import spacy

from provenance.lexicon import Entry, Phrases, _match, entries, steps

NLP = spacy.blank("en")
FILES = ["cues", "signals", "sources", "remarks", "anonymity"]
ALL = [
    pytest.param(name, entry, id=f"{name}:{entry.group}:{entry.pattern[:40]}")
    for name in FILES
    for entry in entries(name)
]


def found(name: str, text: str) -> list[Entry]:
    return [entry for _, entry in Phrases(name).find(NLP(text))]


@pytest.mark.parametrize(("name", "entry"), ALL)
def test_an_entry_is_found_in_its_example(name: str, entry: Entry) -> None:
    assert entry.group in {other.group for other in found(name, entry.example)}


@pytest.mark.parametrize(("name", "entry"), [case for case in ALL if case.values[1].counter_example])
def test_an_entry_is_not_found_in_its_counter_example(name: str, entry: Entry) -> None:
    assert entry not in found(name, str(entry.counter_example))


@pytest.mark.parametrize("name", FILES)
def test_no_pattern_stands_twice_in_one_group(name: str) -> None:
    patterns = [(entry.group, entry.pattern) for entry in entries(name)]
    assert len(patterns) == len(set(patterns))


@pytest.mark.parametrize(
    ("pattern", "text", "match"),
    [
        ("a|b c? d", "b d", "b d"),
        ("a|b c? d", "A C D", "A C D"),
        ("a ... b", "a 1 2 3 b", "a 1 2 3 b"),
        ("a ... b", "a 1, b", None),
        ("n't go", "n’t go", "n’t go"),
        ("a b?", "a b", "a b"),
    ],
)
def test_a_pattern_is_alternatives_options_and_gaps(pattern: str, text: str, match: str | None) -> None:
    low = [token.lower_ for token in NLP(text)]
    end = _match(steps(pattern), low, 0)
    assert (NLP(text)[:end].text if end else None) == match
