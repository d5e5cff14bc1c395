"""Comment sought and denials beside labels: python benchmarks/remarks.py ../shared.

On the pages of `training/labels/`, which are train pages: the lexicon was fitted to them, so the figures are kind.
Prints, for each kind of remark, precision and recall by sentence.
"""

from __future__ import annotations

import argparse
import collections
from pathlib import Path

from training import labels

import provenance

KINDS = ("comment-sought", "denial")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    pages, counts = labels.Pages(shared), collections.Counter[tuple[str, bool, bool]]()
    for row in labels.read(Path(labels.__file__).parent / "labels", shared):
        html, url = pages.html(row["slug"])
        found = {(r["sentence"], r["kind"]) for r in provenance.analyze(html, url=url).to_dict()["remarks"]}
        for number, sentence in enumerate(row["sentences"]):
            for kind in KINDS:
                counts[kind, kind in sentence["remarks"], (number, kind) in found] += 1
    for kind in KINDS:
        right, wrong, missed = counts[kind, True, True], counts[kind, False, True], counts[kind, True, False]
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        print(f"{kind:14} precision {precision:.3f}  recall {recall:.3f}  of {right + missed} labelled")


if __name__ == "__main__":
    main()
