"""Ten real pages under foreign host names, each by a real click on the button, the background stopped in between."""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Pages with something to find in them, in an order that is always the same."""
    index = [json.loads(line) for line in (folder / "index.jsonl").read_text("utf-8").splitlines()]
    random.Random(3).shuffle(index)
    for row in index:
        if row["tier"] == "hard":
            yield row["slug"], gzip.decompress((folder / row["file"]).read_bytes())


def opens(reader: Any, url: str) -> bool:
    """Whether the page stays where it is: some send the reader elsewhere by script, where there is no network."""
    try:
        reader.goto(url)
    except Exception:
        return False
    return bool(reader.page("() => location.href").startswith(url))


def test_ten_real_pages_by_a_click(reader: Any, site: Any, shared: Path) -> None:
    read = marked = 0
    for i, (slug, html) in enumerate(itertools.islice(pages(shared / "pages"), 20)):
        site.put(f"{slug}.html", html)
        if read == 10 or not opens(reader, site.url(f"{slug}.html", f"paper{i % 10}.test")):
            continue
        sign = reader.click_and_wait()["text"]
        if sign in {"–", "!"}:  # refused, and said so
            assert reader.painted() == {}
            continue
        placed, _, total = sign.partition("/")
        assert not total or int(placed) >= 0.9 * int(total)
        marked += int(placed)
        read += 1
        if i % 3 == 0:
            reader.stop_background()
        assert reader.click_and_wait()["text"] == ""
        assert reader.painted() == {}
    assert read == 10
    assert marked > 0
