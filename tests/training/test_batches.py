"""Labels as the network sees them, on an article of our own."""

from __future__ import annotations

import gzip
import itertools
import json
import random

import pytest

pytest.importorskip("torch", reason="training needs torch, which running does not")

from training.articles import CODES, KINDS, Reader
from training.batches import OPEN, collate, cut, label

TEXT = "Ines Valdera spoke on Monday. “The tide is late,” she said. Two officials said that it was early."
WORDS = ["[PAD]", *(f"[unused{i}]" for i in range(99)), "[UNK]", "[CLS]", "[SEP]"]


def at(part: str, start: int = 0) -> list[int]:
    begin = TEXT.index(part, start)
    return [begin, begin + len(part)]


@pytest.fixture
def article(tmp_path):
    vocabulary = tmp_path / "vocab.txt"
    letters = "abcdefghijklmnopqrstuvwxyz“”,."
    vocabulary.write_text("\n".join([*WORDS, *letters, *("##" + c for c in letters)]), "utf-8")
    sentences = [
        "Ines Valdera spoke on Monday.",
        "“The tide is late,” she said.",
        "Two officials said that it was early.",
    ]
    first = {"source": [at("she")], "cue": [at("said")], "content": [at("“The tide is late,”")]}
    second = {"source": [at("Two officials")], "cue": [at("said", 70)], "content": [at("that it was early")]}
    shown = {"anonymous": "Two officials"}
    row = {
        "key": "own",
        "publisher": "Own",
        "text": TEXT,
        "passes": 1,
        "sentences": [at(s) for s in sentences],
        "attributions": [
            {**first, "kind": "person", "refers_to": "Ines Valdera"},
            {**second, "kind": "anonymous"},
        ],
        "marks": [{"sentence": 2, "marks": ["anonymous-source"], "reasons": [], "evidence": shown}],
    }
    with gzip.open(tmp_path / "own.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row))
    return next(Reader(vocabulary).polnear(tmp_path / "own.jsonl.gz"))


def test_windows_hold_the_labels(article):
    whole = label(article, 0, len(article.pieces.starts))
    assert [b - a for a, b in whole.sentences] == [6, 10, 8]
    assert whole.codes[2] == [1.0] + [0.0] * len(CODES)
    assert whole.codes[0] == whole.codes[1] == [0.0] * (len(CODES) + 1)
    (sentence, code, words), *_ = whole.evidence
    assert (sentence, CODES[code], words[1] - words[0]) == (2, "anonymous", 2)
    assert [KINDS[k] for _, _, k in whole.kinds] == ["person", "anonymous"]
    assert whole.tags.tolist()[1].count(1) == 2
    cue, cues, right = whole.content_cue[0][0], whole.content_cue[0][1], whole.content_cue[0][2]
    assert right in cues
    assert cue[1] - cue[0] == 7  # “ The tide is late , ”


def test_a_pronoun_stands_for_the_name_before_it(article):
    whole = label(article, 0, len(article.pieces.starts))
    mention, before, right = whole.references[0]
    assert article.words(mention) == "she"
    assert [article.words(s) for s, r in zip(before, right, strict=True) if r] == ["Ines Valdera"]


def test_a_window_that_starts_inside_a_span_goes_on_with_it(article):
    part = label(article, 8, len(article.pieces.starts))
    assert part.tags[2, 0] == 2  # inside, without a beginning


def test_links_to_what_lies_outside_the_window_are_left_open(article):
    first = label(article, 6, 13)  # the quotation without its cue
    assert first.content_cue == []
    assert first.kinds == []


def test_batches_are_padded_with_open_labels(article):
    found = [label(article, b, e) for b, e in ((0, 6), (0, 23))]
    batch = collate(found)
    assert (batch.tags[0, :, 6:] == OPEN).all()
    assert batch.attention.sum(1).tolist() == [len(w.ids) for w in found]


def test_drawn_windows_cover_the_article(article):
    for seed in range(5):
        windows = cut(article, random.Random(seed))
        assert windows[0][0] == 0
        assert windows[-1][1] == len(article.pieces.starts)
        assert all(b == e for (_, b), (e, _) in itertools.pairwise(windows))
