"""The network's parts that need no weights: windows, tags, names, calibration."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from provenance.language.network.calibration import Calibration, log_odds
from provenance.language.network.heads import Heads
from provenance.language.network.mentions import agreement, names, same_name
from provenance.language.network.network import heaviest
from provenance.language.network.pieces import windows
from provenance.language.network.references import References, is_name, proper
from provenance.language.network.tags import best_tags, spans


def first_pieces(pieces_of_each_token):
    return np.concatenate(([0], np.cumsum(pieces_of_each_token)))


def test_windows_cover_every_token_once_and_end_with_sentences():
    draw = np.random.default_rng(3)
    for _ in range(50):
        lengths = draw.integers(1, 60, size=draw.integers(1, 40))
        ends = np.cumsum(lengths).tolist()
        first = first_pieces(draw.integers(1, 4, size=ends[-1]))
        cut = windows(ends, first, 254)
        assert [b for b, _ in cut] == [0, *(e for _, e in cut[:-1])]
        assert cut[-1][1] == ends[-1]
        assert all(first[e] - first[b] <= 254 for b, e in cut)
        assert {e for _, e in cut} <= set(ends)


def test_a_sentence_longer_than_a_window_is_cut_and_not_lost():
    cut = windows([10, 700, 705], first_pieces([1] * 705), 254)
    assert cut[0][0] == 0
    assert cut[-1][1] == 705
    assert all(b == e for (_, b), (e, _) in itertools.pairwise(cut))
    assert all(e - b <= 254 for b, e in cut)


def test_windows_of_an_article_are_of_about_equal_length():
    sizes = [e - b for b, e in windows(list(range(10, 610, 10)), first_pieces([1] * 600), 254)]
    assert len(sizes) == 3
    assert max(sizes) - min(sizes) <= 20


def test_viterbi_agrees_with_trying_every_sequence():
    draw = np.random.default_rng(5)
    for length in (1, 2, 5):
        scores = draw.normal(size=(1, length, 1, 3)).astype(np.float32)
        step, start = (draw.normal(size=s).astype(np.float32) for s in ((1, 3, 3), (1, 3)))

        def total(tags, scores=scores, step=step, start=start):
            if any(a == 0 and b == 2 for a, b in itertools.pairwise(tags)):
                return -np.inf
            moves = sum(step[0, a, b] for a, b in itertools.pairwise(tags))
            return start[0, tags[0]] + moves + sum(scores[0, i, 0, t] for i, t in enumerate(tags))

        best = max(itertools.product(range(3), repeat=length), key=total)
        assert tuple(best_tags(scores, [length], step, start)[0]) == best


def test_no_token_is_in_two_roles():
    draw = np.random.default_rng(8)
    scores = draw.normal(size=(2, 30, 3, 3)).astype(np.float32)
    scores[..., 1:] += 2  # every role wants every token
    tags = best_tags(scores, [30, 17], np.zeros((3, 3, 3), np.float32), np.zeros((3, 3), np.float32))
    assert tags.shape == (3, 47)
    assert ((tags > 0).sum(0) == 1).all()


def test_viterbi_reads_each_window_by_itself():
    draw = np.random.default_rng(6)
    step, start = (draw.normal(size=s).astype(np.float32) for s in ((3, 3, 3), (3, 3)))
    parts = [draw.normal(size=(n, 3, 3)).astype(np.float32) for n in (4, 9, 1)]
    padded = np.zeros((3, 9, 3, 3), np.float32)
    for row, part in zip(padded, parts, strict=True):
        row[: len(part)] = part
    together = best_tags(padded, [4, 9, 1], step, start)
    alone = np.concatenate([best_tags(p[None], [len(p)], step, start) for p in parts], 1)
    assert (together == alone).all()


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ([0, 1, 2, 2, 0], [(1, 4)]),
        ([1, 1, 2], [(0, 1), (1, 3)]),
        ([2, 2, 0, 1], [(0, 2), (3, 4)]),  # where a window starts, a span may begin inside
        ([], []),
    ],
)
def test_spans_of_tags(tags, found):
    assert spans(np.array(tags, np.int64)) == found


def test_names_are_runs_of_capitalised_words():
    text = "Then Maria del Campo of the Harbour Office met Lee.\nMayor Lee left."
    starts, ends, at = [], [], 0
    for word in text.replace(".", " .").split():
        starts.append(text.index(word, at))
        ends.append(at := starts[-1] + len(word))
    found = [text[starts[a] : ends[b - 1]] for a, b in names(text, starts, ends)]
    assert "Mayor Lee" in found
    assert any(n.endswith("Maria del Campo of the Harbour Office") for n in found)


def test_a_short_name_may_be_a_long_one():
    assert same_name("Campo", "Maria del Campo")
    assert not same_name("Lee", "Maria del Campo")
    assert agreement("the harbour office", "Harbour Office") == 1


def test_the_heaviest_run_of_words():
    assert heaviest(np.array([-1, 2, -0.5, 3, -4, 1], np.float32)) == (1, 4)
    assert heaviest(np.array([-1, -2], np.float32)) is None


def test_calibration_by_name():
    same, steeper = Calibration({"steeper": (2.0, 0.0)}), np.array([0.9, 0.5, 0.1], np.float32)
    assert np.allclose(same("other", log_odds(steeper)), steeper, atol=1e-6)
    assert np.allclose(same("steeper", log_odds(steeper)), [81 / 82, 0.5, 1 / 82], atol=1e-6)


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Valdera", True),
        ("Ines Valdera", True),
        ("The IMF", True),
        ("she", False),
        ("It", False),
        ("the officials", False),
        ("The Westport councillor", False),
        ("aides to Valdera", True),
    ],
)
def test_which_mentions_are_names(mention, name):
    assert is_name(mention) is name


def test_a_name_without_its_title_and_genitive():
    assert proper("Retired Westport Gen. Ines Valdera’s") == "Ines Valdera"
    assert proper("Sir") == "Sir"


def test_a_short_name_takes_the_longer_name_that_the_article_uses_most():
    said = ["Friends of Valdera", "Rep. Ines Valdera", "Hugo Valdera", "Ines Valdera", "Lee"]
    references = References(Heads({}), np.zeros((0, 384), np.float32), [(0, 0)], [(0, 1)] * len(said), said)
    assert references.fuller("Valdera") == "Ines Valdera"
    assert references.fuller("Mr. Valdera") == "Ines Valdera"
    assert references.fuller("Lee") is None
    assert references.fuller("Ines Valdera") is None
