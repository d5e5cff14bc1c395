"""What ships says what was trained: numpy's heads against PyTorch's, and eight bits against the weights."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch, which running does not")
onnx = pytest.importorskip("onnx", reason="training needs onnx, which running does not")

from training.export import heads, token_heads, write  # noqa: E402
from training.network import WIDTH, Crf, Encoder, Network, pair_scores  # noqa: E402

from provenance.language.network.encoder import Encoder as EightBit  # noqa: E402
from provenance.language.network.heads import Heads, Scores  # noqa: E402
from provenance.language.network.pieces import Pieces  # noqa: E402


@pytest.fixture(scope="module")
def net():
    torch.manual_seed(7)
    return Network(Encoder(layers=2, inner=64)).eval()


@pytest.fixture(scope="module")
def x():
    return torch.randn(40, WIDTH, generator=torch.Generator().manual_seed(8))


def test_sentences(net, x):
    starts = [0, 3, 4, 30]
    with torch.no_grad():
        matrix, bias = token_heads(net)
        scores = Scores(x.numpy() @ matrix + bias)
        ours = Heads(heads(net)).sentences(x.numpy(), scores, np.array(starts))
        theirs = [net.sentence_scores(x[a:b])[0].numpy() for a, b in zip(starts, [*starts[1:], 40], strict=True)]
    assert np.allclose(ours, theirs, atol=1e-4)


def test_pairs(net, x):
    spans, others = [(3, 5), (20, 21)], [(0, 2), (7, 9), (39, 40)]
    with torch.no_grad():
        for name in ("cue_source", "content_cue", "reference"):
            ours = Heads(heads(net)).pairs(name, x.numpy(), spans, others)
            theirs = [pair_scores(getattr(net, name), x, s, others).numpy() for s in spans]
            assert np.allclose(ours, theirs, atol=1e-4)


def test_kinds(net, x):
    sources, cues = [[(0, 2), (5, 6)], []], [(3, 4), (9, 11)]
    with torch.no_grad():
        ours = Heads(heads(net)).kinds(x.numpy(), sources, cues)
        theirs = [net.kind_scores(x, s, c).numpy() for s, c in zip(sources, cues, strict=True)]
    assert np.allclose(ours, theirs, atol=1e-4)


def test_the_crf_counts_every_sequence():
    """The loss is minus the logarithm of the share that the gold sequence has of all allowed ones."""
    import itertools

    torch.manual_seed(9)
    crf = Crf()
    torch.nn.init.normal_(crf.step)
    torch.nn.init.normal_(crf.start)
    scores = torch.randn(1, 3, 4, 3)
    tags = torch.tensor([[[0, 1, 2, 0], [1, 2, 2, 2], [0, 0, 0, 0]]])
    expected = 0.0
    for role in range(3):

        def total(seq, role=role):
            if any(a == 0 and b == 2 for a, b in itertools.pairwise(seq)):
                return -1e9
            moves = sum(crf.step[role, a, b].item() for a, b in itertools.pairwise(seq))
            return crf.start[role, seq[0]].item() + moves + sum(scores[0, role, i, t].item() for i, t in enumerate(seq))

        every = np.array([total(s) for s in itertools.product(range(3), repeat=4)])
        expected += np.log(np.exp(every).sum()) - total(tags[0, role].tolist())
    assert crf.loss(scores, tags).item() == pytest.approx(expected / 4, rel=1e-4)


def test_eight_bits_say_nearly_what_the_weights_say(net, tmp_path):
    write(net, tmp_path)
    ids = np.arange(1000, 1050)
    over = Pieces(ids, np.arange(50), np.arange(50) + 1, np.arange(51))
    ours, _ = EightBit(tmp_path).read(over, [(0, 50)])
    row = torch.tensor([[101, *ids.tolist(), 102]])
    with torch.no_grad():
        theirs = net.encoder(row, torch.ones_like(row, dtype=torch.bool))[0, 1:-1].numpy()
    assert np.corrcoef(ours.ravel(), theirs.ravel())[0, 1] > 0.99
