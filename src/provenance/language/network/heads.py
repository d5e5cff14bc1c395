"""The heads of the network in numpy, over the vector of each token: what training/network.py has in PyTorch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provenance.language.network.mentions import Span

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

ROLES = ("source", "cue", "content")
KINDS = ("person", "organisation", "document", "media", "social-media", "anonymous", "vague", None)
CODES = ("anonymous", "hedged", "hearsay", "social-media", "vague", "disclaimed", "disputed", "accusation")
MARK = "unverified-claim"  # the last score of a sentence, after those of the codes


def softmax(scores: Floats, axis: int = -1) -> Floats:
    powers = np.exp(scores - scores.max(axis, keepdims=True))
    normal: Floats = powers / powers.sum(axis, keepdims=True)
    return normal


class Scores:
    """What the encoder's file says of each token beside its vector, by one matrix (see training/export.py)."""

    def __init__(self, scores: Floats) -> None:
        """scores: (tokens, 3 * roles + 2 * codes)."""
        tags = 3 * len(ROLES)
        self.tags = scores[:, :tags].reshape(len(scores), len(ROLES), 3)  # outside, begins, inside
        self.evidence = scores[:, tags : tags + len(CODES)]  # of each code: is this word part of what shows it?
        self.shown = scores[:, tags + len(CODES) :]  # of each code: what the word, if it shows it, adds to its score


@dataclass(frozen=True)
class Heads:
    """weights: by their names in PyTorch. x is always (tokens, width), spans are ranges of its rows."""

    weights: Mapping[str, Floats]

    def linear(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return out

    def perceptron(self, name: str, x: Floats) -> Floats:
        """One hidden layer: `name`.0, the positive part, `name`.3."""
        return self.linear(f"{name}.3", np.maximum(self.linear(f"{name}.0", x), 0))

    def pairs(self, name: str, x: Floats, spans: Sequence[Span], others: Sequence[Span]) -> Floats:
        """Scores of each span against each other one, and last against none of them: (spans, others + 1)."""
        query, key = self._ends(x, spans), self._ends(x, others)
        asked = self.linear(f"{name}.query", query)
        scores = asked @ self.linear(f"{name}.key", key).T / np.float32(np.sqrt(asked.shape[1]))
        far = self.weights[f"{name}.far"]
        half = len(far) // 2
        a, b = (np.array(side, np.int64).reshape(-1, 2) for side in (spans, others))
        after = b[None, :, 0] >= a[:, None, 0]
        gap = np.where(after, b[None, :, 0] - a[:, None, 1], a[:, None, 0] - b[None, :, 1])
        bits = np.frexp(np.maximum(gap, 0).astype(np.float64))[1]  # as int.bit_length does
        scores = scores + far[np.minimum(half - 1, bits) + np.where(after, 0, half)]
        return np.concatenate([scores, self.linear(f"{name}.none", query)], 1).astype(np.float32)

    def kinds(self, x: Floats, sources: Sequence[Sequence[Span]], cues: Sequence[Span | None]) -> Floats:
        """Scores of KINDS for each source (its parts, or nothing) beside its cue."""
        rows = []
        for parts, cue in zip(sources, cues, strict=True):
            if parts:
                words = np.concatenate([x[a:b] for a, b in parts])
                who = np.concatenate([words.mean(0), words.max(0)])
            else:
                who = self.weights["no_source"]
            said = x[cue[0] : cue[1]].mean(0) if cue else np.zeros(x.shape[1], np.float32)
            rows.append(np.concatenate([who, said]))
        return self.perceptron("kind", np.array(rows, np.float32))

    def sentences(self, x: Floats, scores: Scores, starts: Ints) -> Floats:
        """Scores of CODES and MARK for each sentence.

        starts: the first token of each sentence, rising; every sentence has at least one token.
        """
        lengths = np.diff(np.append(starts, len(x)))
        mean = np.add.reduceat(x, starts) / lengths[:, None]
        found = self.perceptron("sentence", np.concatenate([mean, np.maximum.reduceat(x, starts)], 1))
        evidence = scores.evidence
        powers = np.exp(evidence - np.repeat(np.maximum.reduceat(evidence, starts), lengths, 0))
        share = powers / np.repeat(np.add.reduceat(powers, starts), lengths, 0)
        found[:, : len(CODES)] += np.add.reduceat(share * scores.shown, starts)
        return found

    @staticmethod
    def _ends(x: Floats, spans: Sequence[Span]) -> Floats:
        first, last = np.array(spans, np.int64).reshape(-1, 2).T
        middle: Floats = (x[first] + x[last - 1]) / 2
        return middle
