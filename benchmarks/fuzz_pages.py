"""Mutated real pages through the engine: no exception escapes, no worker crashes, every answer fits the schema.

    python benchmarks/fuzz_pages.py ../shared/pages --count 100000 --keep failures/

Each page is cut to at most `--bytes`, then changed by some random edits: spans deleted, repeated, moved, spliced from
another page, characters replaced by odd ones, tags broken. A page is made from its number alone, so `--first N
--count 1` makes it again. Runs through the server's pool, so that a hang costs its deadline and a crash its worker.
Exits 1 where anything but an answer, a known error or a deadline came out; `--keep` stores those pages.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pydantic import ValidationError

from provenance_server.answer import Analysis
from provenance_server.jobs import Job
from provenance_server.pool import Busy, Pool, Starting, TooSlow

CHARACTERS = (
    "\0 \x01 \x7f \u200b \u202e \ufeff \ufffe \ud800 \U0010ffff \u0301\u0301\u0301 \u00a0 “ ” ‘ ’ … – 0 😀 é & ;"
)
MARKUP = "< > </ <p> </p> <div> </div> <table><tr><td> <br> <!-- --> <script> <style> <a&nbsp;href= &#1; &#xd800; &amp;"
WORDS = [
    "\n",
    ". ",
    " said ",
    " according to ",
    " sources ",
    " who asked not to be named ",
    " reportedly ",
    "Mr. ",
    "” he said, “",
]
ODD = [*CHARACTERS.split(" "), *MARKUP.split(" "), *WORDS]
Edit = Callable[[random.Random, str, str], str]


def delete(r: random.Random, page: str, other: str) -> str:
    start, end = span(r, page)
    return page[:start] + page[end:]


def repeat(r: random.Random, page: str, other: str) -> str:
    start, end = span(r, page)
    return page[:end] + page[start:end] * r.randint(1, 20) + page[end:]


def move(r: random.Random, page: str, other: str) -> str:
    start, end = span(r, page)
    rest = page[:start] + page[end:]
    at = r.randint(0, len(rest))
    return rest[:at] + page[start:end] + rest[at:]


def splice(r: random.Random, page: str, other: str) -> str:
    start, end = span(r, page)
    first, last = span(r, other)
    return page[:start] + other[first:last] + page[end:]


def insert(r: random.Random, page: str, other: str) -> str:
    for _ in range(r.randint(1, 30)):
        at = r.randint(0, len(page))
        page = page[:at] + r.choice(ODD) + page[at:]
    return page


def replace(r: random.Random, page: str, other: str) -> str:
    old = r.choice(["<p", "</p>", "</div>", ">", "<", " ", ".", '"', "“", "”", "said", "the", "e", "</"])
    return page.replace(old, r.choice(ODD), r.choice([1, 5, -1]))


def cut(r: random.Random, page: str, other: str) -> str:
    return page[: r.randint(0, len(page))]


EDITS: list[Edit] = [delete, repeat, move, splice, insert, insert, replace, cut]


def span(r: random.Random, page: str) -> tuple[int, int]:
    start = r.randint(0, len(page))
    return start, min(len(page), start + int(r.expovariate(1 / 300)))


def mutated(number: int, pages: list[str], size: int) -> str:
    """The page of that number."""
    r = random.Random(number)
    page, other = r.choice(pages), r.choice(pages)
    if len(page) > size:  # mostly from where paragraphs are
        at = page.find("<p", r.randint(0, len(page) // 2))
        page = page[max(0, at) : max(0, at) + size]
    for _ in range(r.randint(1, 6)):
        page = r.choice(EDITS)(r, page, other)
    return page[: 4 * size]


def outcome(pool: Pool, page: str) -> str:
    """What came of a page; a fault begins with “FAULT”."""
    try:
        reply = pool.analyse(Job("html", page), patient=True)
    except TooSlow as error:
        return "FAULT crash" if error.cause == "crash" else f"too slow ({error.cause})"
    except (Busy, Starting) as error:
        return f"FAULT {error}"
    if reply.kind == "failed":
        return f"FAULT {reply.facts['error']} at {reply.facts['at']}"
    if reply.kind == "answer":
        try:
            Analysis.model_validate_json(reply.body, strict=True)
        except ValidationError as error:
            return f"FAULT schema: {error.errors()[0]['loc']} {error.errors()[0]['msg']}"
    return reply.kind


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--bytes", type=int, default=6_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--keep", type=Path, help="a folder for pages that failed")
    args = parser.parse_args()
    pages = [gzip.decompress(file.read_bytes()).decode("utf-8", "replace") for file in sorted(args.pages.glob("*.gz"))]
    pool = Pool(workers=args.workers)
    pool.start()
    while not pool.ready:
        time.sleep(0.1)
    counts: Counter[str] = Counter()
    began = time.monotonic()

    def one(number: int) -> tuple[int, str]:
        return number, outcome(pool, mutated(number, pages, args.bytes))

    numbers = iter(range(args.first, args.first + args.count))
    with ThreadPoolExecutor(args.workers) as threads:
        while (batch := list(itertools.islice(numbers, 200))) and time.monotonic() - began < args.seconds:
            for number, found in threads.map(one, batch):
                if found.startswith("FAULT") and not counts[found]:
                    print(f"page {number}: {found}", flush=True)
                    if args.keep:
                        args.keep.mkdir(parents=True, exist_ok=True)
                        page = mutated(number, pages, args.bytes)
                        (args.keep / f"{number}.html").write_text(page, "utf-8", "surrogatepass")
                counts[found] += 1
    seconds = time.monotonic() - began
    pool.close()
    for found, count in counts.most_common():
        print(f"{count:8} {found}")
    faults = sum(count for found, count in counts.items() if found.startswith("FAULT"))
    print(f"{sum(counts.values())} pages in {seconds:.0f} s: {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
