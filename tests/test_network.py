"""The shipped network on stories of our own: what it finds, that it is one answer, and how it fails."""

from __future__ import annotations

import random

import pytest
import spacy

from provenance.language.network import WEIGHTS, load
from provenance.language.network.heads import CODES, KINDS
from provenance.language.sentences import set_sentence_starts

pytestmark = pytest.mark.skipif(not (WEIGHTS / "encoder.onnx").exists(), reason="no weights in this checkout")

STORY = (
    "Harbour chief quits after audit. The head of the Westport harbour board, Ines Valdera, resigned on Tuesday. "
    "“I have lost the confidence of the council,” Valdera said. "
    "Two officials familiar with the audit said that money for dredging had been moved to private accounts. "
    "The officials spoke on condition of anonymity because they were not authorised to discuss the audit. "
    "According to the Westport Courier, the police have opened an inquiry. "
    "Valdera allegedly approved the payments herself, prosecutors said. She denied any wrongdoing."
)


@pytest.fixture(scope="module")
def network():
    return load()


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("en")


def doc_of(nlp, text):
    doc = nlp.make_doc(text)
    set_sentence_starts(doc)
    return doc


def words(text, ranges):
    return " … ".join(text[s:e] for s, e in ranges)


def test_who_says_what(network, nlp):
    found = network.read(doc_of(nlp, STORY)).attributions
    said = {(words(STORY, a.source), words(STORY, a.cue)): words(STORY, a.content) for a in found}
    assert said["Valdera", "said"] == "“I have lost the confidence of the council,”"
    assert "money for dredging" in said["Two officials familiar with the audit", "said"]


def test_kinds_of_sources(network, nlp):
    kinds = {words(STORY, a.source): a.kind for a in network.read(doc_of(nlp, STORY)).attributions}
    assert kinds["Valdera"] == "person"
    assert kinds["Two officials familiar with the audit"] == "anonymous"


def test_a_pronoun_and_a_short_name_stand_for_the_full_name(network, nlp):
    refers = {words(STORY, a.source): a.refers_to for a in network.read(doc_of(nlp, STORY)).attributions}
    assert refers["Valdera"] == "Ines Valdera"
    assert refers.get("She", "Ines Valdera") == "Ines Valdera"


def test_signals_name_their_sentence_and_words(network, nlp):
    doc = doc_of(nlp, STORY)
    sentences = [s.text for s in doc.sents]
    sure = {(s.code, sentences[s.sentence][:12]): s for s in network.read(doc).signals if s.confidence > 0.5}
    officials = next(s for (code, start), s in sure.items() if code == "anonymous" and start == "Two official")
    assert "officials" in words(STORY, officials.evidence)
    assert not any(start.startswith("“I have lost") for code, start in sure if code == "anonymous")


def test_plain_data_within_bounds(network, nlp):
    reading = network.read(doc_of(nlp, STORY))
    for a in reading.attributions:
        for role in (a.source, a.cue, a.content):
            assert all(type(s) is int and type(e) is int and 0 <= s < e <= len(STORY) for s, e in role)
        assert a.kind in KINDS
        assert type(a.confidence) is float
        assert 0 <= a.confidence <= 1
    assert all(s.code in CODES and 0 <= s.confidence <= 1 for s in reading.signals)


def test_the_same_text_gives_the_same_answer_after_others(network, nlp):
    draw = random.Random(4)
    alone = network.read(doc_of(nlp, STORY))
    for _ in range(5):
        other = " ".join(draw.sample(STORY.split(), 60)) + "."
        network.read(doc_of(nlp, other))
        assert network.read(doc_of(nlp, STORY)) == alone


def test_what_stands_in_one_window_does_not_change_another(network, nlp):
    """Activations are scaled by the window: a far part of the article must not move a near one."""
    first = network.prepare(doc_of(nlp, STORY))
    begin, end = first.windows[0]
    alone, _ = network.encoder.read(first.pieces, [(begin, end)])
    beside, _ = network.encoder.read(first.pieces, [(0, 3), (begin, end)])
    assert (beside[3:] == alone).all()


def test_a_long_article_is_read_to_its_end(network, nlp):
    filler = "The tide was low and the boats lay still in the mud. " * 400
    text = filler + STORY
    found = network.read(doc_of(nlp, text)).attributions
    assert any(words(text, a.source) == "Valdera" for a in found)
    assert all(s >= len(filler) - 60 for a in found for s, _ in a.source)


@pytest.mark.parametrize("text", ["", " \n\n ", "Yes.", "…", "!" * 3000, "word" * 2000, "😀 said 😀.", "ﷺ said."])
def test_odd_texts_do_not_break_it(network, nlp, text):
    reading = network.read(doc_of(nlp, text))
    assert all(e <= len(text) for a in reading.attributions for _, e in a.content)
