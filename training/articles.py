"""The labelled articles as the network learns them: over spaCy's tokens, with what is not labelled left open."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import spacy

from provenance.language.network import WEIGHTS
from provenance.language.network.mentions import Span, names, same_name
from provenance.language.network.pieces import Pieces, pieces, tokenizer
from training import labels

LABELS = Path(__file__).parent / "labels"  # those of our own
ROLES = ("source", "cue", "content")
KINDS = ("person", "organisation", "document", "media", "social-media", "anonymous", "vague", None)
REASONS = ("hedged", "hearsay", "social-media", "vague", "disclaimed", "disputed", "accusation")
CODES = ("anonymous", *REASONS)  # of a sentence's reasons; its last label is the mark unverified-claim


@dataclass
class Attribution:
    """Token ranges of each role, and what is known of the source. A role may be empty."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    kind: str | None = None
    has_kind: bool = False  # whether the kind is labelled; None is a kind too
    refers_to: str | None = None


@dataclass
class Taught:
    """A teacher's probabilities. pairs: of a token's tag after the tag before, (tokens, roles, 3, 3); codes: of each
    sentence's codes and mark, (sentences, codes + 1); evidence: of each word as evidence, (tokens, codes).
    """

    pairs: np.ndarray
    codes: np.ndarray
    evidence: np.ndarray


@dataclass
class Article:
    """One labelled article. Spans are token ranges (first, one past the last)."""

    key: str
    text: str
    pieces: Pieces
    sentences: list[Span]
    names: list[Span]  # runs of capitalised words, which a mention may stand for
    marked: dict[int, dict[str, Span | None]]  # sentence: its codes with the words that show each, where given
    has_marks: bool
    has_spans: bool  # whether attributions are labelled
    attributions: list[Attribution] = field(default_factory=list)
    publisher: str | None = None
    taught: Taught | None = None
    guessed: bool = False  # whether the attributions are a teacher's, and not labelled

    def words(self, span: Span) -> str:
        return self.text[self.pieces.starts[span[0]] : self.pieces.ends[span[1] - 1]]

    def stands_for(self, name: Span, refers_to: str) -> bool:
        """Whether a run of words names whom `refers_to` names."""
        return same_name(self.words(name), refers_to)


class Reader:
    """Reads both forms of labelled articles."""

    def __init__(self, vocabulary: Path):
        self.tokenizer = tokenizer(vocabulary)
        self.split = spacy.blank("en").tokenizer

    def polnear(self, path: Path) -> Iterator[Article]:
        """Articles of PolNeAR: attributions with kinds and references, marks, reasons and evidence."""
        for row in lines(path):
            marks = {m["sentence"]: m for m in row.get("marks") or []}
            article = self.article(row["key"], row["text"], row["sentences"], marks, bool(row.get("passes")))
            article.has_spans = True
            article.publisher = row["publisher"]
            for a in row["attributions"]:
                spans = {role: self.spans(article, a[role]) for role in ROLES}
                article.attributions.append(
                    Attribution(**spans, kind=a.get("kind"), has_kind="kind" in a, refers_to=a.get("refers_to"))
                )
            yield article

    def pages(self, path: Path) -> Iterator[Article]:
        """Articles of `gold/`: marks, reasons and evidence only; a folder of JSON files or one file of lines."""
        rows = [json.loads(p.read_text("utf-8")) for p in sorted(path.glob("*.json"))] if path.is_dir() else lines(path)
        yield from self.marked(rows)

    def marked(self, rows: Iterable[Any]) -> Iterator[Article]:
        """Articles of which marks, reasons and evidence are known, in the form of `gold/dev/`."""
        for row in rows:
            text, ranges = "", []
            for sentence in row["sentences"]:
                ranges.append([len(text), len(text) + len(sentence["text"])])
                text += sentence["text"] + "\n"
            marks = {i: s for i, s in enumerate(row["sentences"]) if s["marks"]}
            article = self.article(row["slug"], text, ranges, marks, True)
            article.publisher = row.get("publisher")
            yield article

    def article(self, key: str, text: str, ranges: list[list[int]], marks: dict[int, Any], has_marks: bool) -> Article:
        tokens = [(t.idx, t.idx + len(t)) for t in self.split(text) if not t.is_space]
        over = pieces(self.tokenizer, text, *np.array(tokens, np.int64).reshape(-1, 2).T)
        marked: dict[int, dict[str, Span | None]] = {}
        for i, mark in marks.items():
            codes = [*(["anonymous"] if "anonymous-source" in mark["marks"] else []), *mark["reasons"]]
            start, end = ranges[i]
            shown = {c: text.find(w, start, end) for c, w in (mark.get("evidence") or {}).items()}
            evidence = {c: (at, at + len(mark["evidence"][c])) for c, at in shown.items() if at >= 0}
            marked[i] = {c: over.tokens(*evidence[c]) if c in evidence else None for c in codes}
        bounds, sentences, last = [over.tokens(s, e) for s, e in ranges], [], 0
        for _, end in bounds:  # without gaps or overlaps; a sentence without words stays, empty
            sentences.append((last, max(last, end)))
            last = sentences[-1][1]
        if sentences:
            sentences[-1] = (sentences[-1][0], len(over.starts))
        return Article(key, text, over, sentences, names(text, over.starts, over.ends), marked, has_marks, False)

    @staticmethod
    def spans(article: Article, ranges: list[list[int]]) -> list[Span]:
        found = [article.pieces.tokens(s, e) for s, e in ranges]
        return [s for s in found if s[0] < s[1]]


def every_article(shared: Path) -> list[Article]:
    """All that there is to train on."""
    reader = Reader(WEIGHTS / "vocab.txt")
    return [
        *reader.polnear(shared / "data/polnear/train.jsonl.gz"),
        *reader.pages(shared / "gold/train.jsonl.gz"),
        *reader.marked(labels.read(LABELS, shared)),
    ]


def lines(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
