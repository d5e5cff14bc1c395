"""How often each phrase of `signals.toml` is right where it stands: python -m training.phrases ../shared.

Counts over all that is labelled to train on, outside quotation marks, and writes `right` into the file: hits of the
phrase's own code over all hits, drawn towards the mean of its code where there are few. Prints the counts.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.tokens import Doc

from provenance.language.quotes import quotations
from provenance.lexicon import Entry, phrases
from training.articles import Article, every_article

FILE = Path(__file__).parents[1] / "src/provenance/lexicon/en/signals.toml"
DRAWN = 4  # made-up hits at the mean of the code

Counts = dict[Entry, list[int]]


def count(articles: list[Article], split: Callable[[str], Doc]) -> Counts:
    """For each entry how often it is right, and how often it stands somewhere."""
    found: Counts = defaultdict(lambda: [0, 0])
    for article in (a for a in articles if a.has_marks):
        doc = split(article.text)
        quoted = quotations(article.text)
        starts = [int(article.pieces.starts[a]) for a, b in article.sentences if a < b]
        numbers = [i for i, (a, b) in enumerate(article.sentences) if a < b]
        for span, entry in phrases("signals").find(doc):
            at = span.start_char
            place = bisect_right(starts, at) - 1
            if place >= 0 and not any(start <= at < end for start, end in quoted):
                found[entry][0] += entry.group in article.marked.get(numbers[place], {})
                found[entry][1] += 1
    return found


def shares(found: Counts) -> dict[str, float]:
    """For each pattern with its group, the share that is right."""
    of_code: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for entry, (hits, all_) in found.items():
        of_code[entry.group][0] += hits
        of_code[entry.group][1] += all_
    mean = {code: hits / max(1, all_) for code, (hits, all_) in of_code.items()}
    return {
        f"{entry.group} {entry.pattern}": round((hits + DRAWN * mean[entry.group]) / (all_ + DRAWN), 2)
        for entry, (hits, all_) in found.items()
    }


def written(text: str, right: dict[str, float]) -> str:
    """The file with the shares, those of patterns that never stood anywhere left out."""
    entries = re.sub(r"^right = .*\n", "", text, flags=re.MULTILINE).split("[[entry]]")
    for i, entry in enumerate(entries):
        pattern, group = (re.search(rf'^{key} = "(.*)"', entry, re.MULTILINE) for key in ("pattern", "group"))
        share = right.get(f"{group[1]} {pattern[1]}") if pattern and group else None
        if share is not None:
            entries[i] = entry.rstrip("\n") + f"\nright = {share}" + entry[len(entry.rstrip("\n")) :]
    return "[[entry]]".join(entries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    found = count(every_article(parser.parse_args().shared), spacy.blank("en"))
    for entry, (hits, all_) in sorted(found.items(), key=lambda item: (item[0].group, -item[1][1])):
        print(f"{entry.group:12} {hits:4} of {all_:4}  {entry.pattern}")
    FILE.write_text(written(FILE.read_text("utf-8"), shares(found)), "utf-8")


if __name__ == "__main__":
    main()
