"""Where a target lands: position, then quote, then quote in its context, else nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]
ANCHOR = """(start, end, exact, prefix, suffix) => {
    const target = {selector: [{type: "TextPositionSelector", start, end},
                               {type: "TextQuoteSelector", exact, prefix, suffix}]};
    return provenance.anchor.anchor(provenance.anchor.read(), target).map(String);
}"""


@pytest.mark.parametrize(
    ("html", "target", "ranges"),
    [
        ("<p>One. Two. One.", (0, 4, "One.", "", " Two"), ["One."]),  # by position, though it stands there twice
        ("<p>One. Two. One.", (5, 9, "Two.", "", ""), ["Two."]),
        ("<p>One. Two. One.", (0, 4, "Two.", "", ""), ["Two."]),  # the position is wrong: the quote, which is unique
        ("<p>One. Two. One.", (2, 6, "One.", "Two. ", ""), ["One."]),  # not unique: with its context
        ("<p>One. Two. One.", (2, 6, "One.", "", ""), []),  # not unique, no context: nowhere
        ("<p>One. Two.", (0, 6, "Three.", "", ""), []),
        ("<p>A <b>bold</b> word.", (0, 12, "A bold word.", "", ""), ["A ", "bold", " word."]),
        ("<p>A <b>bold</b><script>let x</script> word.", (0, 12, "A bold word.", "", ""), ["A ", "bold", " word."]),
        ("<p>😀 One. Two.", (2, 6, "One.", "", ""), ["One."]),  # offsets count code points
        ("<p>A   wide\n space.", (0, 13, "A wide space.", "", ""), ["A   wide\n space."]),  # white space aside
        ("<p>aaa", (5, 7, "aa", "", ""), []),  # overlapping places are two places
        ("<p>One.", (900, 904, "One.", "", ""), ["One."]),
        ("", (0, 4, "One.", "", ""), []),
    ],
)
def test_anchor(run: Run, html: str, target: tuple[int, int, str, str, str], ranges: list[str]) -> None:
    assert run(f"<body>{html}", ANCHOR, *target) == ranges


def test_a_target_that_the_server_could_not_place_is_nowhere(run: Run) -> None:
    assert run("<p>x", "() => provenance.anchor.anchor(provenance.anchor.read(), null)") == []
