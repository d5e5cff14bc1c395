"""Sets how reasons are weighed (`src/provenance/lexicon/en/weighing.toml`) on the labelled dev articles.

    python -m training.weigh ../shared            # fits, cross-validates, prints, writes the file

For each reason code a logistic model of four features (`provenance.weighing.features`) is fitted: a calibration of
what the network, the lexicon and the attributions say together. It has five numbers a code, so a few hundred labelled
sentences are enough; what it will do on other articles is told by predictions of articles left out (ten folds).
The network's log-odds of the mark itself, tried as a further feature, got a weight of about nought for every code.
The bar of each code is the lowest at which those predictions keep the precision asked for.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tomllib
from sklearn.linear_model import LogisticRegression

from provenance import article as articles
from provenance.engine import understand
from provenance.language import pipeline
from provenance.language.sentences import sentence_spans
from provenance.marks import findings
from provenance.page import Page
from provenance.reasons import Case
from provenance.weighing import features
from training.calibrate import plot

CODES = ("anonymous", "hedged", "hearsay", "social-media", "vague", "disclaimed", "disputed", "accusation")
ORIGINS = ("attribution", "phrase", "network")
FOLDS = 10
# The precision asked of each code: as high as leaves something to show. A sentence's mark does better than its reasons,
# since a reason that is wrong often stands beside one that is right.
ASKED = {"anonymous": 0.92, "vague": 0.65, "hedged": 0.82, "hearsay": 0.76, "disputed": 0.79, "accusation": 0.74}
FEWEST = 30  # labelled sentences of a code: with fewer its numbers are set by hand and stay as they are in the file
OUT = Path(__file__).parents[1] / "src/provenance/lexicon/en/weighing.toml"


def labelled(shared: Path) -> Iterator[tuple[dict[str, Any], Case]]:
    """Each labelled dev article with what the engine knows of it before anything is weighed."""
    urls = {
        row["slug"]: row.get("url") for row in map(json.loads, (shared / "pages/index.jsonl").open(encoding="utf-8"))
    }
    for path in sorted(shared.glob("gold/dev/*.json")):
        gold = json.loads(path.read_text("utf-8"))
        html = gzip.decompress((shared / "pages" / f"{gold['slug']}.html.gz").read_bytes())
        article = articles.extract(Page.parse(html), url=urls.get(gold["slug"]))
        yield gold, _case(article)
    golds = {
        g["slug"]: g for g in (json.loads(p.read_text("utf-8")) for p in sorted(shared.glob("gold/dev-text/*.json")))
    }
    texts = gzip.decompress((shared / "data/polnear/dev.jsonl.gz").read_bytes()).decode("utf-8")
    for row in map(json.loads, texts.splitlines()):
        gold = golds.get(row.get("key"))
        if gold:
            yield gold, _case(articles.from_text(row["text"], publisher=gold["publisher"]))


def _case(article: articles.Article) -> Case:
    doc = pipeline("en")(article.text)
    return understand(doc, sentence_spans(doc), article.publisher)


def examples(shared: Path, scorer: Any) -> dict[str, list[dict[str, Any]]]:
    """For each code the sentences for which anything speaks: features, label, article, whose words show it."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, (gold, case) in enumerate(labelled(shared)):
        predicted = [{"words": scorer.words(case.story.text[s:e])} for s, e in case.story.sentences]
        stands_for = defaultdict(list)
        for sentence in gold["sentences"]:
            for i in scorer.matching(scorer.words(sentence["text"]), predicted):
                stands_for[i].append(sentence)
        told: set[tuple[int, str]] = set()
        for (i, code), found in findings(case).items():
            golds = stands_for.get(i, [])
            label = any(
                code in s["reasons"] or (code == "anonymous" and "anonymous-source" in s["marks"]) for s in golds
            )
            words = next((s["evidence"][code] for s in golds if code in s.get("evidence", {})), None)
            quality = {
                f.origin: scorer.token_f1(scorer.words(words), scorer.words(case.story.words([f.evidence]))) >= 0.5
                for f in reversed(found)
                if words and f.evidence
            }
            rows[code].append({"x": features(found), "y": label, "article": number, "shows": quality})
            told |= {(id(s), code) for s in golds}
        for sentence in gold["sentences"]:  # missed by everything: they count in the recall
            codes = [*sentence["reasons"], *(["anonymous"] if "anonymous-source" in sentence["marks"] else [])]
            for code in codes:
                if (id(sentence), code) not in told:
                    rows[code].append({"x": features([]), "y": True, "article": number, "shows": {}, "missed": True})
    return rows


