"""The network alone against the labelled articles: python benchmarks/language.py ../shared [--weights FOLDER].

Spans and whole attributions on PolNeAR dev and CofeNet's dev part, by the measures of `checks/`; kinds and references
on PolNeAR dev, over attributions whose cue is found; what the sentence head says, on the pages of `gold/dev` and on
PolNeAR dev, with sentences as labelled. Nothing here uses the rules that join the network in the engine.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from provenance.language.network import WEIGHTS, Network, load
from provenance.language.network.heads import CODES, KINDS, ROLES
from provenance.language.network.mentions import agreement
from provenance.language.sentences import set_sentence_starts

NLP = spacy.blank("en")
REASONS = CODES[1:]


def lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def doc_of(text: str) -> Doc:
    """A Doc with sentences as the splitter finds them."""
    doc = NLP.make_doc(text)
    set_sentence_starts(doc)
    return doc


def sentence_doc(text: str, sentences: list[list[int]]) -> tuple[Doc, list[int]]:
    """A Doc with one sentence for each range, and for each sentence of the Doc the number of its range."""
    doc = NLP.make_doc(text)
    numbers: list[int] = []
    at = 0
    for token in doc:
        token.is_sent_start = False
        moved = at < len(sentences) and token.idx + len(token) > sentences[at][0] and not token.is_space
        while at < len(sentences) and token.idx + len(token) > sentences[at][0] and not token.is_space:
            at += 1
        if moved or token.i == 0:
            token.is_sent_start = True
            numbers.append(at - 1)
    return doc, numbers


def polnear(network: Network, shared: Path) -> dict[str, Any]:
    """Spans, whole attributions, kinds and references."""
    import polnear as check

    counts: collections.Counter[Any] = collections.Counter()
    kinds: collections.Counter[tuple[Any, Any]] = collections.Counter()
    references = [0, 0]
    words, took, sure = 0, 0.0, []
    for row in lines(shared / "data/polnear/dev.jsonl.gz"):
        doc = doc_of(row["text"])
        began = time.perf_counter()
        reading = network.read(doc)
        took += time.perf_counter() - began
        words += len(row["text"].split())
        found = [a.to_dict() for a in reading.attributions]
        for role in ROLES:
            gold = {tuple(span) for a in row["attributions"] for span in a[role]}
            check.count_spans(counts, role, gold, {tuple(s) for a in found for s in a[role]})
        check.count_whole(counts, row["attributions"], found)
        sure += [(a["confidence"], right(check, a, row["attributions"])) for a in found]
        for gold in row["attributions"]:
            match = [a for a in found if gold["cue"] and a["cue"] and touch(a["cue"], gold["cue"])]
            if not match or "kind" not in gold:
                continue
            kinds[gold["kind"], match[0]["kind"]] += 1
            if gold.get("refers_to") and gold["kind"]:
                references[0] += agreement(gold["refers_to"], match[0]["refers_to"] or said(row, match[0])) >= 0.5
                references[1] += 1
    figures = check.figures(counts)
    figures |= {"attributions found": counts["whole predicted"], "words/s": round(words / took)}
    return {**figures, "kinds": kind_figures(kinds), "references": references[0] / max(1, references[1]),
            "attribution ECE": calibration_error(sure)}  # fmt: skip


def right(check: Any, found: dict[str, Any], gold: list[dict[str, Any]]) -> bool:
    """Whether a predicted attribution is some labelled one, by the measure of `whole`."""
    sets = {r: check.characters(found[r]) for r in ROLES}
    return any(check.attribution_quality({r: check.characters(g[r]) for r in ROLES}, sets) > 0 for g in gold)


def touch(some: list[list[int]], others: list[list[int]]) -> bool:
    return any(s < d and c < e for s, e in some for c, d in others)


def said(row: dict[str, Any], found: dict[str, Any]) -> str:
    return " ".join(row["text"][s:e] for s, e in found["source"])


def kind_figures(pairs: collections.Counter[tuple[Any, Any]]) -> dict[str, float]:
    """F1 of each kind, over sources that have one; `right`, and the macro F1."""
    known = {k: n for k, n in pairs.items() if k[0] is not None}
    figures = {}
    for kind in KINDS[:-1]:
        hit = known.get((kind, kind), 0)
        both = sum(n for (g, p), n in known.items() if g == kind) + sum(n for (g, p), n in known.items() if p == kind)
        figures[str(kind)] = 2 * hit / both if both else 0.0
    right_ = sum(n for (g, p), n in known.items() if g == p) / max(1, sum(known.values()))
    without = sum(n for (g, _), n in pairs.items() if g is None)
    none = pairs[None, None] / max(1, without)
    return {"right": right_, "macro": sum(figures.values()) / len(figures), **figures, "none found": none}


def cofenet(network: Network, shared: Path) -> dict[str, Any]:
    import cofenet as check

    pairs: dict[str, list[Any]] = {r: [] for r in ROLES}
    for row in lines(shared / "data/cofenet/valid.jsonl.gz"):
        text, places = check.passage(row["tokens"])
        found = network.read(doc_of(text)).attributions
        gold = check.gold_spans(row["labels"])
        for role in ROLES:
            spans = {(s, e) for a in found for s, e in getattr(a, role)}
            pairs[role].append((gold[role], check.token_spans(spans, places)))
    return {r: dict(zip(("exact", "begin", "Jaccard"), check.measure(pairs[r]), strict=True)) for r in ROLES}


Signals = list[tuple[set[str], dict[str, float], dict[str, tuple[str, str]]]]


def labelled(shared: Path, name: str) -> Iterator[tuple[str, list[list[int]], dict[int, dict[str, Any]]]]:
    """(text, sentences, marks by sentence) of each article of gold/dev or of PolNeAR dev."""
    if name == "dev-text":
        for row in lines(shared / "data/polnear/dev.jsonl.gz"):
            if row.get("passes"):
                yield row["text"], row["sentences"], {m["sentence"]: m for m in row["marks"]}
        return
    for path in sorted((shared / "gold" / name).glob("*.json")):
        text, ranges = "", []
        rows = json.loads(path.read_text("utf-8"))["sentences"]
        for sentence in rows:
            ranges.append([len(text), len(text) + len(sentence["text"])])
            text += sentence["text"] + "\n"
        yield text, ranges, {i: s for i, s in enumerate(rows) if s["marks"]}


def signals(network: Network, shared: Path, name: str) -> Signals:
    """For each sentence: its labelled codes, the probability of each code, and (labelled, shown) words of evidence."""
    found: Signals = []
    for text, ranges, marks in labelled(shared, name):
        doc, numbers = sentence_doc(text, ranges)
        said: dict[int, dict[str, Any]] = collections.defaultdict(dict)
        for signal in network.read(doc).signals:
            said[numbers[signal.sentence]][signal.code] = signal
        for i in range(len(ranges)):
            mark = marks.get(i, {"marks": [], "reasons": []})
            gold = {*(["anonymous"] if "anonymous-source" in mark["marks"] else []), *mark["reasons"]}
            shown = {}
            for code, evidence in (mark.get("evidence") or {}).items():
                if code in said[i]:
                    shown[code] = (evidence, " ".join(text[s:e] for s, e in said[i][code].evidence))
            found.append((gold, {c: s.confidence for c, s in said[i].items()}, shown))
    return found


def best(pairs: list[tuple[float, bool]], least_precision: float = 0.0) -> dict[str, float]:
    """The threshold with the best F1 among those with at least that precision."""
    positives = sum(r for _, r in pairs)
    hits, found = 0, {"threshold": 1.0, "precision": 0.0, "recall": 0.0, "f1": 0.0}
    ordered = sorted(pairs, reverse=True)
    for n, (p, is_right) in enumerate(ordered, 1):
        hits += is_right
        if p == 0 or (n < len(ordered) and ordered[n][0] == p):
            continue  # a threshold cannot part equals
        precision, recall = hits / n, hits / max(1, positives)
        f1 = 2 * hits / (n + positives)
        if f1 > found["f1"] and precision >= least_precision:
            found = {"threshold": p, "precision": precision, "recall": recall, "f1": f1}
    return found


def signal_figures(found: Signals) -> dict[str, Any]:
    """Marks and reasons at their best thresholds, evidence of reasons at least half sure, calibration."""
    anonymous = [(p.get("anonymous", 0.0), "anonymous" in g) for g, p, _ in found]
    unverified = [(max((p.get(r, 0.0) for r in REASONS), default=0.0), bool(g & set(REASONS))) for g, p, _ in found]
    figures: dict[str, Any] = {
        "anonymous-source": best(anonymous), "anonymous-source at P .92": best(anonymous, 0.92),
        "unverified-claim": best(unverified), "unverified-claim at P .88": best(unverified, 0.88),
    }  # fmt: skip
    for code in REASONS:
        pairs = [(p.get(code, 0.0), code in gold) for gold, p, _ in found]
        figures[code] = {**best(pairs), "gold": sum(is_right for _, is_right in pairs)}
    shown = [agreement(*e) >= 0.5 for _, p, evidence in found for c, e in evidence.items() if p[c] >= 0.3]
    figures["evidence right"] = sum(shown) / max(1, len(shown))
    figures["evidence given"] = len(shown)
    figures["ECE"] = calibration_error([(v, c in g) for g, p, _ in found for c, v in p.items() if v >= 0.3])
    return figures


def calibration_error(judged: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over bins of equal count."""
    judged, error = sorted(judged), 0.0
    for b in range(bins):
        part = judged[b * len(judged) // bins : (b + 1) * len(judged) // bins]
        if part:
            error += abs(sum(c for c, _ in part) - sum(r for _, r in part)) / len(judged)
    return error


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def measure(network: Network, shared: Path, cofenet_too: bool = True) -> None:
    """Prints every figure."""
    sys.path.insert(0, str(shared / "checks"))
    parts: dict[str, Any] = {"PolNeAR dev": polnear(network, shared)}
    if cofenet_too:
        parts["CofeNet dev"] = cofenet(network, shared)
    for name in ("dev", "dev-text"):
        parts[f"sentences of gold/{name}"] = signal_figures(signals(network, shared, name))
    for name, figures in parts.items():
        print(f"# {name}")
        for key, value in rounded(figures).items():
            print(f"{key:28} {value}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--without-cofenet", action="store_true")
    args = parser.parse_args()
    measure(load(args.weights), args.shared, not args.without_cofenet)


if __name__ == "__main__":
    main()
