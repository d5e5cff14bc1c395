"""The loss against a teacher is that against labels where the teacher is sure, and least where it is the student."""

import pytest

torch = pytest.importorskip("torch", reason="training needs torch, which running does not")

from training.crf import Crf  # noqa: E402


@pytest.fixture
def crf():
    torch.manual_seed(1)
    made = Crf()
    torch.nn.init.normal_(made.step)
    torch.nn.init.normal_(made.start)
    return made


def some():
    """Scores of two windows, the second shorter, and where there are tokens."""
    torch.manual_seed(2)
    there = torch.tensor([[True] * 6, [True] * 4 + [False] * 2])
    return torch.randn(2, 3, 6, 3), there


def test_pairs_are_probabilities_that_follow_each_other(crf) -> None:
    scores, there = some()
    pairs = crf.pairs(scores, there)
    assert torch.allclose(pairs[0].sum((2, 3)), torch.ones(6, 3), atol=1e-5)
    assert torch.allclose(pairs[0, 1:-1].sum(2), pairs[0, 2:].sum(3), atol=1e-5)  # a tag after, and then before
    assert float(pairs[0, 1:, :, 0, 2].max()) == 0  # inside never follows outside


def test_a_sure_teacher_is_a_label(crf) -> None:
    scores, there = some()
    tags = torch.tensor([[0, 1, 2, 2, 0, 1], [1, 0, 0, 1, -100, -100]])[:, None].repeat(1, 3, 1)
    pairs = torch.zeros(2, 6, 3, 3, 3)
    for window in range(2):
        for t in range(6 if window == 0 else 4):
            before = int(tags[window, 0, t - 1]) if t else 0
            pairs[window, t, :, before, int(tags[window, 0, t])] = 1
    assert float(crf.taught_loss(scores, pairs, there)) == pytest.approx(float(crf.loss(scores, tags)), abs=1e-4)


def test_nobody_pleases_a_teacher_like_the_teacher(crf) -> None:
    scores, there = some()
    pairs = crf.pairs(scores, there)
    own = crf.taught_loss(scores, pairs, there)
    for seed in range(5):
        torch.manual_seed(seed)
        assert crf.taught_loss(scores + 0.3 * torch.randn_like(scores), pairs, there) > own
