"""`provenance origin INPUT…`: which statements pass on the same claim, and where they all come from."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

NEEDS = "this command needs more packages: pip install 'provenance[archive]'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs", nargs="+", type=Path, metavar="INPUT",
        help="statements as JSON lines or Parquet, answers of `provenance analyze`, or a folder of `provenance corpus`",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=["text", "json", "html"], default=None, help="default: text on a terminal, else json"
    )
    parser.add_argument("--least", type=int, default=2, metavar="N", help="claims of at least N articles (default: 2)")


def run(args: argparse.Namespace) -> int:
    try:
        from provenance.origin import answer, picture, reading
        from provenance.origin.chains import web
        from provenance.origin.groups import group
        from provenance.origin.statement import BadStatement
    except ImportError as error:
        print(f"provenance origin: {NEEDS} ({error.name} is missing)", file=sys.stderr)
        return 2
    try:
        statements = [s for path in args.inputs for s in reading.read(path)]
    except (BadStatement, OSError) as error:
        print(f"provenance origin: {error}", file=sys.stderr)
        return 4
    webs = [web([statements[i] for i in members]) for members in group(statements)]
    found = answer.to_dict(webs, args.least)
    form = args.format or ("text" if sys.stdout.isatty() else "json")
    if form == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif form == "html":
        print(picture.page(found))
    else:
        for g in found["groups"]:
            print(f"“{g['claim']}”\n    {g['text']}\n")
        if not found["groups"]:
            print(f"{found['statements']} statements; no claim is passed on by {args.least} articles.")
    return 0
