"""A quick callable in the place of `provenance.analyze`, for tests of the job itself: trafilatura and one rule.

It answers as the contract has it, so the tables get real text; pages can ask it to hang, crash or raise.
"""

from __future__ import annotations

import os
import re
import time
from typing import Any

import trafilatura

from provenance.errors import NoArticle


def analyze(html: str | bytes, *, url: str | None = None, publisher: str | None = None) -> dict[str, Any]:
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else html
    if "PLEASE-HANG" in text:
        while True:
            pass
    if "PLEASE-CRASH" in text:
        os.abort()
    if "PLEASE-RAISE" in text:
        raise KeyError("a fault of the engine")
    if "PLEASE-SLEEP" in text:
        time.sleep(0.05)
    article = trafilatura.extract(text)
    if not article:
        raise NoArticle("no article here")
    said = re.findall(r"([A-Z]\w+) said", article)
    names = sorted(set(said))
    sources = [
        {"id": f"s{i}", "name": n, "kind": "person", "mentions": [f"a{i}"], "via": [[]]} for i, n in enumerate(names)
    ]
    attributions = [
        {"id": f"a{i}", "sentence": 0, "sources": [f"s{i}"], "via": [[]], "cue": {"text": "said"},
         "mention": {"text": n}, "content": {"text": article[:80]}, "quote": "indirect", "confidence": 0.5}
        for i, n in enumerate(names)
    ]  # fmt: skip
    return {
        "engine": {"version": "1", "model": "light", "lexicon": "none"},
        "url": url,
        "article": {"title": article[:40], "byline": None, "publisher": publisher, "date": "2024-02-30",
                    "language": "en", "words": len(article.split())},
        "summary": {"sentences": 1, "attributed": len(names), "anonymous-source": 0, "unverified-claim": 0},
        "sources": sources, "attributions": attributions, "highlights": [], "remarks": [], "warnings": [],
        "timing_ms": {"total": 1.0},
    }  # fmt: skip
