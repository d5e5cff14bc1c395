"""The marks can be told from the page on light, dark and coloured pages: WCAG 2.2, 1.4.11 (3:1) and 1.4.3 (4.5:1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "extension" / "page" / "paint.css").read_text("utf-8")
PAGES = {  # text colour on background: pages whose own text can be read
    "white": ("#000000", "#ffffff"),
    "paper": ("#222222", "#fff1e5"),
    "grey": ("#111111", "#d8d8d8"),
    "dark": ("#e4e0d8", "#171614"),
    "black": ("#ffffff", "#000000"),
    "navy": ("#ffffff", "#14285a"),
    "wine": ("#ffffff", "#6b1025"),
    "yellow": ("#1a1a1a", "#ffe500"),
}
Colour = tuple[float, float, float]


def parse(text: str) -> Colour:
    red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def mix(one: Colour, share: float, other: Colour) -> Colour:
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("mark", ["anonymous", "unverified"])
def test_underline_and_text_on_the_tint(page: str, mark: str) -> None:
    text, background = map(parse, PAGES[page])
    [colour] = map(parse, re.findall(rf"--provenance-{mark}: (#\w+)", CSS))
    [share] = {int(n) / 100 for n in re.findall(rf"var\(--provenance-{mark}\) (\d+)%, currentColor", CSS)}
    [tint] = (int(n) / 100 for n in re.findall(r"--provenance-tint: (\d+)%", CSS))
    ground = mix(colour, tint, background)
    assert contrast(mix(colour, share, text), ground) >= 3
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("page", PAGES)
def test_text_on_the_sentence_and_evidence_of_an_open_card(page: str) -> None:
    text, ground = map(parse, PAGES[page])
    for name in ("anonymous", "unverified"):
        [colour] = map(parse, re.findall(rf"--provenance-{name}: (#\w+)", CSS))
        ground = mix(colour, 0.12, ground)
    for colour_name, share in re.findall(r"srgb, (#\w+) (\d+)%, transparent", CSS):
        ground = mix(parse(colour_name), int(share) / 100, ground)
        assert contrast(text, ground) >= 4.5


def test_the_two_marks_differ_in_style_and_not_in_colour_alone() -> None:
    styles = re.findall(r"text-decoration: underline (\w+)", CSS)
    assert len(styles) == len(set(styles)) == 2
