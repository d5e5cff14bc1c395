"""How fast the language part reads: python benchmarks/network_speed.py ../shared [--weights FOLDER] [--rounds N].

Reads articles of PolNeAR dev of 600 to 800 words, tokens and sentences included, on one thread, and gives the median
time scaled to 700 words; then all of PolNeAR dev in one process and in two, in words a second; then size on disk,
time to load and memory. Run it on an idle machine, or compare only what one run says.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from language import NLP, lines

from provenance.language.network import WEIGHTS, Network, load
from provenance.language.sentences import set_sentence_starts


def read(network: Network, text: str) -> float:
    """Seconds for one text."""
    began = time.perf_counter()
    doc = NLP.make_doc(text)
    set_sentence_starts(doc)
    network.read(doc)
    return time.perf_counter() - began


def whole(network: Network, texts: list[str]) -> float:
    """Words a second over all of them."""
    return sum(len(t.split()) for t in texts) / sum(read(network, t) for t in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", type=int, help=argparse.SUPPRESS)  # 0 or 1: one of two processes
    args = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    network = load(args.weights)
    loading = time.perf_counter() - began
    texts = [r["text"] for r in lines(args.shared / "data/polnear/dev.jsonl.gz")]
    if args.part is not None:
        print(whole(network, texts[args.part :: 2]))
        return
    some = [t for t in texts if 600 <= len(t.split()) <= 800]
    read(network, some[0])
    times = [700 / len(t.split()) * read(network, t) for _ in range(args.rounds) for t in some]
    print(f"700 words, one thread: median {1000 * statistics.median(times):.0f} ms, least {1000 * min(times):.0f} ms")
    print(f"one process: {whole(network, texts):.0f} words/s")
    command = [sys.executable, *sys.argv, "--part"]
    running = [subprocess.Popen([*command, str(n)], stdout=subprocess.PIPE, text=True) for n in range(2)]
    both = [float(p.communicate()[0]) for p in running]
    print(f"two processes: {sum(both):.0f} words/s on {os.cpu_count()} cores")
    size = sum(f.stat().st_size for f in args.weights.iterdir()) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{size:.1f} MB on disk, loaded in {loading:.2f} s, {(peak - before) / 1024:.0f} MB more resident at most")


if __name__ == "__main__":
    main()
