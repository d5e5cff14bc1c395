"""MPNet-base (Song et al. 2020), the teacher's encoder: twelve layers of 768 units, with a bias for distance.

Only for training: it reads the same word pieces as the student, whose vocabulary it shares but for the numbers.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from training.crf import FORBIDDEN
from training.network import LockedDropout

WIDTH, HEADS, INNER, LAYERS = 768, 12, 3072, 12
PLACES = 514
FIRST_PLACE = 2  # places 0 and 1 are those of padding
BUCKETS, FAR = 32, 128
NAMES = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}


class Layer(nn.Module):
    def __init__(self, dropout: float):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5), nn.LayerNorm(WIDTH, eps=1e-5)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = LockedDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = (part(x).view(b, t, HEADS, WIDTH // HEADS).transpose(1, 2) for part in (self.q, self.k, self.v))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + self.drop(self.o(seen)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Takes BERT's ids, as the student does."""

    width = WIDTH

    def __init__(self, dropout: float = 0.1):
        super().__init__()
        self.word = nn.Embedding(30527, WIDTH)
        self.position = nn.Embedding(PLACES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = LockedDropout(dropout)
        self.register_buffer("far", torch.zeros(BUCKETS, HEADS))  # not trained: so attention has a fast kernel
        self.register_buffer("own", torch.zeros(30522, dtype=torch.long))  # MPNet's number of each of BERT's pieces

    def forward(self, ids: Tensor, attention: Tensor) -> Tensor:
        """ids, attention: (windows, pieces) to (windows, pieces, WIDTH)."""
        length = ids.shape[1]
        x = self.word(self.own[ids]) + self.position.weight[FIRST_PLACE : FIRST_PLACE + length]
        x = self.drop(self.norm(x))
        mask = torch.where(attention, 0.0, FORBIDDEN)[:, None, None, :]
        bias = self.far[buckets(length)].permute(2, 0, 1)[None] + mask
        for layer in self.layers:
            x = layer(x, bias)
        return x


def buckets(length: int) -> Tensor:
    """(length, length): the bucket of the distance from each piece to each other one."""
    place = torch.arange(length)
    away = place[:, None] - place[None, :]
    half = BUCKETS // 2
    size, exact = away.abs(), half // 2
    large = exact + (torch.log(size.clamp(min=1) / exact) / math.log(FAR / exact) * (half - exact)).long()
    return torch.where(size < exact, size, large.clamp(max=half - 1)) + half * (away < 0)


def pretrained(folder: Path, bert_vocabulary: Path) -> Encoder:
    """folder: of all-mpnet-base-v2, with `model.safetensors` and `tokenizer.json`."""
    state = load_file(folder / "model.safetensors")
    own = {
        "word.weight": state["embeddings.word_embeddings.weight"],
        "position.weight": state["embeddings.position_embeddings.weight"],
        "far": state["encoder.relative_attention_bias.weight"],
    }
    number = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    bert = bert_vocabulary.read_text("utf-8").splitlines()
    own["own"] = torch.tensor([number[NAMES.get(piece, piece)] for piece in bert])
    parts = {"o": "attention.attn.o", "q": "attention.attn.q", "k": "attention.attn.k", "v": "attention.attn.v",
             "norm1": "attention.LayerNorm", "up": "intermediate.dense", "down": "output.dense",
             "norm2": "output.LayerNorm"}  # fmt: skip
    for end in ("weight", "bias"):
        own[f"norm.{end}"] = state[f"embeddings.LayerNorm.{end}"]
        for n in range(LAYERS):
            own.update({f"layers.{n}.{a}.{end}": state[f"encoder.layer.{n}.{b}.{end}"] for a, b in parts.items()})
    encoder = Encoder()
    encoder.load_state_dict(own)
    return encoder
