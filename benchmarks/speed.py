"""How long an analysis takes beside bare trafilatura: python benchmarks/speed.py ../shared/pages [--pages N].

Each page is read by `trafilatura.extract`, as it is by default, and by `provenance.analyze`, one after the other in one
process on one thread, so that both meet the same noise; the best of three runs of each counts. Prints medians, the
median of their ratio page by page, and the share of each stage (`timing_ms`). Pages without an article are left out.
With --rules the network is left out and the rules read alone: what the engine costs without it.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trafilatura

import provenance
from provenance.language import pipeline
from provenance.language.rules import Rules


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest of three runs in milliseconds, and the last result."""
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - began)
    return 1000 * min(seconds), result


def main(folder: Path, number: int) -> None:
    logging.disable(logging.CRITICAL)
    files = sorted(folder.glob("*.html.gz"))
    random.Random(1).shuffle(files)
    bare, ours, words = [], [], []
    stages: dict[str, list[float]] = defaultdict(list)
    provenance.analyze_text("The mayor said the bridge was safe.")  # loads what is loaded once
    for file in files[:number]:
        html = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        extract, _ = timed(lambda html=html: trafilatura.extract(html))
        try:
            whole, result = timed(lambda html=html: provenance.analyze(html))
        except provenance.Error:
            continue
        bare.append(extract)
        ours.append(whole)
        words.append(result.article.words)
        for stage, milliseconds in result.timing_ms.items():
            stages[stage].append(milliseconds)
    print(f"{len(ours)} of {len(files[:number])} pages, median {statistics.median(words):.0f} words")
    for name, times in (("trafilatura.extract", bare), ("provenance.analyze", ours)):
        tail = statistics.quantiles(times, n=20)[-1]
        print(f"{name:20} median {statistics.median(times):6.1f} ms, 95th percentile {tail:6.1f} ms")
    ratios = [b / a for a, b in zip(bare, ours, strict=True)]
    print(f"ratio: of the medians {statistics.median(ours) / statistics.median(bare):.2f}", end=", ")
    print(f"page by page median {statistics.median(ratios):.2f}")
    for stage, times in stages.items():
        print(f"  {stage:10} median {statistics.median(times):6.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rules", action="store_true", help="the rules alone, without the network")
    arguments = parser.parse_args()
    if arguments.rules:
        pipeline("en").get_pipe("provenance").reader = Rules()  # type: ignore[attr-defined]
    main(arguments.folder, arguments.pages)
