"""The language stage: text to a spaCy Doc with tokens, sentences, attributions and signals."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

import spacy
from spacy.language import Language

SUPPORTED = ("en",)


@cache
def pipeline(language: str = "en") -> Language:
    """The pipeline of a language, loaded once for each process."""
    import provenance.language.component  # noqa: F401  registers the factory where entry points are not installed

    nlp = spacy.blank(language)
    nlp.max_length = 20_000_000  # nothing here needs the memory that the default limit guards
    nlp.add_pipe("provenance")
    return nlp


def detect(text: str, stated: str | None = None) -> str:
    """The language of a text as an ISO 639-1 code: English where its commonest words are English ones, whatever the
    page states; else what the page states, else the language of some twenty whose commonest words it has most."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    if len(words) < 12 or _share(words, "en") >= 0.2:
        return "en"
    if stated and stated != "en":
        return stated
    shares = {code: _share(words, code) for code in _OTHERS}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > 0.12 else "und"


_OTHERS = ("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "sv", "da", "nb", "fi", "cs", "ro", "hu", "tr", "el", "ar", "id")


def _share(words: list[str], code: str) -> float:
    common = import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS
    return sum(word in common for word in words) / len(words)
