"""`provenance corpus INPUT… --out DIR`: analyses archives into Parquet tables; goes on where it was stopped."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

NEEDS = "this command needs more packages: pip install 'provenance[archive]'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="folder of HTML, WARC, JSON lines or Parquet")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="where the tables go; the same DIR resumes"
    )
    parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: all cores)")
    parser.add_argument("--deadline", type=float, default=60.0, metavar="S", help="seconds for a page (default: 60)")
    parser.add_argument("--shard-size", type=int, default=200, metavar="N", help="records in one file (default: 200)")
    parser.add_argument("--engine", default="provenance:analyze", metavar="MODULE:NAME", help="the callable for a page")
    parser.add_argument("--ray", metavar="ADDRESS", help="run on this Ray cluster (“auto”: the one this machine is in)")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def run(args: argparse.Namespace) -> int:
    try:
        from provenance.archive import inputs as archives
        from provenance.archive import job
        from provenance.archive.progress import Bar
        from provenance.archive.workers import EngineFailed, Workers
    except ImportError as error:
        print(f"provenance corpus: {NEEDS} ({error.name} is missing)", file=sys.stderr)
        return 2
    settings = job.Settings(args.engine, args.shard_size, args.deadline)
    try:
        found = archives.find_inputs(args.inputs)
        job.open_job(args.out, found, settings)
    except (archives.UnknownInput, job.OtherJob) as error:
        print(f"provenance corpus: {error}", file=sys.stderr)
        return 2
    try:
        if args.ray:
            from provenance.archive.cluster import run_on_ray

            run_on_ray(args.ray, args.out, found, settings, quiet=args.quiet)
        else:
            job.sweep(args.out)
            with Bar(found, quiet=args.quiet) as bar, Workers(args.engine, args.workers, args.deadline) as workers:
                job.run(args.out, found, settings, workers, bar.step)
    except EngineFailed as error:
        print(f"provenance corpus: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("provenance corpus: stopped; the same command goes on from here", file=sys.stderr)
        return 130
    return 0
