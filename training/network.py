"""The network in PyTorch: a small BERT encoder and the heads over its token vectors.

The heads are kept so plain (matrices, maxima, a Viterbi) that numpy runs them: only the encoder becomes ONNX.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from training.articles import CODES, KINDS, ROLES
from training.batches import OPEN, Batch, Window
from training.crf import FORBIDDEN, Crf

WIDTH, HEADS, LINK = 384, 12, 64
BUCKETS = 24  # distances between two spans, by sign and logarithm
MISSED = 0.15  # share of spans that links do without in training, as the tagger misses some


class LockedDropout(nn.Module):
    """Dropout of the same units from every piece of a window: one mask for each would cost a tenth of a step."""

    def __init__(self, share: float):
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        return x * x.new_empty(len(x), 1, x.shape[2]).bernoulli_(1 - self.share).div_(1 - self.share)


class Layer(nn.Module):
    """One layer of BERT, queries, keys and values as one matrix, and as many inner units as wanted."""

    def __init__(self, inner: int, dropout: float):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = LockedDropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + mask).softmax(-1)  # on CPUs faster than SDPA
        seen = (weights @ v).transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + self.drop(self.out(seen)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    width = WIDTH

    def __init__(self, layers: int, inner: int, dropout: float = 0.1):
        super().__init__()
        self.word = nn.Embedding(30522, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))  # BERT's segment 0
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner, dropout) for _ in range(layers))
        self.drop = LockedDropout(dropout)

    def forward(self, ids: Tensor, attention: Tensor) -> Tensor:
        """ids, attention: (windows, pieces) to (windows, pieces, WIDTH)."""
        x = self.word(ids) + self.position.weight[: ids.shape[1]] + self.kind
        x = self.drop(self.norm(x))
        mask = torch.where(attention, 0.0, FORBIDDEN).to(x.dtype)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


def pretrained(folder: Path, keep: list[int], inner: int, samples: list[Tensor]) -> Encoder:
    """MiniLM's layers `keep`, with the `inner` units of each that say most on some sample windows."""
    state = load_file(folder / "model.safetensors")
    encoder = Encoder(len(keep), 1536)
    own = {f"{part}.weight": state[f"embeddings.{part}_embeddings.weight"] for part in ("word", "position")}
    own["kind"] = state["embeddings.token_type_embeddings.weight"][0]
    parts = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
             "down": "output.dense", "norm2": "output.LayerNorm"}  # fmt: skip
    for end in ("weight", "bias"):
        own[f"norm.{end}"] = state[f"embeddings.LayerNorm.{end}"]
        for i, n in enumerate(keep):
            theirs = f"encoder.layer.{n}."
            self_ = [state[f"{theirs}attention.self.{x}.{end}"] for x in ("query", "key", "value")]
            own[f"layers.{i}.qkv.{end}"] = torch.cat(self_)
            own.update({f"layers.{i}.{ours}.{end}": state[f"{theirs}{t}.{end}"] for ours, t in parts.items()})
    encoder.load_state_dict(own)
    if inner < 1536:
        prune(encoder, inner, samples)
    return encoder


@torch.no_grad()
def prune(encoder: Encoder, inner: int, samples: list[Tensor]) -> None:
    """Keeps in each layer the inner units with the largest mean activation times the norm of what they write."""
    encoder.eval()
    for layer in encoder.layers:
        seen: list[Tensor] = []
        note = lambda _m, _i, out, seen=seen: seen.append(F.gelu(out).abs().mean((0, 1)))  # noqa: E731
        hook = layer.up.register_forward_hook(note)
        for ids in samples:
            encoder(ids[None], torch.ones(1, len(ids), dtype=torch.bool))
        hook.remove()
        worth = torch.stack(seen).mean(0) * layer.down.weight.norm(dim=0)
        best = worth.topk(inner).indices.sort().values
        up, down = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        up.weight.copy_(layer.up.weight[best])
        up.bias.copy_(layer.up.bias[best])
        down.weight.copy_(layer.down.weight[:, best])
        down.bias.copy_(layer.down.bias)
        layer.up, layer.down = up, down
    encoder.train()


