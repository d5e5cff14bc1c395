"""Which statements are of one claim: what must agree, and how different the words may be."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("rensa", reason="needs provenance[archive]")
pytest.importorskip("networkx", reason="needs provenance[archive]")

from provenance.origin.features import data
from provenance.origin.groups import describe, group
from provenance.origin.numbers import quantities
from provenance.origin.score import against, conflict
from provenance.origin.statement import BadStatement, Statement, read_statement

BASE = "A blast at a depot in Odesa killed 12 people on Monday."


def statements(*claims: str, **more: object) -> list[Statement]:
    return [read_statement({"claim": c, "publisher": f"P{n}", **more}, n) for n, c in enumerate(claims)]


def between(one: str, other: str) -> set[str]:
    """What rules out or speaks against one claim."""
    a, b = describe(statements(one, other))
    return {name for name, value in against(a, b).items() if value} | ({conflict(a, b)} - {None})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        "Twelve residents died when a warehouse in Odesa exploded on Monday.",
        "At least 12 people were killed in an explosion in Odesa.",
        "A dozen people lost their lives in a blast at a depot in Odesa.",
    ],
)
def test_other_words_for_the_same(other: str) -> None:
    assert group(statements(BASE, other)) == [[0, 1]]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("A blast at a depot in Odesa killed 21 people on Monday.", "figures"),
        ("A blast at a depot in Kherson killed 12 people on Monday.", "strangers"),
        ("A blast at a depot in Odesa did not kill 12 people on Monday.", "direction"),
        ("A blast at a depot in Odesa killed 12 people on Friday.", "day"),
    ],
)
def test_what_must_agree(other: str, why: str) -> None:
    assert between(BASE, other) == {why}
    assert len(group(statements(BASE, other))) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Drivers will strike for 48 hours.", "Drivers plan a two-day strike."),
        ("The mission was extended by twelve more months.", "The mission was extended by one year."),
        ("The bank cut its rate by a quarter point to 2.5%.", "The bank cut its rate by 25 basis points to 2.5%."),
        ("The bank raised its rate by 250 basis points to 45%.", "The bank raised its rate from 42.5% to 45%."),
        ("The 18-year-old won in two sets.", "The teenager, 18, beat three players in 2 sets."),
        ("It was 44.1C in Athens.", "Athens measured 44.1 degrees."),
    ],
)
def test_figures_that_are_the_same_in_other_units(one: str, other: str) -> None:
    assert between(one, other) & {"figures"} == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Drivers will strike for 48 hours.", "Drivers plan a three-day strike."),
        ("The bank cut its rate by a quarter point.", "The bank cut its rate by half a point."),
        ("The bank cut its rate by 25 basis points.", "The bank cut its rate by 50 basis points."),
        ("He was jailed for two years.", "He was jailed for twelve months."),
    ],
)
def test_figures_that_are_not(one: str, other: str) -> None:
    assert "figures" in between(one, other)


def test_a_vague_report_does_not_tie_two_figures_together() -> None:
    found = group(statements(BASE, BASE.replace("12", "21"), "A blast at a depot in Odesa killed people on Monday."))
    assert len(found) == 2
    assert not any({0, 1} <= set(members) for members in found)


def test_far_apart_in_time_is_another_event() -> None:
    a = statements(BASE, date="2023-01-02")
    b = statements(BASE, date="2024-05-06")
    assert conflict(*describe(a + b)) == "date"


def test_a_denial_turns_the_claim_round() -> None:
    said, denied = statements(BASE), statements(BASE, cue="denied")
    assert conflict(*describe(said + denied)) == "negation"


def test_public_bodies_go_by_many_names_and_people_do_not() -> None:
    assert "strangers" not in between(*data("places")["bodies_example"])
    assert "strangers" in between("Arms dealer Jan Holub was jailed.", "Arms dealer Pavel Krel was jailed.")


@pytest.mark.parametrize("key", ["directed", "exclusive", "opposites"])
def test_each_list_has_an_example_of_what_does_not_agree(key: str) -> None:
    assert between(*data("concepts")[f"{key}_example"])


SHARED = [("concepts", "example"), ("places", "example"), ("concepts", "phrases_example")]


@pytest.mark.parametrize(("table", "key"), SHARED)
def test_each_list_has_an_example_of_what_is_shared(table: str, key: str) -> None:
    one, other = data(table)[key]
    assert between(one, other) == set()
    a, b = describe(statements(one, other))
    assert a.terms & b.terms


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("twenty-one people", 21, 21, "plain"),
        ("1.2 million euros", 1.2e6, 1.2e6, "money"),
        ("$3bn", 3e9, 3e9, "money"),
        ("three hundred and twelve homes", 312, 312, "plain"),
        ("more than 40 homes", 40, 50, "plain"),
        ("12 percent", 12, 12, "percent"),
        ("two dozen men", 24, 24, "plain"),
        ("one in four homes", 25, 25, "percent"),
        ("three quarters of it", 75, 75, "percent"),
        ("the fifth of them in 2019", 2019, 2019, "year"),
    ],
)
def test_quantities(text: str, low: float, high: float, kind: str) -> None:
    from provenance.origin.features import WORD

    words = [p for t in WORD.findall(text.lower()) for p in t.split("-")]
    found, _ = quantities(words)
    assert [(q.low, q.high, q.kind) for q in found] == [(low, high, kind)]


def test_the_order_of_statements_changes_nothing() -> None:
    others = ["Twelve people died in a blast in Odesa.", "The mayor resigned over a loan from a bank."]
    claims = [BASE, BASE.replace("12", "21"), *others]
    wanted = {frozenset(claims[i] for i in g) for g in group(statements(*claims))}
    dice = random.Random(3)
    for _ in range(5):
        dice.shuffle(claims)
        assert {frozenset(claims[i] for i in g) for g in group(statements(*claims))} == wanted


@pytest.mark.parametrize("row", [{}, {"claim": "x"}, {"claim": "x", "publisher": "P", "sources": [{"kind": "person"}]}])
def test_a_row_that_is_no_statement_says_why(row: dict[str, object]) -> None:
    with pytest.raises(BadStatement, match="statement 7"):
        read_statement(row, 7)


def test_too_little_in_common_is_not_enough() -> None:
    assert len(group(statements("New Caledonia has a problem", "the problem, it seems, is New Caledonia itself"))) == 2


def test_nothing_and_one() -> None:
    assert group([]) == []
    assert group(statements(BASE)) == [[0]]
