"""Labels without words: packed, they hold none; unpacked beside the article, they are as they were."""

import json
from pathlib import Path

import pytest
from training import labels

SENTENCES = [
    "Bridge was unsafe, papers say",
    "An unnamed official told the Daily Sample that the bridge was unsafe.",
    "“Nobody wanted to pay,” she said.",
]
RAW = {
    "slug": "own.example",
    "kind": "news",
    "passes": 2,
    "sentences": [
        {
            "n": 2,
            "marks": ["anonymous-source", "unverified-claim"],
            "reasons": ["hearsay"],
            "evidence": {"anonymous": "An unnamed official", "hearsay": "told the Daily Sample"},
            "chains": [["An unnamed official", "Daily Sample"]],
        },
        {"n": 3, "marks": ["anonymous-source"], "chains": [["An unnamed official", "Daily Sample"]]},
        {"n": 1, "marks": ["unverified-claim"], "reasons": ["hearsay"], "chains": [["words of nobody"]]},
    ],
}


def test_packed_labels_hold_no_words_and_come_back_whole() -> None:
    packed = labels.pack(RAW, SENTENCES)
    assert not any(word in json.dumps(packed) for word in ("unnamed", "Sample", "official"))
    second, third, first = (labels.unpack(packed, SENTENCES, "Own")["sentences"][n] for n in (1, 2, 0))
    assert second["evidence"] == RAW["sentences"][0]["evidence"]
    assert second["chains"] == third["chains"] == [["An unnamed official", "Daily Sample"]]
    assert (first["reasons"], first["chains"]) == (["hearsay"], [])
    assert third["marks"] == ["anonymous-source"]


def test_the_labels_that_are_kept_fit_their_pages() -> None:
    shared = Path(__file__).parents[3] / "shared"
    if not shared.exists():
        pytest.skip("the pages lie beside a checkout, not in it")
    folder = Path(labels.__file__).parent / "labels"
    kept = [row for file in folder.glob("*.jsonl") for row in map(json.loads, file.open(encoding="utf-8"))]
    pages = labels.Pages(shared)
    for row in kept[::12]:
        sentences, publisher = pages.sentences(row["slug"])
        assert row["article"] == labels.fingerprint("\n".join(sentences)), row["slug"]
        for label in row["sentences"]:
            assert label["sha256"] == labels.fingerprint(sentences[label["n"] - 1])
            assert bool(label.get("reasons")) == ("unverified-claim" in label.get("marks", []))
        found = labels.unpack(row, sentences, publisher)["sentences"]
        assert all(words for s in found for words in s["evidence"].values())