class Pair(nn.Module):
    """Scores of one span against others by a bilinear form and their distance, and of none of them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.query = nn.Linear(width, LINK)
        self.key = nn.Linear(width, LINK)
        self.far = nn.Parameter(torch.zeros(BUCKETS))
        self.none = nn.Linear(width, 1)

    def forward(self, query: Tensor, keys: Tensor, far: Tensor) -> Tensor:
        """query: (width,), keys: (n, width), far: (n,) buckets to (n + 1,): the last is none."""
        scores = self.key(keys) @ self.query(query) / math.sqrt(LINK) + self.far[far]
        return torch.cat([scores, self.none(query)])


def bucket(span: tuple[int, int], other: tuple[int, int]) -> int:
    """Of the tokens between two spans, and which of them comes first."""
    gap = other[0] - span[1] if other[0] >= span[0] else span[0] - other[1]
    return min(BUCKETS // 2 - 1, max(0, gap).bit_length()) + (BUCKETS // 2 if other[0] < span[0] else 0)


def perceptron(wide: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(wide, 192), nn.ReLU(), nn.Dropout(0.1), nn.Linear(192, out))


class Network(nn.Module):
    """encoder: a module from ids and attention to vectors, whose `width` says how long they are."""

    def __init__(self, encoder: nn.Module):
        super().__init__()
        self.encoder = encoder
        self.width = width = encoder.width
        self.drop = LockedDropout(0.1)
        self.tag = nn.Linear(width, len(ROLES) * 3)
        self.crf = Crf()
        self.cue_source, self.content_cue, self.reference = Pair(width), Pair(width), Pair(width)
        self.no_source = nn.Parameter(torch.zeros(2 * width))
        self.kind = perceptron(3 * width, len(KINDS))
        self.evidence = nn.Linear(width, len(CODES))
        self.sentence = perceptron(2 * width, len(CODES) + 1)
        self.shown = nn.Parameter(torch.randn(len(CODES), width) * 0.02)  # for each code, over the words that show it

    def vectors(self, batch: Batch) -> Tensor:
        """The vector of each token, that of its first piece: (windows, tokens, width)."""
        hidden = self.encoder(batch.ids, batch.attention).float()
        return self.drop(hidden.gather(1, batch.first[..., None].expand(-1, -1, self.width)))

    def tag_scores(self, x: Tensor) -> Tensor:
        """(windows, tokens, width) to (windows, roles, tokens, 3)."""
        return self.tag(x).view(*x.shape[:2], len(ROLES), 3).transpose(1, 2)

    def sentence_scores(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of one sentence's tokens to the scores of its codes and mark, and of each token as evidence."""
        words = self.evidence(x)  # (tokens, codes)
        shown = words.softmax(0).T @ x  # (codes, width)
        scores = self.sentence(torch.cat([x.mean(0), x.amax(0)]))
        return scores + F.pad((shown * self.shown).sum(1), (0, 1)), words

    def kind_scores(self, x: Tensor, source: list, cue: tuple[int, int]) -> Tensor:
        words = torch.cat([x[a:b] for a, b in source]) if source else None
        who = self.no_source if words is None else torch.cat([words.mean(0), words.amax(0)])
        return self.kind(torch.cat([who, x[cue[0] : cue[1]].mean(0)]))


def ends(x: Tensor, spans: list[tuple[int, int]]) -> Tensor:
    """The mean of the first and the last token's vector of each span."""
    return (x[[a for a, _ in spans]] + x[[b - 1 for _, b in spans]]) / 2


def pair_scores(pair: Pair, x: Tensor, span: tuple[int, int], others: list[tuple[int, int]]) -> Tensor:
    if not others:
        return pair(ends(x, [span])[0], x[:0], torch.zeros(0, dtype=torch.long))
    far = torch.tensor([bucket(span, o) for o in others])
    return pair(ends(x, [span])[0], ends(x, others), far)


PARTS = ("codes", "evidence", "source", "content", "kind", "reference", "taught codes", "taught evidence")


def losses(net: Network, batch: Batch) -> dict[str, Tensor]:
    """The loss of each head over a batch; a head without labels in it is left out."""
    x = net.vectors(batch)
    found: dict[str, Tensor] = {}
    known = batch.tags[:, 0, 0] != OPEN
    if known.any():
        found["tags"] = net.crf.loss(net.tag_scores(x[known]), batch.tags[known])
    if batch.pairs is not None:
        found["taught tags"] = net.crf.taught_loss(net.tag_scores(x), batch.pairs, batch.tokens)
    parts: dict[str, list[Tensor]] = {n: [] for n in PARTS}
    for vectors, window in zip(x, batch.windows, strict=True):
        window_losses(net, vectors, window, parts)
    found.update({name: torch.stack(values).mean() for name, values in parts.items() if values})
    return found


def window_losses(net: Network, x: Tensor, w: Window, parts: dict[str, list[Tensor]]) -> None:
    shown = {i: [(c, s) for j, c, s in w.evidence if j == i] for i in range(len(w.sentences))}
    for i, (a, b) in enumerate(w.sentences):
        scores, words = net.sentence_scores(x[a:b])
        truth = torch.tensor(w.codes[i])
        loss = F.binary_cross_entropy_with_logits(scores, truth, reduction="none", pos_weight=torch.tensor(2.0))
        parts["codes"].append(loss.sum())
        for code, span in shown[i]:
            target = torch.zeros(b - a)
            target[max(0, span[0] - a) : max(0, span[1] - a)] = 1
            parts["evidence"].append(F.binary_cross_entropy_with_logits(words[:, code], target))
        if w.taught:
            taught_losses(w, i, scores, words, parts)
    for name, pair, links in (("source", net.cue_source, w.cue_source), ("content", net.content_cue, w.content_cue)):
        for span, others, right in links:
            others = [o for o in others if not net.training or torch.rand(()) > MISSED]
            right = right if right in others else None
            target = torch.tensor(others.index(right) if right else len(others))
            parts[name].append(F.cross_entropy(pair_scores(pair, x, span, others), target))
    for source, cue, kind in w.kinds:
        parts["kind"].append(F.cross_entropy(net.kind_scores(x, source, cue), torch.tensor(kind)))
    for mention, others, right in w.references:
        scores = pair_scores(net.reference, x, mention, others).log_softmax(0)
        fits = torch.tensor([*right, not any(right)])  # the last: it stands for itself
        parts["reference"].append(-torch.logsumexp(scores[fits], 0))


def taught_losses(w: Window, i: int, scores: Tensor, words: Tensor, parts: dict[str, list[Tensor]]) -> None:
    """Of sentence i: its codes, and the words that the teacher takes for evidence of those that it finds likely."""
    taught = torch.from_numpy(w.taught.codes[i]).float()
    parts["taught codes"].append(F.binary_cross_entropy_with_logits(scores, taught, reduction="sum"))
    likely = (taught[: len(CODES)] > 0.3).nonzero()[:, 0]
    if len(likely):
        a, b = w.sentences[i]
        target = torch.from_numpy(w.taught.evidence[a:b]).float()[:, likely]
        parts["taught evidence"].append(F.binary_cross_entropy_with_logits(words[:, likely], target))
