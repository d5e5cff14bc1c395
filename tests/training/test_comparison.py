"""What numpy says of two sentences is what PyTorch says, and the examples are those that it should learn from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch, which running does not")
pytest.importorskip("onnx", reason="training needs onnx, which running does not")
pytest.importorskip("rensa", reason="needs provenance[archive]")

from training.same_claim import Batches, Comparison, claims, examples, stacked, without_end  # noqa: E402
from training.unrelated import PAIRS, unrelated  # noqa: E402

from provenance.origin.same_claim import WEIGHTS, SameClaim, Sentences  # noqa: E402
from provenance.origin.score import plausible  # noqa: E402

SHARED = Path(__file__).parents[3] / "shared"
SAID = [
    ("The mayor opened the bridge", "The bridge was opened by the mayor", True),
    ("The mayor", "Nobody has seen the mayor since the bridge was closed in spring", False),
]


def test_numpy_says_what_torch_says() -> None:
    torch.manual_seed(0)
    net, sentences = Comparison().eval(), Sentences(WEIGHTS)
    ours = SameClaim(sentences, stacked([net]))
    with torch.no_grad():
        theirs = net(*Batches(sentences).of(SAID)).numpy()
    assert np.allclose([ours.log_odds(ours.read(a), ours.read(b)) for a, b, _ in SAID], theirs, atol=0.01)


def test_what_figures_tell_apart_is_not_learnt() -> None:
    claim = {
        "same": ["The fire in Brook killed nine people.", "Nine people died in a fire in Brook."],
        "other": ["The fire in Brook killed six people.", "The fire in Brook killed nobody."],
    }
    found = examples([claim])
    assert [same for _, _, same in found].count(False) == 2
    assert not any("six" in a + b for a, b, _ in found)


def test_an_end_is_left_out_where_most_stays() -> None:
    assert (
        without_end("The mayor of Brook resigned over a loan after a long debate")
        == "The mayor of Brook resigned over a loan"
    )
    assert without_end("In spring the mayor resigned") == ""


def test_all_claims_have_their_form() -> None:
    found = claims(sorted((Path(__file__).parents[2] / "training" / "claims").glob("*.toml")))
    assert len(found) >= 700
    assert all(
        len(set(c["same"])) == 5 and len(set(c["other"])) in (5, 6) and not set(c["same"]) & set(c["other"])
        for c in found
    )


@pytest.mark.skipif(not (SHARED / "data/polnear").is_dir(), reason="needs ../shared/data")
def test_real_pairs_that_are_not_one_claim_are_of_two_articles_and_alike() -> None:
    found, idf, apart = unrelated(SHARED)
    assert len(apart) == PAIRS
    assert all(plausible(found[a], found[b], idf) and found[a].words != found[b].words for a, b in apart)
