"""Where the sentences of real pages are found again: python benchmarks/placing.py ../shared/pages [-v].

Analyses every page of a folder (`SLUG.html.gz`, with `index.jsonl` for the addresses) and compares every position with
a page text computed here, by XPath. Prints refusals, how long the slowest page took, the share of sentences with a
place, what is not exact, and the misses by cause; `-v` lists each miss. Exit 1 where a selector is not exact.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import logging
import statistics
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html

import provenance

EXCLUDED = ("script", "style", "noscript", "template", "iframe", "noframes", "noembed")
TEXT_NODES = f"//body//text()[not({' or '.join('ancestor::' + name for name in EXCLUDED)})]"


def page_text(html: str) -> str:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    return "".join(tree.xpath(TEXT_NODES))


def dense(text: str) -> str:
    return "".join(text.split())


def folded(text: str) -> str:
    """Without what trafilatura changes in a text node: marks that do not print, and letters in parts."""
    composed = unicodedata.normalize("NFC", text)
    return dense("".join(c for c in composed if c.isprintable()))


def cause(sentence: str, page: str) -> str:
    """Why a sentence does not stand in the page text."""
    if folded(sentence) in folded(page):
        return "marks that do not print, or letters in parts"
    if "|" in sentence:
        return "table borders that trafilatura adds"
    words = sentence.split()
    if dense(sentence).casefold() in dense(page).casefold():
        return "capitals"
    half = len(words) // 2
    if half >= 3 and (dense(" ".join(words[:half])) in dense(page) or dense(" ".join(words[half:])) in dense(page)):
        return "half of it stands there: something inside it was left out, added or moved"
    if sum(dense(word) in dense(page) for word in words) < len(words):
        return "words that are not in the page text: from data, attributes or excluded elements"
    return "other"


def targets(answer: dict[str, Any]) -> Iterator[tuple[str | None, dict[str, Any] | None]]:
    """Every target of an answer with the words it must spell."""
    for highlight in answer["highlights"]:
        yield highlight["text"], highlight["target"]
        for reason in highlight["reasons"]:
            yield reason["evidence"]["text"], reason["evidence"]["target"]
    for attribution in answer["attributions"]:
        for role in ("cue", "mention", "content"):
            for part in (attribution[role] or {"parts": []})["parts"]:
                yield part["text"], part["target"]
    for remark in answer["remarks"]:
        yield None, remark["target"]


def exact(text: str | None, target: dict[str, Any], page: str) -> bool:
    position, quote = target["selector"]
    start, end = position["start"], position["end"]
    return (
        page[start:end] == quote["exact"] != ""
        and page[max(0, start - 32) : start] == quote["prefix"]
        and page[end : end + 32] == quote["suffix"]
        and (text is None or dense(text) == dense(quote["exact"]))
    )


def main(folder: Path, verbose: bool) -> int:
    logging.disable(logging.WARNING)  # trafilatura's, about pages without an article
    addresses = {}
    if (folder / "index.jsonl").exists():
        for line in (folder / "index.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            addresses[row["slug"]] = row.get("url")
    count: collections.Counter[str] = collections.Counter()
    refused: collections.Counter[str] = collections.Counter()
    causes: collections.Counter[str] = collections.Counter()
    seconds = []
    files = sorted(folder.glob("*.html.gz"))
    for file in files:
        slug = file.name.removesuffix(".html.gz")
        html = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        began = time.perf_counter()
        try:
            answer = provenance.analyze(html, url=addresses.get(slug)).to_dict()
        except provenance.Error as error:
            refused[type(error).__name__] += 1
            print(f"refused: {slug}: {error}")
            continue
        except Exception as error:
            refused["exception"] += 1
            print(f"EXCEPTION: {slug}: {type(error).__name__}: {error}")
            continue
        seconds.append(time.perf_counter() - began)
        page, text, last = page_text(html), answer["article"]["text"], 0
        for sentence in answer["sentences"]:
            words, at = text[sentence["start"] : sentence["end"]], sentence["at"]
            count["sentences"] += 1
            if at is None:
                why = cause(words, page)
                causes[why] += 1
                if verbose:
                    print(f"{slug}: {why}: {words[:120]!r}")
                continue
            count["placed"] += 1
            count["astray"] += dense(page[at["start"] : at["end"]]) != dense(words)
            count["out of order"] += at["start"] < last
            last = at["end"]
        for words, target in targets(answer):
            count["targets"] += target is not None
            if target is not None and not exact(words, target, page):
                count["not exact"] += 1
                print(f"NOT EXACT: {slug}: {words!r} {target}")
    print(f"{len(files)} pages: {len(seconds)} analysed, refused {dict(refused) or 0}")
    print(f"seconds a page: median {statistics.median(seconds):.3f}, slowest {max(seconds):.2f}")
    share = count["placed"] / max(1, count["sentences"])
    print(
        f"{count['sentences']} sentences: {count['placed']} placed ({share:.2%}), {count['out of order']} out of order"
    )
    print(f"{count['targets']} targets: {count['not exact']} not exact; {count['astray']} sentences on other words")
    for why, number in causes.most_common():
        print(f"  not placed: {number:4}  {why}")
    return 1 if count["not exact"] or count["astray"] or refused["exception"] else 0


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, nargs="?", default=Path("../shared/pages"))
    arguments.add_argument("-v", action="store_true")
    given = arguments.parse_args()
    sys.exit(main(given.folder, given.v))