def fit(rows: list[dict[str, Any]]) -> tuple[LogisticRegression, np.ndarray]:
    """The model of one code, and the probability of each example by a model that did not see its article."""
    rows = [r for r in rows if not r.get("missed")]
    x, y = np.array([r["x"] for r in rows]), np.array([r["y"] for r in rows])
    fold = np.array([r["article"] % FOLDS for r in rows])
    left_out = np.zeros(len(rows))
    for f in range(FOLDS):
        train, test = fold != f, fold == f
        if test.any():
            left_out[test] = _model(x[train], y[train]).predict_proba(x[test])[:, 1] if y[train].any() else 0.0
    return _model(x, y), left_out


def _model(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    """With one made-up example of each class, so that a code that has none of one is defined too."""
    return LogisticRegression(C=1.0).fit(
        np.vstack([x, [[2.0, 1.0, 1.0, 1.0], [-4.0, 0.0, 0.0, 0.0]]]), np.append(y, [True, False])
    )


def bar(p: np.ndarray, y: np.ndarray, positives: int, precision: float) -> tuple[float, float, float]:
    """(least, precision, recall): the lowest bar from which on precision is kept; the best F1's where none does."""
    best = (0.5, 0.0, 0.0)
    best_score = -1.0
    for least in np.arange(0.30, 0.96, 0.02):
        shown = p >= least
        if not shown.any():
            continue
        right = float(y[shown].mean())
        recall = float(y[shown].sum() / max(1, positives))
        f1 = 2 * right * recall / max(1e-9, right + recall)
        score = f1 + (1.0 if right >= precision else 0.0)
        if score > best_score:
            best, best_score = (round(float(least), 2), right, recall), score
    return best


def order(rows: list[dict[str, Any]]) -> list[str]:
    """Origins by how often their words are the labelled ones, where they have any and the reason is right."""
    shares = {}
    for origin in ORIGINS:
        shown = [r["shows"][origin] for r in rows if origin in r["shows"]]
        shares[origin] = (sum(shown) + 1) / (len(shown) + 2)
    return sorted(ORIGINS, key=lambda o: -shares[o])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--dry", action="store_true", help="print only")
    parser.add_argument("--plot", type=Path, help="draw how often reasons were right against how sure they were")
    args = parser.parse_args()
    sys.path.insert(0, str(args.shared / "gold"))
    import measures

    rows = examples(args.shared, measures)
    written = [OUT.read_text("utf-8").split("\n[")[0].rstrip() + "\n"]
    standing = tomllib.loads(OUT.read_text("utf-8"))
    judged: list[tuple[float, bool]] = []
    for code in CODES:
        if sum(r["y"] for r in rows[code]) < FEWEST:
            written.append("\n" + _table(code, standing[code]))
            print(f"{code:13} n {sum(r['y'] for r in rows[code]):4}  too few to fit: stays as set by hand")
            continue
        model, left_out = fit(rows[code])
        seen = [r for r in rows[code] if not r.get("missed")]
        y = np.array([r["y"] for r in seen])
        positives = sum(r["y"] for r in rows[code])
        least, precision, recall = bar(left_out, y, positives, ASKED[code])
        judged += [(float(p), bool(t)) for p, t in zip(left_out, y, strict=True) if p >= least]
        network, phrase, attribution, certain = (round(float(w), 3) for w in model.coef_[0])
        bias, origins = round(float(model.intercept_[0]), 3), order(rows[code])
        print(
            f"{code:13} n {positives:4}  least {least:.2f}  precision {precision:.3f}  recall {recall:.3f}  {origins}"
        )
        numbers = {"bias": bias, "network": network, "phrase": phrase, "attribution": attribution}
        numbers |= {"certain": certain, "least": least}
        written.append("\n" + _table(code, {**numbers, "evidence": origins}))
    print(
        f"expected calibration error of {len(judged)} reasons, articles left out: {measures.calibration(judged)['ece']}"
    )
    if args.plot:
        plot({"reasons shown": {"articles left out": judged}}, args.plot)
    if not args.dry:
        OUT.write_text("".join(written), "utf-8")


def _table(code: str, values: dict[str, Any]) -> str:
    return f"[{code}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())


if __name__ == "__main__":
    main()
