"""Common origin on synthetic sets with known origins: grouping, origins, and how time and memory grow.

    python -m benchmarks.origin judge            F1 of pairs in groups, share of origins right, for each set
    python -m benchmarks.origin grow OUT.svg [--sizes 1000 10000 …]
    python -m benchmarks.origin write OUT.jsonl  the first set as statements, to look at

The sets are claims in several wordings, with confusers, written for this (`SETS`). Nothing is learnt from them: that is
done from training/claims. Each wording is run by one or more invented outlets, linked by known ways (an outlet with a
source of its own, outlets that cite it, a channel with an unnamed source). For growth, names, places and figures are
drawn at random into the same wordings.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import tomllib

from provenance.origin.chains import web
from provenance.origin.groups import group
from provenance.origin.statement import Named, Statement

# In the order in which they were written. The word lists were made with the first two at hand, the network's shape was
# chosen by the third, what it should learn more of by the fourth and fifth; the last was looked at once.
NAMES = ("claims", "judged", "everyday", "unseen", "hard", "last")
SETS = {name: Path(__file__).with_name(f"origin_{name}.toml") for name in NAMES}
OUTLETS = [f"{place} {paper}" for paper in ("Ledger", "Beacon", "Dispatch", "Wire", "Monitor") for place in (
    "Ashby", "Brook", "Carrow", "Dunley", "Elmet", "Farrow", "Gorse", "Hollin",
    "Ivory", "Jessop", "Kirby", "Lorne")]  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A statement with the truth about it: its claim, and the key of its origin within that claim."""

    statement: Statement
    claim: str
    origin: str


def claims(file: Path) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = tomllib.loads(file.read_text("utf-8"))["claim"]
    return found


def make(source: list[dict[str, list[str]]], dice: random.Random) -> list[Known]:
    """For each claim a web of outlets; for each confuser one outlet with a source of its own."""
    found: list[Known] = []
    for number, claim in enumerate(source):
        day = date(2024, 1, 1) + timedelta(days=dice.randrange(200))
        found += _story(f"c{number}", claim["same"], day, dice)
        for n, text in enumerate(claim["other"]):
            found += _story(f"c{number}x{n}", [text], day, dice)
    dice.shuffle(found)
    return found


def _story(name: str, wordings: list[str], day: date, dice: random.Random) -> Iterator[Known]:
    papers = dice.sample(OUTLETS, 8)
    first, second = papers[0], papers[1]
    unnamed = Named(
        dice.choice(["two officials briefed on the matter", "a person close to the talks", "unnamed sources"]),
        "anonymous",
    )
    channel = Named(
        dice.choice(["Telegram channel Vostok Eye", "the account @nightdesk", "a post by Harbour Watch"]),
        "social-media",
    )
    person = Named(dice.choice(["Maria Okafor", "Peter Lindgren", "Judge Alan Whitlock"]), "person")
    shapes = {
        "unnamed": [(first, (unnamed,), ((),)), (second, (unnamed,), ((Named(first, "media"),),)),
                    (papers[2], (Named("the " + first, "media"),), ((),)),
                    (papers[3], (Named(second, "media"),), ((),))],
        "channel": [(first, (channel,), ((),)), (second, (unnamed,), ((channel,),)),
                    (papers[2], (channel,), ((Named(first, "media"),),)),
                    (papers[3], (Named(first, "media"),), ((),))],
        "two": [(first, (unnamed,), ((),)), (second, (person,), ((),)), (papers[2], (Named(first, "media"),), ((),)),
                (papers[3], (Named(person.name.split()[-1], "person"),), ((Named(second, "media"),),))],
    }  # fmt: skip
    shape = dice.choice(sorted(shapes)) if len(wordings) > 1 else "unnamed"
    truth = {"unnamed": ["u", "u", "u", "u"], "channel": ["u", "u", "u", "u"], "two": ["u", "p", "u", "p"]}[shape]
    for n, text in enumerate(wordings):
        if n >= 4:
            break
        paper, sources, via = shapes[shape][n]
        host = paper.lower().replace(" ", "") + ".example"
        at = Statement(
            f"{name}-{n}",
            text,
            paper,
            host,
            f"https://{host}/{name}",
            sources,
            via,
            f"https://{host}/{name}",
            day + timedelta(days=n),
        )
        yield Known(at, name, f"{name}:{truth[n]}")


def pairs_of(sets: list[list[int]]) -> set[tuple[int, int]]:
    return {pair for members in sets for pair in combinations(sorted(members), 2)}


def truth_of(known: list[Known]) -> list[list[int]]:
    by: dict[str, list[int]] = {}
    for i, k in enumerate(known):
        by.setdefault(k.claim, []).append(i)
    return list(by.values())


def grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def judge(known: list[Known], show: bool) -> dict[str, float]:
    statements = [k.statement for k in known]
    groups = group(statements)
    right, given = pairs_of(truth_of(known)), pairs_of(groups)
    hit = len(right & given)
    hard = {
        (a, b)
        for a, b in right
        if len((x := grams(statements[a].claim)) & (y := grams(statements[b].claim))) / max(1, len(x | y)) < 0.3
    }
    if show:
        for a, b in sorted(right - given):
            print("MISSED ", statements[a].claim, "|", statements[b].claim)
        for a, b in sorted(given - right):
            print("WRONG  ", statements[a].claim, "|", statements[b].claim)
    origins = 0
    truth = {k.statement.id: k.origin for k in known}
    for members in groups:
        joined = web([statements[i] for i in members])
        for i in members:
            mine = statements[i].id
            # An origin is right if the statements that share it are those that truly share it, and no others.
            same = {s.id for s in joined.statements if set(joined.of[s.id]) == set(joined.of[mine])}
            origins += same == {s for s, o in truth.items() if o == truth[mine]}
    precision, recall = hit / max(1, len(given)), hit / max(1, len(right))
    return {
        "statements": len(known), "pairs": len(right), "pairs under .3": len(hard) / max(1, len(right)),
        "precision": precision, "recall": recall, "f1": 2 * hit / max(1, len(given) + len(right)),
        "recall under .3": len(hard & given) / max(1, len(hard)), "origins right": origins / len(known),
    }  # fmt: skip


