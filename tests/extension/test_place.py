"""Where a card goes: inside the window, and never over its sentence wherever there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Run = Callable[..., Any]
GRID = """() => {
    const faults = [];
    for (const [width, height] of [[320, 568], [390, 844], [1280, 720], [1920, 1080]])
        for (let top = -200; top < height; top += 37)
            for (const size of [20, 60, 150, 300])
                for (let left = 0; left < width - 60; left += 91)
                    for (const tall of [120, 260, 420]) {
                        const sentence = {left, top, right: Math.min(left + 700, width - 8), bottom: top + size};
                        const card = {width: Math.min(378, width - 16), height: tall};
                        const at = provenance.place.place(sentence, card, {width, height});
                        const right = at.left + card.width, bottom = at.top + Math.min(at.maxHeight, tall);
                        const inside = at.left >= 0 && at.top >= 0 && right <= width && bottom <= height;
                        const room = Math.max(height - Math.min(sentence.bottom, height), sentence.top) - 16;
                        const seen = sentence.bottom > 0 && room >= 120;
                        const over = seen && at.left < sentence.right && right > sentence.left
                            && at.top < sentence.bottom && bottom > Math.max(sentence.top, 0);
                        if (!inside || over) faults.push({sentence, card, at, inside, over, view: [width, height]});
                    }
    return faults.slice(0, 3);
}"""


def test_a_card_is_inside_and_beside(run: Run) -> None:
    assert run("<p>x", GRID) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.text(min_size=1).filter(lambda text: not text.isspace()), min_size=1, max_size=40))
def test_a_text_fragment_link_gives_its_words_back(run: Run, words: list[str]) -> None:
    sentence = " ".join(" ".join(words).split()).encode("utf-16", "replace").decode("utf-16")
    decode = """(sentence) => provenance.copy.link("https://news.example/#top", sentence)
        .split("#:~:text=")[1].split(",").map(decodeURIComponent)"""
    parts = run("<p>x", decode, sentence)
    squeezed = "".join(sentence.split())
    assert squeezed.startswith("".join(parts[0].split()))
    assert squeezed.endswith("".join(parts[-1].split()))
