"""Trains what says whether two sentences make the same claim: python -m training.same_claim OUT ../shared CLAIMS….

CLAIMS are files of invented claims (training/claims/README.md): `same`, wordings of one claim, and `other`, sentences
like it that make another. To these come pairs of real statements that are not one claim (unrelated.py). The encoder is
MiniLM's first layers as they are, but for their inner units (pruned) and four bits; trained along, they learn the
claims by heart. So each sentence is read once, by the very file that ships, and what is trained is the comparison.
Seeds are fixed; `--held` files are measured on, not learnt from.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from provenance.language.network.pieces import CLS, SEP, tokenizer
from provenance.origin.groups import describe
from provenance.origin.same_claim import LONGEST, SUM, Sentences
from provenance.origin.score import conflict
from provenance.origin.statement import read_statement
from training.export import Graph
from training.network import FORBIDDEN, WIDTH, Encoder, pretrained
from training.train import start_folder
from training.unrelated import unrelated

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LAYERS, INNER = [0, 1, 2, 3], 1024
SIZE, INSIDE = 64, 96  # of keys and values; units that compare two words
MEMBERS = 3  # comparisons whose log-odds are averaged
BATCH = 64  # pairs
SMALL = re.compile(r"(?:\bthe|\ba|\ban|\bhas|\bthat|\bits|\bhis|\bher|\bjust|\bmore than|\babout) ", re.IGNORECASE)
PREPOSITION = re.compile(r" (?:in|at|on|after|before|because|when|while|with|for|over|from|near|under|despite|during) ")
RATE, PASSES = 1e-3, 7
Example = tuple[str, str, bool]
Claim = dict[str, list[str]]


class Comparison(nn.Module):
    """What provenance.origin.same_claim does in numpy, to be trained."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.key, self.value = nn.Linear(WIDTH, SIZE), nn.Linear(WIDTH, SIZE)
        self.sharpness = nn.Parameter(torch.tensor(8.0))
        self.compare = nn.Sequential(nn.Dropout(dropout), nn.Linear(4 * SIZE, INSIDE), nn.ReLU(), nn.Dropout(dropout))
        self.judge = nn.Sequential(nn.Linear(4 * INSIDE + 4, 64), nn.ReLU(), nn.Dropout(dropout), nn.Linear(64, 1))

    def forward(self, one: Tensor, other: Tensor, here: Tensor, there: Tensor) -> Tensor:
        """Vectors (pairs, pieces, WIDTH) and which pieces there are (pairs, pieces), of both, to log-odds (pairs,)."""
        like = F.normalize(self.key(one), dim=-1) @ F.normalize(self.key(other), dim=-1).transpose(1, 2)
        values = self.value(one), self.value(other)
        a = self._side(like, *values, here, there)
        b = self._side(like.transpose(1, 2), *values[::-1], there, here)
        return (self.judge(torch.cat([a, b], -1)) + self.judge(torch.cat([b, a], -1)))[:, 0]

    def _side(self, like: Tensor, mine: Tensor, theirs: Tensor, here: Tensor, there: Tensor) -> Tensor:
        like = like.masked_fill(~there[:, None, :], FORBIDDEN)
        met = (self.sharpness * like).softmax(-1) @ theirs
        compared = self.compare(torch.cat([mine, met, (mine - met).abs(), mine * met], -1)) * here[..., None]
        best = like.amax(-1)
        mean, least = (best * here).sum(1) / here.sum(1), best.masked_fill(~here, 1).amin(1)
        return torch.cat([compared.sum(1) / SUM, compared.amax(1), mean[:, None], least[:, None]], -1)


def claims(files: list[Path]) -> list[Claim]:
    return [claim for file in files for claim in tomllib.loads(file.read_text("utf-8"))["claim"]]


def examples(some: list[Claim]) -> list[Example]:
    """All pairs of wordings of a claim, and of each with each confuser, but those that figures or days tell apart.

    Articles copy each other and leave out details: so some wordings of each claim come again as they are, without a
    small word, and without their end, as the same claim.
    """
    texts = [text for claim in some for text in (*claim["same"], *claim["other"])]
    found = dict(zip(texts, describe([read_statement({"claim": t, "publisher": "P"}, 0) for t in texts]), strict=True))
    pairs: list[Example] = []
    for claim in some:
        pairs += [(a, b, True) for a, b in combinations(claim["same"], 2)]
        pairs += [(a, b, False) for a in claim["same"] for b in claim["other"]]
    kept = [(found[a].words, found[b].words, same) for a, b, same in pairs if not conflict(found[a], found[b])]
    for claim in some:
        for n, text in enumerate(claim["same"]):
            kept.append(
                (found[text].words, found[text].words if n % 2 else without_a_small_word(found[text].words), True)
            )
        for n, text in enumerate(claim["same"][:2]):
            if short := without_end(found[text].words):
                kept += [(short, found[other].words, True) for other in claim["same"][2 + n : 4 + n]]
    return kept


