"""The language stage: text to a spaCy Doc with tokens, sentences, attributions and signals."""

from __future__ import annotations

import re
import runpy
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

SUPPORTED = ("en",)


@cache
def pipeline(language: str) -> Language:
    """The pipeline of a language, loaded once for each process."""
    import provenance.language.component  # noqa: F401  registers the factory where entry points are not installed

    nlp = spacy.blank(language)
    nlp.max_length = 20_000_000  # nothing here needs the memory that the default limit guards
    nlp.add_pipe("provenance")
    return nlp


def detect(text: str, stated: str | None = None) -> str:
    """The language of a text as an ISO 639-1 code, `und` where nothing tells.

    By the share of its words that are among a language's commonest: English where that is high or no other language's
    is higher, whatever the page states (its `lang` is often a template's); else the other language.
    """
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    english = _share(words, "en")
    if len(words) < 12 or english >= 0.2:
        return "en"
    shares = {code: _share(words, code) for code in _OTHERS}
    best = max(shares, key=shares.__getitem__)
    latin = sum(word.isascii() for word in words) >= 0.9 * len(words)
    if shares[best] > max(0.15, 1.2 * english):
        return best
    return "en" if latin and stated in (None, "en") else stated if stated and stated != "en" else "und"


_OTHERS = (
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "ru",
    "uk",
    "sv",
    "da",
    "nb",
    "fi",
    "cs",
    "ro",
    "hu",
    "tr",
    "el",
    "ar",
    "id",
)


def _share(words: list[str], code: str) -> float:
    common = _common(code)
    return sum(word in common for word in words) / max(1, len(words))


@cache
def _common(code: str) -> frozenset[str]:
    """A language's stop words. Only their file is run: importing the languages themselves takes three seconds."""
    file = Path(spacy.__file__).parent / "lang" / code / "stop_words.py"
    return frozenset(runpy.run_path(str(file))["STOP_WORDS"])
