"""`provenance report DIR`: a self-contained HTML report of a corpus, and its tables as CSV."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NEEDS = "this command needs more packages: pip install 'provenance[archive]'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the --out of `provenance corpus`")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where report.html and the CSV tables go (default: DIR/report)"
    )


def run(args: argparse.Namespace) -> int:
    try:
        from provenance.archive import report
    except ImportError as error:
        print(f"provenance report: {NEEDS} ({error.name} is missing)", file=sys.stderr)
        return 2
    if not (args.folder / "shards").is_dir():
        print(
            f"provenance report: {args.folder} holds no corpus: run `provenance corpus … --out {args.folder}` first",
            file=sys.stderr,
        )
        return 4
    out = args.out or args.folder / "report"
    try:
        report.write(args.folder, out)
    except report.Empty as error:
        print(f"provenance report: {error}", file=sys.stderr)
        return 4
    print(out / "report.html")
    return 0
