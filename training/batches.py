"""Windows of an article with their labels, and batches of them as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import torch

from provenance.language.network.mentions import Span
from provenance.language.network.pieces import WINDOW, windows
from training.articles import CODES, KINDS, ROLES, Article, Taught

OPEN = -100  # a label that is not known


@dataclass
class Window:
    """Labels of one window; every position counts tokens from the window's start. None as a link: to nothing."""

    ids: np.ndarray
    first: np.ndarray  # the first piece of each token
    tags: np.ndarray | None  # (roles, tokens): 0 outside, 1 begins, 2 inside
    sentences: list[Span] = field(default_factory=list)
    codes: list[list[float]] = field(default_factory=list)  # for each sentence: CODES, and unverified-claim
    evidence: list[tuple[int, int, Span]] = field(default_factory=list)  # sentence, code, words
    cue_source: list[tuple[Span, list[Span], Span | None]] = field(default_factory=list)  # cue, candidates, right one
    content_cue: list[tuple[Span, list[Span], Span | None]] = field(default_factory=list)
    kinds: list[tuple[list[Span], Span, int]] = field(default_factory=list)  # source parts, cue, kind
    references: list[tuple[Span, list[Span], list[bool]]] = field(default_factory=list)
    taught: Taught | None = None  # of these tokens and sentences


def cut(article: Article, draw: random.Random | None) -> list[Span]:
    """The windows of an article: as at run time, or with edges and lengths drawn at random."""
    first, ends = article.pieces.first, [e for _, e in article.sentences]
    if draw is None:
        return windows(ends, first)
    found, start = [], 0
    rest = [e for e in ends if e > 0]
    while rest:
        room = draw.randint(20, WINDOW) if not found or draw.random() < 0.15 else draw.randint(180, WINDOW)
        upto = 1
        while upto < len(rest) and first[rest[upto]] - first[start] <= room:
            upto += 1
        end = rest[upto - 1]
        while first[end] - first[start] > WINDOW:  # one sentence longer than a window
            middle = max(start + 1, int(np.searchsorted(first, first[start] + WINDOW, "right")) - 1)
            found.append((start, middle))
            start = middle
        if end > start:
            found.append((start, end))
        start, rest = end, rest[upto:]
    return found


def label(article: Article, begin: int, end: int) -> Window:
    """The labels of tokens begin..end."""
    ids, first = article.pieces.window(begin, end)
    window = Window(ids, first, None)

    def inside(span: Span) -> Span | None:
        a, b = max(span[0], begin) - begin, min(span[1], end) - begin
        return (a, b) if a < b else None

    if article.has_marks:
        label_sentences(article, window, inside)
    if article.has_spans and not article.guessed:
        window.tags = np.zeros((len(ROLES), end - begin), np.int64)
        for a in article.attributions:
            for r, role in enumerate(ROLES):
                for span in getattr(a, role):
                    if part := inside(span):
                        window.tags[r, part[0] : part[1]] = 2
                        if span[0] >= begin:
                            window.tags[r, part[0]] = 1
    if article.has_spans:
        label_attributions(article, window, inside)
    if article.taught:
        here = [i for i, (a, b) in enumerate(article.sentences) if max(a, begin) < min(b, end)]
        t = article.taught
        window.taught = Taught(t.pairs[begin:end], t.codes[here], t.evidence[begin:end])
    return window


def label_sentences(article, window, inside):
    for i, sentence in enumerate(article.sentences):
        if not (part := inside(sentence)):
            continue
        codes = article.marked.get(i, {})
        row = [float(c in codes) for c in CODES]
        for code, words in codes.items():
            if words and (shown := inside(words)):
                window.evidence.append((len(window.sentences), CODES.index(code), shown))
        window.sentences.append(part)
        window.codes.append([*row, float(any(row[1:]))])


def label_attributions(article, window, inside):
    here = [(a, {r: [s for s in map(inside, getattr(a, r)) if s] for r in ROLES}) for a in article.attributions]
    cues = sorted({s for _, parts in here for s in parts["cue"]})
    sources = sorted({s for _, parts in here for s in parts["source"]})
    for a, parts in here:
        for cue in parts["cue"][:1]:
            if parts["source"] or not a.source:
                window.cue_source.append((cue, sources, parts["source"][0] if parts["source"] else None))
            if a.has_kind and (parts["source"] or not a.source):
                window.kinds.append((parts["source"], cue, KINDS.index(a.kind)))
        for content in parts["content"]:
            if parts["cue"] or not a.cue:
                window.content_cue.append((content, cues, parts["cue"][0] if parts["cue"] else None))
        if a.kind and parts["source"]:
            label_reference(
                article, window, a, parts["source"][0], {*sources, *filter(None, map(inside, article.names))}
            )


def label_reference(article, window, attribution, mention, spans):
    """Which of the spans before a mention it stands for; left out where the window holds none that it does."""
    before = sorted(s for s in spans if s[1] <= mention[0])
    offset = attribution.source[0][1] - mention[1]  # tokens of the article before the window
    name = attribution.refers_to
    right = [bool(name) and article.stands_for((s[0] + offset, s[1] + offset), name) for s in before]
    if any(right) or not name:
        window.references.append((mention, before, right))


def epoch(articles: list[Article], draw: random.Random, budget: int, keep_unmarked: float) -> Iterator[list[Window]]:
    """Batches of windows of similar length, at most `budget` pieces each with padding, in random order.

    keep_unmarked: the share of windows without any mark that is kept of articles that have marks only.
    """
    found = []
    for article in articles:
        for begin, end in cut(article, draw):
            window = label(article, begin, end)
            if not article.has_spans and not any(map(any, window.codes)) and draw.random() > keep_unmarked:
                continue
            found.append(window)
    draw.shuffle(found)
    batches: list[list[Window]] = []
    for at in range(0, len(found), 400):  # sorted by length within a shuffled block only
        batch: list[Window] = []
        for window in sorted(found[at : at + 400], key=lambda w: len(w.ids)):
            if batch and (len(batch) + 1) * len(window.ids) > budget:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    draw.shuffle(batches)
    yield from batches


@dataclass
class Batch:
    """ids, attention: (windows, pieces); first, tags: (windows, [roles,] tokens); what is not known is OPEN."""

    windows: list[Window]
    ids: torch.Tensor
    attention: torch.Tensor
    first: torch.Tensor
    tokens: torch.Tensor  # (windows, tokens): whether there is a token
    tags: torch.Tensor
    pairs: torch.Tensor | None  # a teacher's, (windows, tokens, roles, 3, 3), where every window has one


def collate(found: list[Window]) -> Batch:
    length, tokens = max(len(w.ids) for w in found), max(len(w.first) for w in found)
    ids = torch.zeros(len(found), length, dtype=torch.long)
    first = torch.zeros(len(found), tokens, dtype=torch.long)
    there = torch.zeros(len(found), tokens, dtype=torch.bool)
    tags = torch.full((len(found), len(ROLES), tokens), OPEN)
    for i, w in enumerate(found):
        ids[i, : len(w.ids)] = torch.from_numpy(w.ids)
        first[i, : len(w.first)] = torch.from_numpy(w.first)
        there[i, : len(w.first)] = True
        if w.tags is not None:
            tags[i, :, : w.tags.shape[1]] = torch.from_numpy(w.tags)
    pairs = None
    if all(w.taught for w in found):
        pairs = torch.zeros(len(found), tokens, len(ROLES), 3, 3)
        for i, w in enumerate(found):
            pairs[i, : len(w.first)] = torch.from_numpy(w.taught.pairs)
    return Batch(found, ids, ids != 0, first, there, tags, pairs)
