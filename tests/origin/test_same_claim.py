"""Two sentences beside each other, by the network alone."""

from __future__ import annotations

import pytest

pytest.importorskip("rensa", reason="needs provenance[archive]")

from provenance.origin.same_claim import same_claim

SAME = [
    ("The council rejected the plan for the harbour.", "The harbour plan was thrown out by the council."),
    ("Nurses in Brook went on strike for higher pay.", "Nurses walked off the job in Brook to demand better wages."),
    ("The bank bought its rival Ostmark.", "Ostmark is to be taken over by a competing bank."),
]
OTHER = [
    ("Divers brought survivors up from the ferry.", "Divers brought bodies up from the ferry."),
    ("Japan summoned the ambassador of China.", "Japan declined to summon the ambassador of China."),
    ("The minister resigned over the loan.", "The minister repaid the loan."),
]


def log_odds(one: str, other: str) -> float:
    return same_claim().log_odds(same_claim().read(one), same_claim().read(other))


def test_paraphrases_are_likelier_than_another_deed() -> None:
    assert min(log_odds(*pair) for pair in SAME) > max(log_odds(*pair) for pair in OTHER)


def test_the_order_does_not_matter() -> None:
    for one, other in SAME + OTHER:
        assert log_odds(one, other) == pytest.approx(log_odds(other, one), abs=1e-4)


def test_a_sentence_does_not_depend_on_what_was_read_before() -> None:
    before = log_odds(*SAME[0])
    same_claim().read("something else " * 40)
    assert log_odds(*SAME[0]) == before


@pytest.mark.parametrize("text", ["", " ", "☃", "word " * 5000])
def test_any_text_can_be_read(text: str) -> None:
    assert -100 < log_odds(text, "The mayor resigned.") < 100
