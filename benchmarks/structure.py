"""The largest structures among real pages, beside the limits of the server's look before parsing.

    python benchmarks/structure.py ../shared/pages

Prints, for each limit, the largest value and the page that has it, and how long the look takes.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import time
from dataclasses import asdict
from pathlib import Path

from provenance_server.structure import LIMITS, measure


def main(folder: Path) -> int:
    rows, seconds = [], []
    for file in sorted(folder.glob("*.html.gz")):
        html = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        began = time.perf_counter()
        found = measure(html)
        seconds.append(time.perf_counter() - began)
        rows.append((asdict(found), file.name))
    print(f"{len(rows)} pages; {statistics.median(seconds) * 1000:.2f} ms median, {max(seconds) * 1000:.1f} ms at most")
    refused = 0
    for name, limit in asdict(LIMITS).items():
        values = sorted(((row[name], file) for row, file in rows), reverse=True)
        refused += sum(value > limit for value, _ in values)
        print(f"{name:12} limit {limit:>9,}  largest {values[0][0]:>9,}  {values[0][1]}")
    print(f"{refused} refused")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/pages")))
