"""Labels of our own, kept without the articles' words: `training/labels/*.jsonl`, one page a line.

    python -m training.labels pack RAW.jsonl ../shared >training/labels/pages.jsonl   # from labels with words
    python -m training.labels show training/labels ../shared                          # and back, to read them

A raw line is what a reader writes: `{"slug", "kind", "passes", "sentences": [{"n", "marks", "reasons", "evidence":
{code: words}, "chains": [[words, …]], "remarks"}]}`, with the sentences that carry something. Packed, words become
ranges: `evidence` holds [start, end] in its sentence, a place of a chain [n, start, end], and each sentence has
`sha256`, the first 16 hex digits of the hash of its words; `article` is the hash of all of them. Sentences are
numbered from 1 as the engine finds them in the page; a page that it reads otherwise by now is left out, and said so.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy

from provenance import article as articles
from provenance.language.sentences import sentence_spans, set_sentence_starts
from provenance.page import Page

Row = dict[str, Any]


def folded(sentence: str) -> str:
    return " ".join(sentence.split())


def fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]


class Pages:
    """The pages beside a checkout, by slug."""

    def __init__(self, shared: Path):
        self._folder = shared / "pages"
        rows = map(json.loads, (self._folder / "index.jsonl").open(encoding="utf-8"))
        self._url = {row["slug"]: row.get("url") for row in rows}
        self._tokens = spacy.blank("en").tokenizer

    def html(self, slug: str) -> tuple[bytes, str | None]:
        """A page and its address."""
        return gzip.decompress((self._folder / f"{slug}.html.gz").read_bytes()), self._url[slug]

    def sentences(self, slug: str) -> tuple[list[str], str | None]:
        """The sentences of a page, white space folded, and its publisher."""
        html, url = self.html(slug)
        article = articles.extract(Page.parse(html), url=url)
        doc = self._tokens(article.text)
        set_sentence_starts(doc)
        return [folded(article.text[s:e]) for s, e in sentence_spans(doc)], article.publisher


def pack(row: Row, sentences: list[str]) -> Row:
    """A raw line without words. Places of chains that are no words of the article are left out with their chain."""
    labels = []
    for label in row["sentences"]:
        text = sentences[label["n"] - 1]
        packed = {"n": label["n"], "sha256": fingerprint(text)}
        packed |= {key: label[key] for key in ("marks", "reasons", "remarks") if label.get(key)}
        at = {code: text.find(words) for code, words in label.get("evidence", {}).items()}
        evidence = {code: [a, a + len(label["evidence"][code])] for code, a in at.items() if a >= 0}
        chains = [[_place(words, label["n"], sentences) for words in chain] for chain in label.get("chains", [])]
        chains = [chain for chain in chains if all(chain)]
        packed |= {key: value for key, value in (("evidence", evidence), ("chains", chains)) if value}
        labels.append(packed)
    head = {"slug": row["slug"], "kind": row["kind"], "passes": row.get("passes", 1)}
    return {**head, "article": fingerprint("\n".join(sentences)), "sentences": labels}


def _place(words: str, n: int, sentences: list[str]) -> list[int] | None:
    """Where words stand: in sentence n, else in the nearest one."""
    for number in sorted(range(1, len(sentences) + 1), key=lambda other: (abs(other - n), other)):
        at = sentences[number - 1].find(folded(words))
        if at >= 0:
            return [number, at, at + len(folded(words))]
    return None


def unpack(row: Row, sentences: list[str], publisher: str | None) -> Row:
    """A packed line in the form of `gold/dev/`: every sentence, with its words."""
    labels = {label["n"]: label for label in row["sentences"]}
    found = []
    for n, text in enumerate(sentences, 1):
        label = labels.get(n, {})
        found.append(
            {
                "n": n,
                "text": text,
                "marks": label.get("marks", []),
                "reasons": label.get("reasons", []),
                "remarks": label.get("remarks", []),
                "evidence": {code: text[a:b] for code, (a, b) in label.get("evidence", {}).items()},
                "chains": [[sentences[m - 1][a:b] for m, a, b in chain] for chain in label.get("chains", [])],
            }
        )
    return {
        "slug": row["slug"],
        "kind": row["kind"],
        "publisher": publisher,
        "passes": row["passes"],
        "sentences": found,
    }


def read(folder: Path, shared: Path) -> Iterator[Row]:
    """All labels of a folder in the form of `gold/dev/`."""
    pages = Pages(shared)
    for file in sorted(folder.glob("*.jsonl")):
        for row in map(json.loads, file.open(encoding="utf-8")):
            sentences, publisher = pages.sentences(row["slug"])
            if fingerprint("\n".join(sentences)) == row["article"]:
                yield unpack(row, sentences, publisher)
            else:
                print(f"{row['slug']}: read otherwise than when it was labelled, left out", file=sys.stderr)


def _raw(file: Path) -> Iterable[Row]:
    return map(json.loads, file.open(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["pack", "show"])
    parser.add_argument("labels", type=Path)
    parser.add_argument("shared", type=Path)
    args = parser.parse_args()
    if args.do == "show":
        rows: Iterable[Row] = read(args.labels, args.shared)
    else:
        pages = Pages(args.shared)
        rows = (pack(row, pages.sentences(row["slug"])[0]) for row in _raw(args.labels))
    for row in rows:
        print(json.dumps(row, ensure_ascii=args.do == "pack", separators=(",", ":") if args.do == "pack" else None))


if __name__ == "__main__":
    main()
