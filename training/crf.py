"""The tags of each role as a linear-chain CRF: its loss against labels, and against a teacher's probabilities."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.articles import ROLES
from training.batches import OPEN

FORBIDDEN = -1e4


class Crf(nn.Module):
    """A linear-chain CRF over outside, begins, inside for each role; inside never follows outside."""

    def __init__(self) -> None:
        super().__init__()
        self.step = nn.Parameter(torch.zeros(len(ROLES), 3, 3))  # from, to
        self.start = nn.Parameter(torch.zeros(len(ROLES), 3))  # inside: the span began in the window before
        ban = torch.zeros(3, 3)
        ban[0, 2] = FORBIDDEN
        self.register_buffer("ban", ban)

    def loss(self, scores: Tensor, tags: Tensor) -> Tensor:
        """Negative log likelihood by token, summed over roles.

        scores: (windows, roles, tokens, 3); tags: (windows, roles, tokens), OPEN past a window's end.
        """
        there = tags[:, 0] != OPEN
        tags = tags.clamp(min=0)
        step = self.step + self.ban
        gold = scores.gather(3, tags[..., None])[..., 0]
        role = torch.arange(len(ROLES))[None, :, None]
        moves = step[role, tags[..., :-1], tags[..., 1:]]
        right = gold[..., 0] + self.start[role[..., 0], tags[..., 0]]
        right = right + ((gold[..., 1:] + moves) * there[:, None, 1:]).sum(-1)
        return (self.total(scores, there) - right).sum() / there.sum()

    def taught_loss(self, scores: Tensor, pairs: Tensor, there: Tensor) -> Tensor:
        """Cross entropy with a teacher's distribution over whole sequences, given by its pairs of neighbouring tags
        (structural knowledge distillation, Wang et al. 2020).

        pairs: (windows, tokens, roles, 3, 3), the first of a window for the sum over its first axis only; there:
        (windows, tokens).
        """
        pairs = pairs.transpose(1, 2)
        unary = pairs.sum(3)  # (windows, roles, tokens, 3)
        right = (unary * scores).sum(3).masked_fill(~there[:, None], 0).sum(2) + (unary[:, :, 0] * self.start).sum(2)
        moves = (pairs[:, :, 1:] * self.step[None, :, None]).sum((3, 4))
        right = right + moves.masked_fill(~there[:, None, 1:], 0).sum(2)
        return (self.total(scores, there) - right).sum() / there.sum()

    def total(self, scores: Tensor, there: Tensor, moves: Tensor | None = None, start: Tensor | None = None) -> Tensor:
        """The log of the sum over all sequences, (windows, roles).

        moves: (windows, roles, tokens - 1, 3, 3), from tag to tag, and start: (windows, roles, 3), in place of its own.
        """
        step = self.step + self.ban
        alpha = scores[:, :, 0] + (self.start if start is None else start)
        for t in range(1, scores.shape[2]):
            move = step if moves is None else moves[:, :, t - 1]
            new = torch.logsumexp(alpha[..., None] + move, 2) + scores[:, :, t]
            alpha = torch.where(there[:, None, t, None], new, alpha)
        return torch.logsumexp(alpha, -1)

    def pairs(self, scores: Tensor, there: Tensor) -> Tensor:
        """The probability of each pair of neighbouring tags: (windows, tokens, roles, 3, 3), the first axis for the tag
        before; at a window's start a third of the tag's own for each.
        """
        windows, _, tokens, _ = scores.shape
        with torch.enable_grad():
            moves = (self.step + self.ban).detach()[None, :, None].repeat(windows, 1, tokens - 1, 1, 1).requires_grad_()
            start = self.start.detach().repeat(windows, 1, 1).requires_grad_()
            total = self.total(scores.detach(), there, moves, start).sum()
            after, first = torch.autograd.grad(total, (moves, start))
        begin = first[:, :, None, None, :].expand(-1, -1, 1, 3, -1) / 3
        return torch.cat([begin, after], 2).transpose(1, 2)
