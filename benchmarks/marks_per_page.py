"""How much of a page is marked, by kind of story: python benchmarks/marks_per_page.py ../shared/pages.

Analyses every page. The kind of a story is what a reader of the page said it is (`training/labels/`: 246 of the
pages). A run is a row of neighbouring sentences with the same reason: what a reader sees as one mark. Prints the table
and the pages with the largest share of their sentences marked.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import statistics
from dataclasses import dataclass
from pathlib import Path

import provenance

LABELS = Path(__file__).parents[1] / "training/labels"
FEWEST = 15  # sentences: a share of fewer says little


@dataclass
class Marked:
    slug: str
    kind: str
    sentences: int
    marked: int
    runs: int
    reasons: collections.Counter[str]

    @property
    def share(self) -> float:
        return self.marked / max(1, self.sentences)


def kinds() -> dict[str, str]:
    rows = (json.loads(line) for file in LABELS.glob("*.jsonl") for line in file.open(encoding="utf-8"))
    return {row["slug"]: row["kind"] for row in rows}


def runs(reasons: dict[int, tuple[str, ...]]) -> int:
    """Rows of neighbouring sentences marked for the same first reason."""
    return sum(reasons.get(number - 1, ("",))[0] != codes[0] for number, codes in reasons.items())


def measure(folder: Path) -> list[Marked]:
    of_kind, found = kinds(), []
    for row in map(json.loads, (folder / "index.jsonl").open(encoding="utf-8")):
        html = gzip.decompress((folder / f"{row['slug']}.html.gz").read_bytes())
        try:
            answer = provenance.analyze(html, url=row.get("url"))
        except provenance.Error:
            continue
        reasons = {h.sentence: tuple(r.code for r in h.reasons) for h in answer.highlights}
        counted = collections.Counter(code for codes in reasons.values() for code in codes)
        kind = of_kind.get(row["slug"], "not said")
        found.append(Marked(row["slug"], kind, len(answer.sentences), len(reasons), runs(reasons), counted))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    pages = measure(parser.parse_args().pages)
    groups = collections.defaultdict(list)
    for page in pages:
        groups[page.kind].append(page)
        groups["all"].append(page)
    print("kind          pages  none marked  share of sentences: median, 9 in 10 below  marks, runs a page")
    for kind, part in sorted(groups.items(), key=lambda item: -len(item[1])):
        shares = sorted(p.share for p in part)
        none = sum(p.marked == 0 for p in part) / len(part)
        high = shares[min(len(shares) - 1, int(0.9 * len(shares)))]
        each = [statistics.mean(getattr(p, name) for p in part) for name in ("marked", "runs")]
        print(f"{kind:12} {len(part):6} {none:12.0%} {statistics.median(shares):26.1%} {high:15.1%}", end="")
        print(f" {each[0]:12.1f}, {each[1]:.1f}")
    print()
    for page in sorted((p for p in pages if p.sentences >= FEWEST), key=lambda p: -p.share)[:10]:
        codes = ", ".join(f"{code} {n}" for code, n in page.reasons.most_common(3))
        print(f"{page.share:4.0%} of {page.sentences:3}, {page.runs:2} runs  {page.slug} ({page.kind})  {codes}")


if __name__ == "__main__":
    main()
