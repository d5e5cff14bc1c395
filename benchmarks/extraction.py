"""Which of trafilatura's options to use: python benchmarks/extraction.py ../shared.

On the pages of `gold/dev` and `gold/train.jsonl.gz`: the share of labelled sentences that each set of options extracts
(white space aside), the share of the extracted characters that belong to no labelled sentence, and milliseconds a page.
The labels were made on one extraction of these pages, which favours options near that one.
"""

from __future__ import annotations

import copy
import gzip
import json
import logging
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import trafilatura
from lxml import etree

from provenance.page import Page

PLAIN: dict[str, Any] = {"include_comments": False}
OPTIONS: dict[str, dict[str, Any]] = {
    "trafilatura's defaults": {},
    "no comments": PLAIN,
    "no comments, no tables": {**PLAIN, "include_tables": False},
    "no comments, deduplicate": {**PLAIN, "deduplicate": True},
    "no comments, fast": {**PLAIN, "fast": True},
    "no comments, recall": {**PLAIN, "favor_recall": True},
    "no comments, precision": {**PLAIN, "favor_precision": True},
    "the same, no tables": {**PLAIN, "favor_precision": True, "include_tables": False},
}


def dense(text: str) -> str:
    return "".join(text.split())


def main(shared: Path) -> None:
    logging.disable(logging.WARNING)
    rows = [json.loads(file.read_text("utf-8")) for file in sorted((shared / "gold/dev").glob("*.json"))]
    with gzip.open(shared / "gold/train.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows += [json.loads(line) for line in lines]
    sentences = 0
    found, extra, whole = (dict.fromkeys(OPTIONS, 0) for _ in range(3))
    took: dict[str, list[float]] = {name: [] for name in OPTIONS}
    for row in rows:
        html = gzip.decompress((shared / "pages" / f"{row['slug']}.html.gz").read_bytes()).decode("utf-8", "replace")
        tree = Page.parse(html).tree
        gold = [dense(sentence["text"]) for sentence in row["sentences"]]
        sentences += len(gold)
        for name, options in OPTIONS.items():
            clean = copy.deepcopy(tree)
            etree.strip_tags(clean, etree.Comment, etree.ProcessingInstruction)
            began = time.perf_counter()
            text = dense(trafilatura.extract(clean, **options) or "")
            took[name].append(1000 * (time.perf_counter() - began))
            covered = bytearray(len(text))
            for sentence in gold:
                at = text.find(sentence)
                if at >= 0:
                    found[name] += 1
                    covered[at : at + len(sentence)] = b"\1" * len(sentence)
            whole[name] += len(text)
            extra[name] += len(text) - sum(covered)
    print(f"{len(rows)} pages, {sentences} labelled sentences")
    for name in OPTIONS:
        share, furniture = found[name] / sentences, extra[name] / whole[name]
        print(f"{name:26} found {share:.2%}  furniture {furniture:.2%}  {statistics.median(took[name]):.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
