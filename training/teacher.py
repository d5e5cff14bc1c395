"""What a finished run says of the articles to train on: python -m training.teacher SHARED RUN OPINIONS.

For each article one file: the probabilities of its tags, codes and evidence, and for pages, which have no labelled
attributions, those that it finds. Started again, it goes on where it was. The student learns from these
(`training.train --teacher OPINIONS`).

    python -m training.teacher SHARED RUN --measure    # the teacher's own figures, as benchmarks/language.py gives them
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from benchmarks import language
from torch import Tensor

from provenance.language.network import Network
from provenance.language.network.heads import Heads
from provenance.language.network.mentions import Span
from provenance.language.network.pieces import WINDOW, Pieces
from training import export
from training.articles import CODES, ROLES, Article, Attribution, Taught, every_article
from training.batches import collate, cut, label
from training.network import Network as Net
from training.train import load, start_folder

SETTINGS = {"name": "teacher", "window": WINDOW, "begins": [0.0, 0.0, 0.0], "least": 0.05, "calibration": {}}


class Encoder:
    """Stands where the ONNX encoder does, over PyTorch."""

    def __init__(self, net: Net):
        self.net = net
        self.matrix, self.bias = export.token_heads(net)

    @torch.no_grad()
    def read(self, pieces: Pieces, windows: list[Span]) -> tuple[np.ndarray, np.ndarray]:
        rows = []
        for begin, end in windows:
            ids, first = pieces.window(begin, end)
            given = torch.from_numpy(ids)[None]
            rows.append(self.net.encoder(given, torch.ones_like(given, dtype=torch.bool))[0, first].numpy())
        x = np.concatenate(rows)
        return x, x @ self.matrix + self.bias


def reader(run: Path) -> Network:
    """A run's network as the engine runs it, but for its encoder."""
    net = load(run)
    return Network(Encoder(net), Heads(export.heads(net)), start_folder(None) / "vocab.txt", SETTINGS, threads=2)


@torch.no_grad()
def opinion(net: Net, article: Article) -> Taught:
    windows = cut(article, None)
    codes = np.full((len(article.sentences), len(CODES) + 1), np.nan, np.float16)
    pairs = [np.zeros((0, len(ROLES), 3, 3), np.float16)]
    evidence = [np.zeros((0, len(CODES)), np.float16)]
    for at in range(0, len(windows), 8):
        part = windows[at : at + 8]
        batch = collate([label(article, *w) for w in part])
        x = net.vectors(batch)
        tags = net.crf.pairs(net.tag_scores(x), batch.tokens)
        for (begin, end), vectors, tag in zip(part, x, tags, strict=True):
            pairs.append(allowed(tag[: end - begin]).numpy().astype(np.float16))
            words = torch.zeros(end - begin, net.evidence.out_features)
            for i, (a, b) in enumerate(article.sentences):
                if max(a, begin) < min(b, end):
                    here = slice(max(a, begin) - begin, min(b, end) - begin)
                    scores, words[here] = net.sentence_scores(vectors[here])
                    codes[i] = np.fmax(codes[i], scores.sigmoid().numpy().astype(np.float16))
            evidence.append(words.sigmoid().numpy().astype(np.float16))
    return Taught(np.concatenate(pairs), codes, np.concatenate(evidence))


def allowed(pairs: Tensor) -> Tensor:
    """Without *inside* after *outside*, which at a window's start only says that nothing is known of the tag before."""
    pairs = pairs.clone()
    pairs[..., 2, 2] += pairs[..., 0, 2]
    pairs[..., 0, 2] = 0
    return pairs


def attributions(network: Network, article: Article) -> list[dict]:
    starts, ends = article.pieces.starts, article.pieces.ends
    ranges = [[int(starts[a]), int(ends[b - 1])] for a, b in article.sentences if a < b]
    doc, _ = language.sentence_doc(article.text, ranges)
    return [a.to_dict() for a in network.read(doc).attributions]


def file(opinions: Path, article: Article) -> Path:
    return opinions / f"{article.key}.npz"


def remember(opinions: Path, article: Article) -> None:
    """Gives an article what the teacher said of it."""
    with np.load(file(opinions, article)) as said:
        article.taught = Taught(said["pairs"], said["codes"], said["evidence"])
        guessed = json.loads(str(said["attributions"]))
    if not article.has_spans:
        article.has_spans = article.guessed = True
        for a in guessed:
            spans = {role: [article.pieces.tokens(s, e) for s, e in a[role]] for role in ROLES}
            found = Attribution(**spans, kind=a["kind"], has_kind=True, refers_to=a["refers_to"])
            article.attributions.append(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("opinions", type=Path, nargs="?")
    parser.add_argument("--measure", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(2)
    if args.measure:
        language.measure(reader(args.run), args.shared)
        return
    args.opinions.mkdir(parents=True, exist_ok=True)
    net, network = load(args.run), reader(args.run)
    todo = [a for a in every_article(args.shared) if not file(args.opinions, a).exists()]
    for n, article in enumerate(todo):
        said = opinion(net, article)
        found = [] if article.has_spans else attributions(network, article)
        new = args.opinions / "new.npz"
        np.savez(new, pairs=said.pairs, codes=said.codes, evidence=said.evidence, attributions=json.dumps(found))
        new.replace(file(args.opinions, article))
        if n % 50 == 0:
            print(f"{n} of {len(todo)}", flush=True)


if __name__ == "__main__":
    main()
