"""An engine that does on command what hostile pages do to a real one: hang, grow, crash, raise.

The pool and the server are what is tested with it; the real engine has its own tests, and the server's with it too.
"""

from __future__ import annotations

import os
import re
import time
from typing import Any

from provenance.errors import NoArticle, UnreadableInput, UnsupportedLanguage

__all__ = ["NoArticle", "UnreadableInput", "UnsupportedLanguage", "analyze", "analyze_text"]


class Answer:
    def __init__(self, **fields: Any) -> None:
        self.fields = fields

    def to_dict(self) -> dict[str, Any]:
        return {
            "version": "1",
            "warnings": [],
            "timing_ms": {"total": 1.0},
            "summary": {},
            "pid": os.getpid(),
            **self.fields,
        }


def analyze(html: str | bytes, *, url: str | None = None, publisher: str | None = None) -> Answer:
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else html
    for verb, number in re.findall(r"\b(SLEEP|SPIN|GROW|CRASH|RAISE|NONE|FRENCH|UNREADABLE)\b ?([\d.]*)", text):
        _do(verb, float(number or 0))
    return Answer(text=text, kind=type(html).__name__, url=url, publisher=publisher)


def analyze_text(text: str, *, url: str | None = None, publisher: str | None = None) -> Answer:
    return analyze(text, url=url, publisher=publisher)


def _do(verb: str, number: float) -> None:
    if verb == "SLEEP":
        time.sleep(number)
    elif verb == "SPIN":
        end = time.monotonic() + number
        while time.monotonic() < end:
            pass
    elif verb == "GROW":
        kept = []
        for _ in range(int(number) // 10):  # MB
            kept.append(b"x" * 10_000_000)
            time.sleep(0.005)
    elif verb == "CRASH":
        os.abort()
    elif verb == "RAISE":
        raise KeyError("a word of the page")
    elif verb == "NONE":
        raise NoArticle("There is no article on this page.")
    elif verb == "FRENCH":
        raise UnsupportedLanguage("fr", ["en"])
    elif verb == "UNREADABLE":
        raise UnreadableInput("No text can be read here.")
