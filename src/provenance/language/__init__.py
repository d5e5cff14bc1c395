"""The language stage: text to a spaCy Doc with tokens, sentences, attributions and signals."""

from __future__ import annotations

from functools import cache

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