def without_end(words: str) -> str:
    """Without what the last preposition begins, where most of the sentence is left; else nothing."""
    at = max((m.start() for m in PREPOSITION.finditer(words)), default=0)
    return words[:at] if at > 0.6 * len(words) else ""


def without_a_small_word(words: str) -> str:
    small = list(SMALL.finditer(words))
    if not small:
        return words
    out = small[len(words) % len(small)]
    return words[: out.start()] + words[out.end() :]


def sentences(encoder: Encoder) -> onnx.ModelProto:
    """Word vectors (1, pieces, WIDTH) to vectors of the same shape."""
    graph = Graph(bits=4)
    graph.read(encoder, places=LONGEST + 2)
    return graph.model({"words": [1, "pieces", WIDTH]}, {"vectors": [1, "pieces", WIDTH]}, "sentences")


class Batches:
    """Pairs as padded tensors; each sentence is read once."""

    def __init__(self, read: Sentences) -> None:
        self._read, self._known = read, {}

    def _padded(self, texts: list[str]) -> tuple[Tensor, Tensor]:
        for text in texts:
            if text not in self._known:
                self._known[text] = torch.from_numpy(self._read.vectors(text))
        found = [self._known[text] for text in texts]
        padded = nn.utils.rnn.pad_sequence(found, batch_first=True)
        lengths = torch.tensor([len(x) for x in found])
        return padded, torch.arange(padded.shape[1]) < lengths[:, None]

    def of(self, some: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        (one, here), (other, there) = self._padded([a for a, _, _ in some]), self._padded([b for _, b, _ in some])
        return one, other, here, there


@torch.no_grad()
def measured(net: Comparison, batches: Batches, held: list[Example]) -> dict[str, float]:
    """F1 of pairs at even odds, and the best F1 at any."""
    net.eval()
    scores = np.concatenate([net(*batches.of(held[i : i + BATCH])).numpy() for i in range(0, len(held), BATCH)])
    net.train()
    truth = np.array([same for _, _, same in held])
    hits = np.cumsum(truth[np.argsort(-scores)])
    f1 = 2 * hits / (np.arange(len(hits)) + 1 + truth.sum())
    return {"f1": round(float(f1[max(0, (scores > 0).sum() - 1)]), 3), "best": round(float(f1.max()), 3)}


def train(given: list[Example], batches: Batches, passes: int, seed: int, held: Sequence[Path] = ()) -> Comparison:
    torch.manual_seed(seed)
    net, draw, given = Comparison(), random.Random(seed), list(given)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.05)
    for n in range(passes):
        draw.shuffle(given)
        optimizer.param_groups[0]["lr"] = RATE * (1 - n / passes)
        total = 0.0
        for at in range(0, len(given), BATCH):
            some = given[at : at + BATCH]
            truth = torch.tensor([float(same) for _, _, same in some])
            loss = F.binary_cross_entropy_with_logits(net(*batches.of(some)), truth)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(some)
        row = {"pass": n + 1, "loss": round(total / len(given), 3)}
        row.update({file.stem: measured(net, batches, examples(claims([file]))) for file in held})
        print(json.dumps(row), file=sys.stderr, flush=True)
    return net.eval()


def stacked(members: Sequence[Comparison]) -> dict[str, np.ndarray]:
    """The weights as `SameClaim` takes them: by name, of all members in one array."""
    states = [net.state_dict() for net in members]
    return {name: np.stack([state[name].numpy() for state in states]) for name in states[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, help="folder for sentences.onnx and same_claim.npz")
    parser.add_argument("shared", type=Path)
    parser.add_argument("claims", type=Path, nargs="+")
    parser.add_argument("--held", type=Path, nargs="*", default=[])
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    given, folder = examples(claims(args.claims)), start_folder(None)
    found, _, apart = unrelated(args.shared)
    given += [(found[a].words, found[b].words, False) for a, b in apart]
    encode = tokenizer(folder / "vocab.txt").encode
    samples = [torch.tensor([CLS, *encode(a, add_special_tokens=False).ids, SEP]) for a, _, _ in given[::100]]
    onnx.save(sentences(pretrained(folder, LAYERS, INNER, samples).eval()), args.out / "sentences.onnx")
    print(f"{len(given)} pairs, {sum(same for _, _, same in given)} of one claim", flush=True)
    batches = Batches(Sentences(args.out))
    members = [train(given, batches, args.passes, args.seed + n, args.held) for n in range(MEMBERS)]
    np.savez(args.out / "same_claim.npz", **{k: v.astype(np.float16) for k, v in stacked(members).items()})


if __name__ == "__main__":
    main()
