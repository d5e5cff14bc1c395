"""How right the marks are, on the labelled dev articles: python benchmarks/marks.py ../shared [pages|texts].

Analyses the 90 labelled pages and the 83 labelled texts, and has the scorer that lies beside the labels
(`gold/score.py`) compare: marks, reasons, evidence, kinds, references, chains, calibration. The weights of reasons
(`weighing.toml`) were set on these articles, so the figures are a little kind; no weight of the network was.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import provenance


def pages(shared: Path) -> Iterator[tuple[Path, provenance.Analysis]]:
    """The labelled pages: (the file with the labels, the answer)."""
    with (shared / "pages/index.jsonl").open(encoding="utf-8") as lines:
        urls = {row["slug"]: row.get("url") for row in map(json.loads, lines)}
    for path in sorted((shared / "gold/dev").glob("*.json")):
        slug = json.loads(path.read_text("utf-8"))["slug"]
        html = gzip.decompress((shared / "pages" / f"{slug}.html.gz").read_bytes())
        yield path, provenance.analyze(html, url=urls.get(slug))


def texts(shared: Path) -> Iterator[tuple[Path, provenance.Analysis]]:
    """The labelled plain texts, each with its article's publisher."""
    lines = gzip.decompress((shared / "data/polnear/dev.jsonl.gz").read_bytes()).decode("utf-8").splitlines()
    rows = {row["key"]: row["text"] for row in map(json.loads, lines) if "key" in row}
    for path in sorted((shared / "gold/dev-text").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        yield path, provenance.analyze_text(rows[gold["slug"]], publisher=gold["publisher"])


def main(shared: Path, parts: list[str]) -> None:
    logging.disable(logging.CRITICAL)
    sys.path.insert(0, str(shared / "gold"))
    import score

    with tempfile.TemporaryDirectory() as folder:
        gold, answers = Path(folder, "gold"), Path(folder, "answers")
        gold.mkdir()
        answers.mkdir()
        for part in parts:
            for labels, analysis in {"pages": pages, "texts": texts}[part](shared):
                shutil.copy(labels, gold)
                slug = json.loads(labels.read_text("utf-8"))["slug"]
                (answers / f"{slug}.json").write_text(json.dumps(analysis.to_dict()), "utf-8")
        print(score.table(score.score(gold, answers)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("part", nargs="?", choices=["pages", "texts"])
    arguments = parser.parse_args()
    main(arguments.shared, [arguments.part] if arguments.part else ["pages", "texts"])
