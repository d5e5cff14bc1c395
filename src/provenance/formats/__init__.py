"""Forms that an `Analysis` is written in. Each is a function from an `Analysis` to text and knows no more than that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from provenance.analysis import Analysis
from provenance.formats import html, json, prov, text, web_annotations

FORMATS: dict[str, Callable[[Analysis], str]] = {
    "json": json.write,
    "text": partial(text.write, colour=False),
    "html": html.write,
    "annotations": web_annotations.write,
    "prov": prov.write,
}
