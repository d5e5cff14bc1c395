"""Reads an article with the network: vectors, spans, links, kinds, references, and what each sentence signals."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

from provenance.language.network.calibration import Calibration, log_odds
from provenance.language.network.encoder import Encoder
from provenance.language.network.heads import CODES, KINDS, ROLES, Floats, Heads, Scores, softmax
from provenance.language.network.mentions import Span, names
from provenance.language.network.pieces import Pieces, pieces, tokenizer, windows
from provenance.language.network.references import References
from provenance.language.network.tags import BEGINS, FORBIDDEN, INSIDE, best_tags, spans
from provenance.language.reading import FoundAttribution, Reading, Signal


@dataclass
class Linked:
    """One attribution as token ranges. sure: the product of its links' probabilities and its cue's."""

    source: list[Span]
    cue: Span | None
    content: list[Span]
    sure: float


@dataclass
class Article:
    """A text on its way through the network."""

    text: str
    pieces: Pieces
    windows: list[Span]
    starts: list[int]  # the first token of each sentence that has one
    numbers: list[int]  # which sentence of the Doc that is
    x: Floats  # the vector of each token
    scores: Scores

    def words(self, span: Span) -> str:
        return self.text[self.pieces.starts[span[0]] : self.pieces.ends[span[1] - 1]]

    def range(self, span: Span) -> list[int]:
        return [int(self.pieces.starts[span[0]]), int(self.pieces.ends[span[1] - 1])]

    def ranges(self, found: list[Span]) -> list[list[int]]:
        return [self.range(s) for s in found]


class Reads(Protocol):
    """An encoder."""

    def read(self, pieces: Pieces, windows: list[Span]) -> tuple[Floats, Floats]:
        """For each token of the windows its vector, and what `heads.Scores` says of it."""


class Network:
    """A `Reader`. Everything about one article depends on that article alone."""

    def __init__(
        self, encoder: Reads, heads: Heads, vocabulary: Path, settings: Mapping[str, Any], threads: int = 1
    ) -> None:
        """settings: what `weights/settings.json` holds; vocabulary: word pieces, one a line."""
        self.encoder, self.heads = encoder, heads
        self.threads, self.blas = threads, ThreadpoolController()
        self.tokenizer = tokenizer(vocabulary)
        self.calibration = Calibration(settings["calibration"])
        self.least: float = settings["least"]  # a signal less likely than this is not told
        self.begins = np.array(settings["begins"], np.float32)  # for each role: how much to favour that a span begins
        self.window: int = settings["window"]  # word pieces read at once, at most
        self.name: str = settings["name"]

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Network:
        """The network of a folder of weights."""
        with np.load(folder / "heads.npz") as weights:
            heads = Heads({name: weights[name].astype(np.float32) for name in weights.files})
        settings = json.loads((folder / "settings.json").read_text("utf-8"))
        return cls(Encoder(folder, threads), heads, folder / "vocab.txt", settings, threads)

    def read(self, doc: Doc) -> Reading:
        """What the text of a Doc with sentence starts says: any length, no state kept."""
        with self.blas.limit(limits=self.threads):  # its threads cost more than such small matrices
            article = self.prepare(doc)
            if article is None:
                return Reading([], [])
            return Reading(self.attributions(article), self.signals(article))

    def prepare(self, doc: Doc) -> Article | None:
        text = doc.text
        tokens = doc.to_array(["LENGTH", "SPACY", "IS_SPACE", "SENT_START"]).astype(np.int64)
        ends = np.cumsum(tokens[:, 0] + tokens[:, 1]) - tokens[:, 1]
        starts = ends - tokens[:, 0]
        wordy = tokens[:, 2] == 0
        if not wordy.any():
            return None
        over = pieces(self.tokenizer, text, starts[wordy], ends[wordy])
        number = (np.cumsum(tokens[:, 3] == 1) - int(tokens[0, 3] == 1))[wordy]  # of each token's sentence
        kept, first = np.unique(number, return_index=True)  # a sentence of white space alone has no tokens
        cut = windows([*first[1:].tolist(), len(over.starts)], over.first, self.window)
        x, scores = self.encoder.read(over, cut)
        return Article(text, over, cut, first.tolist(), kept.tolist(), x, Scores(scores))

    def attributions(self, article: Article) -> list[FoundAttribution]:
        linked = self.link(article, article.scores.tags)
        kinds = self.kinds(article, linked)
        mentions = sorted({s for a in linked for s in a.source[:1]})
        references = References(self.heads, article.x, article.windows, *self.names(article))
        stands_for = dict(zip(mentions, references.of(mentions, [article.words(m) for m in mentions]), strict=True))
        sure = self.calibration("attribution", log_odds(np.array([a.sure for a in linked], np.float32)))
        found = []
        for a, row, confidence in zip(linked, kinds, sure.tolist(), strict=True):
            best = KINDS[int(row.argmax())]
            found.append(
                FoundAttribution(
                    source=article.ranges(a.source),
                    cue=article.ranges([a.cue] if a.cue else []),
                    content=article.ranges(a.content),
                    kind=best,
                    kind_scores={k: round(float(p), 4) for k, p in zip(KINDS, row, strict=True) if k},
                    refers_to=stands_for[a.source[0]] if a.source else None,
                    confidence=round(confidence, 4),
                )
            )
        return found

    def names(self, article: Article) -> tuple[list[Span], list[str]]:
        found = names(article.text, article.pieces.starts.tolist(), article.pieces.ends.tolist())
        return found, [article.words(s) for s in found]

    def link(self, article: Article, scores: Floats) -> list[Linked]:
        """The spans of each role, tied together: each cue to a source, each content to a cue."""
        source, cue, content = (spans(t) for t in self.tags(article, scores))
        x, sure = article.x, softmax(scores)
        who = softmax(near(self.heads.pairs("cue_source", x, cue, source), cue, source, article.windows))
        what = softmax(near(self.heads.pairs("content_cue", x, content, cue), content, cue, article.windows))
        found = []
        for i, c in enumerate(cue):
            best = int(who[i].argmax())
            mine = [j for j in range(len(content)) if int(what[j].argmax()) == i]
            certain = float(who[i, best] * sure[c[0], ROLES.index("cue"), 1])
            certain *= float(min((what[j, i] for j in mine), default=1.0))
            found.append(Linked([source[best]] if best < len(source) else [], c, [content[j] for j in mine], certain))
        return [a for a in found if a.content or a.source]

    def tags(self, article: Article, scores: Floats) -> Any:
        scores = scores.copy()
        scores[..., BEGINS] += self.begins
        after = np.searchsorted(article.pieces.starts, [m.start() for m in re.finditer("\n", article.text)])
        scores[after[after < len(scores)], :, INSIDE] = FORBIDDEN  # no span goes on in the next paragraph
        lengths = [e - b for b, e in article.windows]
        padded = np.zeros((len(lengths), max(lengths), *scores.shape[1:]), np.float32)
        for i, (b, e) in enumerate(article.windows):
            padded[i, : e - b] = scores[b:e]
        return best_tags(padded, lengths, self.heads.weights["crf.step"], self.heads.weights["crf.start"])

    def kinds(self, article: Article, linked: list[Linked]) -> Floats:
        """A probability for each of KINDS, for each attribution."""
        if not linked:
            return np.zeros((0, len(KINDS)), np.float32)
        return softmax(self.heads.kinds(article.x, [a.source for a in linked], [a.cue for a in linked]))

    def signals(self, article: Article) -> list[Signal]:
        scores = self.heads.sentences(article.x, article.scores, np.array(article.starts))
        told = np.stack([self.calibration(code, scores[:, c]) for c, code in enumerate(CODES)], 1)
        bounds = [*article.starts, len(article.x)]
        found = []
        for i, c in np.argwhere(told >= self.least).tolist():
            shown = heaviest(article.scores.evidence[bounds[i] : bounds[i + 1], c])
            evidence = [article.range((bounds[i] + shown[0], bounds[i] + shown[1]))] if shown else []
            found.append(Signal(article.numbers[i], CODES[c], evidence, round(float(told[i, c]), 4)))
        return found


def near(scores: Floats, found: list[Span], others: list[Span], cut: list[Span]) -> Floats:
    """Scores of pairs, those of two windows made impossible: a vector knows its place in its own window only.

    The last column, none, is always near.
    """
    begins = np.array([begin for begin, _ in cut])
    window, other = (np.searchsorted(begins, [s[0] for s in part], "right") for part in (found, others))
    scores[:, :-1][window[:, None] != other[None]] = -1e4
    return scores


def heaviest(scores: Floats) -> Span | None:
    """The run of tokens with the largest sum of scores, None where all are negative."""
    best, sum_, begin, span = 0.0, 0.0, 0, None
    for i, score in enumerate(scores.tolist()):
        if sum_ <= 0:
            sum_, begin = 0.0, i
        sum_ += score
        if sum_ > best:
            best, span = sum_, (begin, i + 1)
    return span
