"""What `provenance origin` makes of real pages: every group of more than one outlet, to be judged by eye.

    provenance corpus ../shared/pages --out OUT && python -m benchmarks.origin_pages OUT

Pages drawn from everywhere seldom share a story, so most of what is joined there is joined wrongly. Prints each group
with its statements (of each article the first three) and how many there are.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from provenance.origin.groups import group
from provenance.origin.reading import read

SHOWN, WIDTH = 3, 220


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="what `provenance corpus` wrote")
    statements = read(parser.parse_args().folder)
    shared = 0
    for members in group(statements):
        if len({statements[i].outlet for i in members}) < 2:
            continue
        shared += 1
        print(f"\n{shared}.")
        articles: dict[str, list[int]] = defaultdict(list)
        for i in members:
            articles[statements[i].article].append(i)
        for of_one in articles.values():
            for i in of_one[:SHOWN]:
                s = statements[i]
                print(f"    {s.outlet} {s.date or ''} {', '.join(n.name for n in s.sources)} | {s.claim[:WIDTH]}")
    print(f"\n{len(statements)} statements, {shared} groups of more than one outlet")
    return 0


if __name__ == "__main__":
    sys.exit(main())
