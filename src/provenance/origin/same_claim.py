"""Do two sentences make the same claim? Each is read once by a small encoder; then their words are laid side by side.

The comparison is decomposable attention (Parikh et al. 2016): each word meets the words of the other sentence that are
most like it, a small network says what differs, and another sums that up. So *bodies* beside *survivors* counts against
two sentences that share all other words. The encoder is four layers of MiniLM in four bits, over the word table of the
network that finds attributions. `training/same_claim.py` makes both from invented claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from provenance.language.network import WEIGHTS as SHARED
from provenance.language.network.encoder import session
from provenance.language.network.pieces import CLS, SEP, tokenizer
from provenance.language.network.words import Words

Floats = npt.NDArray[np.float32]

WEIGHTS = Path(__file__).parent / "weights"
LONGEST = 60  # word pieces of a sentence that are read
SUM = 10  # a sum over words is divided by it, to be of the size of the rest


class Sentences:
    """The encoder, one sentence at a time: activations are scaled by the sentence, so none is padded nor batched."""

    def __init__(self, folder: Path) -> None:
        """folder: with `sentences.onnx`."""
        self._session, self._words = session(folder / "sentences.onnx"), Words(SHARED)
        self._tokenizer = tokenizer(SHARED / "vocab.txt")

    def vectors(self, text: str) -> Floats:
        """(pieces, width): of each word piece. A text without words is one unknown piece."""
        pieces = self._tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST] or [CLS]
        ids = np.array([CLS, *pieces, SEP], np.int64)
        found: Floats = self._session.run(None, {"words": self._words.vectors(ids)[None]})[0][0, 1:-1]
        return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """keys: by which words find each other, of length one; values: by which they are compared. (members, pieces, size)
    each: a sentence as each of the comparisons sees it."""

    keys: Floats
    values: Floats


class SameClaim:
    """Log-odds that two sentences make the same claim: the mean of what a few comparisons, the members, say."""

    def __init__(self, sentences: Sentences, weights: Mapping[str, npt.NDArray[np.floating]]) -> None:
        """weights: by their names in PyTorch (`training.same_claim`), those of all members in one array each."""
        self._sentences = sentences
        self._weights = {name: np.asarray(value, np.float32) for name, value in weights.items()}

    @classmethod
    def load(cls, folder: Path) -> SameClaim:
        """folder: with `sentences.onnx` and `same_claim.npz`."""
        with np.load(folder / "same_claim.npz") as weights:
            return cls(Sentences(folder), dict(weights))

    def read(self, text: str) -> Sentence:
        x = self._sentences.vectors(text)
        keys = self._linear("key", x)
        return Sentence(keys / np.linalg.norm(keys, axis=2, keepdims=True), self._linear("value", x))

    def log_odds(self, one: Sentence, other: Sentence) -> float:
        """Above 0: more likely the same claim. The order does not matter."""
        like = one.keys @ other.keys.transpose(0, 2, 1)
        a = self._side(like, one.values, other.values)
        b = self._side(like.transpose(0, 2, 1), other.values, one.values)
        both = np.stack([np.concatenate([a, b], 1), np.concatenate([b, a], 1)], 1)
        judged = self._linear("judge.3", np.maximum(self._linear("judge.0", both), 0))  # (members, both orders, 1)
        return float(judged.sum(1).mean())

    def _side(self, like: Floats, mine: Floats, theirs: Floats) -> Floats:
        """What the words of one sentence miss in the other: (members, features)."""
        best = like.max(2)
        powers = np.exp(self._weights["sharpness"][:, None, None] * (like - best[..., None]))
        met = powers / powers.sum(2, keepdims=True) @ theirs
        found = np.concatenate([mine, met, np.abs(mine - met), mine * met], 2)
        compared = np.maximum(self._linear("compare.1", found), 0)
        ends = np.stack([best.mean(1), best.min(1)], 1)
        return np.concatenate([compared.sum(1) / SUM, compared.max(1), ends], 1)

    def _linear(self, name: str, x: Floats) -> Floats:
        """(members or none, rows, in) to (members, rows, out)."""
        out: Floats = x @ self._weights[f"{name}.weight"].transpose(0, 2, 1) + self._weights[f"{name}.bias"][:, None]
        return out


@cache
def same_claim() -> SameClaim:
    """The shipped one."""
    return SameClaim.load(WEIGHTS)
