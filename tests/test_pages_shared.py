"""Real news pages, where they lie beside the checkout: nothing breaks, and nearly every sentence has its place."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import lxml.html

import provenance

EXCLUDED = ("script", "style", "noscript", "template", "iframe", "noframes", "noembed")
TEXT_NODES = f"//body//text()[not({' or '.join('ancestor::' + name for name in EXCLUDED)})]"


def test_a_sample_of_real_pages(shared: Path) -> None:
    files = sorted((shared / "pages").glob("*.html.gz"))
    sample = random.Random(7).sample(files, min(40, len(files)))
    assert sample
    sentences = placed = 0
    for file in sample:
        html = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
        answer = provenance.analyze(html)
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        page = "".join(lxml.html.document_fromstring(html.encode(), parser=parser).xpath(TEXT_NODES))
        for sentence in answer.sentences:
            sentences += 1
            if sentence.at:
                placed += 1
                words = answer.article.text[sentence.start : sentence.end]
                assert "".join(page[sentence.at.start : sentence.at.end].split()) == "".join(words.split())
        for highlight in answer.highlights:
            if highlight.target:
                assert page[highlight.target.start : highlight.target.end] == highlight.target.exact
    assert placed >= 0.97 * sentences