def many(size: int, dice: random.Random) -> list[Statement]:
    """Two to four statements of each claim, with names, places and figures replaced at random."""
    both = claims(SETS["claims"]) + claims(SETS["judged"])
    syllables = [
        "ar",
        "bel",
        "cor",
        "dan",
        "el",
        "fen",
        "gar",
        "hul",
        "ist",
        "jor",
        "kel",
        "lun",
        "mar",
        "nor",
        "os",
        "pel",
        "qua",
        "ras",
        "sol",
        "tam",
        "ul",
        "ver",
        "wex",
        "yor",
        "zan",
    ]

    def word() -> str:
        return "".join(dice.choices(syllables, k=3)).capitalize()

    made: list[Statement] = []
    while len(made) < size:
        wordings = dice.choice(both)["same"]
        names = {n for text in wordings for n in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", text)}
        renamed = {n: word() for n in names}
        figures = {f: str(dice.randrange(3, 9000)) for text in wordings for f in re.findall(r"\b\d{1,3}\b", text)}
        day = date(2020, 1, 1) + timedelta(days=dice.randrange(1800))
        for text in dice.sample(wordings, dice.randint(2, len(wordings))):
            swap = {**renamed, **figures}
            text = re.sub(r"\b(?:[A-Z][a-z]{3,}|\d{1,3})\b", lambda m, swap=swap: swap.get(m[0], m[0]), text)  # type: ignore[misc]
            paper = dice.choice(OUTLETS)
            made.append(Statement(str(len(made)), text, paper, paper, str(len(made)), date=day))
    return made[:size]


def grow(sizes: list[int], out: Path) -> None:
    points = []
    for size in sizes:
        statements = many(size, random.Random(size))
        gc.collect()
        began, used = time.monotonic(), time.process_time()
        groups = group(statements)
        webs = sum(len(web([statements[i] for i in g]).origins) for g in groups if len(g) > 1)
        seconds, cpu = time.monotonic() - began, time.process_time() - used
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        points.append((size, cpu, memory))
        print(
            f"{size:>9} statements: {seconds:8.1f} s by the clock, {cpu:8.1f} s of computing, {memory:7.0f} MB, "
            f"{len(groups)} groups, {webs} origins",
            flush=True,
        )
        out.write_text(plot(points), "utf-8")


def plot(points: list[tuple[int, float, float]]) -> str:
    """Two lines over the number of statements, both axes logarithmic; a dashed line grows as the statements do."""
    from math import log10

    def at(x: float, y: float) -> str:
        return f"{60 + 90 * (log10(x) - 3) * 1.5:.0f},{300 - 45 * log10(max(y, 0.1)):.0f}"

    straight = [(x, points[0][1] * x / points[0][0], 0) for x, _, _ in points]
    lines = [(1, "#b04a00", "", points), (2, "#2a5d9f", "", points), (1, "#767676", "4 4", straight)]
    drawn = "".join(
        f'<polyline fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}" '
        f'points="{" ".join(at(p[0], p[index]) for p in of)}"/>'
        for index, colour, dash, of in lines
    )
    marks = "".join(
        f'<text x="{at(x, 1).split(",")[0]}" y="340" text-anchor="middle">{x:,}</text>' for x, _, _ in points
    )
    scale = "".join(f'<text x="50" y="{300 - 45 * n + 4}" text-anchor="end">{10**n}</text>' for n in range(5))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 540 370" font-family="sans-serif" font-size="12">'
        '<rect width="540" height="370" fill="#fff"/>'
        f'{drawn}{marks}{scale}<text x="70" y="20" fill="#b04a00">seconds of computing</text>'
        '<text x="230" y="20" fill="#2a5d9f">MB at most</text>'
        '<text x="330" y="20" fill="#595959">- - seconds, if linear</text>'
        '<text x="270" y="362" text-anchor="middle">statements</text></svg>'
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=["judge", "grow", "write"])
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--show", action="store_true", help="print what was missed and what was wrong")
    args = parser.parse_args()
    if args.what == "grow":
        grow(args.sizes, args.out or Path("origin-growth.svg"))
    elif args.what == "write":
        with args.out.open("w", encoding="utf-8") as file:
            for k in make(claims(SETS["claims"]), random.Random(0)):
                s = k.statement
                row = {"id": s.id, "claim": s.claim, "publisher": s.publisher, "url": s.url, "date": str(s.date),
                       "sources": [{"name": n.name, "kind": n.kind} for n in s.sources],
                       "via": [[{"name": n.name, "kind": n.kind} for n in way] for way in s.via]}  # fmt: skip
                file.write(json.dumps(row) + "\n")
    else:
        for name, file in SETS.items():
            found = judge(make(claims(file), random.Random(0)), args.show)
            print(f"{name:>10}: " + ", ".join(f"{what} {value:.3g}" for what, value in found.items()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
