"""Attributions by rules: who says what, in sentences of our own."""

import pytest
import spacy

from provenance.language.quotes import quotations
from provenance.language.reading import Reading
from provenance.language.rules import Rules
from provenance.language.sentences import set_sentence_starts

NLP = spacy.blank("en")
RULES = Rules()


def read(text: str) -> Reading:
    doc = NLP(text)
    set_sentence_starts(doc)
    return RULES.read(doc)


CASES = [
    ("The mayor said the bridge was safe.", "The mayor", "said", "the bridge was safe"),
    ("The bridge is safe, according to the city engineer.", "the city engineer", "according to", "The bridge is safe"),
    ("According to the engineer, the steel was old.", "the engineer", "According to", "the steel was old"),
    ("“The bridge is safe,” said the mayor.", "the mayor", "said", "“The bridge is safe,”"),
    ("Ada Example, who built it, said the steel was new.", "Ada Example, who built it", "said", "the steel was new"),
    ("Two officials told the Daily Example that money was short.", "Two officials", "told", "money was short"),
    (
        "On Monday the council announced that the bridge would close.",
        "the council",
        "announced",
        "the bridge would close",
    ),
    (
        "The firm—once the largest in town—said it would pay.",
        "The firm—once the largest in town",
        "said",
        "it would pay",
    ),
    ("The council, he said, knew of it.", "he", "said", "knew of it"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES)
def test_source_cue_and_content(text: str, source: str, cue: str, content: str) -> None:
    found = read(text).attributions
    words = [
        tuple(" … ".join(text[s:e] for s, e in getattr(a, role)) for role in ("source", "cue", "content"))
        for a in found
    ]
    assert (source, cue, content) in words


@pytest.mark.parametrize(
    "text", ["The United States is large.", "“He said so,” reads the plaque.", "It rained all day."]
)
def test_no_attribution(text: str) -> None:
    assert not [a for a in read(text).attributions if a.cue]


def test_a_quotation_that_goes_on_is_an_attribution_without_a_cue() -> None:
    text = "“The steel is old,” the engineer said. “It will not hold.”"
    last = read(text).attributions[-1]
    assert (last.source, last.cue) == ([], [])
    assert text[last.content[0][0] : last.content[0][1]] == "“It will not hold.”"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes".', ['"yes"']),
        ("The dogs' owner said 'yes, now' to it.", ["'yes, now'"]),
        ("It’s the boys’ dog.", []),
        ("A stray “ mark\nspoils no “other” line.", ["“other”"]),
        ("“A speech of\n“two paragraphs”", ["“A speech of", "“two paragraphs”"]),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[s:e] for s, e in quotations(text)] == quoted
