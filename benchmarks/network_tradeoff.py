"""What a shorter window saves and costs: python benchmarks/network_tradeoff.py ../shared [--plot FILE.svg] [FOLDER …].

For each folder of weights (by default the shipped ones) and each length of window: milliseconds of processor time for
700 words (the median over PolNeAR dev), exact F1 by role, whole attributions, and the mark anonymous-source and
unverified-claim from the sentence head alone at its best threshold, on `gold/dev` and PolNeAR dev together.
"""

from __future__ import annotations

import argparse
import collections
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from language import REASONS, ROLES, best, doc_of, lines, signals

from provenance.language.network import WEIGHTS, Network, load

LENGTHS = (96, 128, 160, 190, 254)


def measure(network: Network, shared: Path) -> dict[str, float]:
    import polnear as check

    counts: Any = collections.Counter()
    times = []
    for row in lines(shared / "data/polnear/dev.jsonl.gz"):
        began = time.process_time()
        found = [a.to_dict() for a in network.read(doc_of(row["text"])).attributions]
        times.append(700_000 * (time.process_time() - began) / len(row["text"].split()))
        for role in ROLES:
            gold = {tuple(span) for a in row["attributions"] for span in a[role]}
            check.count_spans(counts, role, gold, {tuple(s) for a in found for s in a[role]})
        check.count_whole(counts, row["attributions"], found)
    figures = check.figures(counts)
    said = [*signals(network, shared, "dev"), *signals(network, shared, "dev-text")]
    marks = {
        "anonymous": [(p.get("anonymous", 0.0), "anonymous" in g) for g, p, _ in said],
        "unverified": [
            (max((p.get(r, 0.0) for r in REASONS), default=0.0), bool(g & set(REASONS))) for g, p, _ in said
        ],
    }
    return {
        "ms": statistics.median(times),
        **{role: figures[f"exact.{role}"] for role in ROLES},
        "whole": figures["whole"],
        **{mark: best(pairs)["f1"] for mark, pairs in marks.items()},
    }


def plot(series: dict[str, list[dict[str, float]]], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    names = (*ROLES, "whole", "anonymous", "unverified")
    figure, axes = plt.subplots(2, 3, figsize=(12, 6), sharex=True)
    for axis, name in zip(axes.flat, names, strict=True):
        for title, points in series.items():
            axis.plot([p["ms"] for p in points], [p[name] for p in points], "o-", label=title)
            for p in points:
                axis.annotate(f"{p['length']:.0f}", (p["ms"], p[name]), fontsize=7)
        axis.set(title=name, ylabel="F1")
    for axis in axes[1]:
        axis.set(xlabel="ms of processor time for 700 words")
    axes[0][0].legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("weights", type=Path, nargs="*", default=[WEIGHTS])
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    sys.path.insert(0, str(args.shared / "checks"))
    series: dict[str, list[dict[str, float]]] = {}
    for folder in args.weights:
        network = load(folder)
        for length in LENGTHS:
            network.window = length
            point = {"length": length, **measure(network, args.shared)}
            series.setdefault(folder.name, []).append(point)
            print(folder.name, {k: round(v, 3) for k, v in point.items()}, flush=True)
    if args.plot:
        plot(series, args.plot)


if __name__ == "__main__":
    main()
