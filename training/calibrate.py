"""Sets what may be set on dev: python -m training.calibrate WEIGHTS ../shared [--name NAME].

Fits, for each code and for whole attributions, the slope and intercept that turn the network's log odds into
probabilities (Platt 1999), on `gold/dev` and PolNeAR dev, and writes WEIGHTS/settings.json. No weight is touched.
With --plot FILE.svg it draws how often reasons were right against how sure they were, before and after, each half of
the articles judged with lines fitted on the other half.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from benchmarks.language import calibration_error, labelled, lines, right, sentence_doc

from provenance.language.network import Network
from provenance.language.network.calibration import Calibration, log_odds
from provenance.language.network.heads import CODES
from provenance.language.network.pieces import WINDOW

LEAST = 0.05  # a code less likely than this is not told
FROM = 0.02  # fitted on what is at least so likely, before calibration: the rest is never told

Judged = list[tuple[float, bool]]


def platt(judged: Judged, ridge: float = 2.0) -> tuple[float, float]:
    """Slope and intercept by Newton's method; the ridge draws the slope towards 1 where there is little to go by."""
    if not judged:
        return 1.0, 0.0
    x = np.stack([log_odds(np.array([p for p, _ in judged])), np.ones(len(judged))], 1)
    y = np.array([r for _, r in judged], float)
    line, draw = np.array([1.0, 0.0]), np.diag([ridge, 1e-3])

    def cost(at: np.ndarray) -> float:
        away = at - [1.0, 0.0]
        return float(np.logaddexp(0, x @ at).sum() - y @ x @ at + away @ draw @ away / 2)

    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ line, -30, 30)))
        slope = x.T @ (p - y) + draw @ (line - [1.0, 0.0])
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + draw, slope)
        while cost(line - step) > cost(line) and np.abs(step).max() > 1e-6:
            step = step / 2  # Newton's step can overshoot
        line = line - step
    return float(line[0]), float(line[1])


def judge(network: Network, shared: Path) -> list[dict[str, Judged]]:
    """For each article, by name: (what the network says without calibration, whether it is right)."""
    network.calibration, network.least = Calibration({}), 0.0
    articles = []
    for part in ("dev", "dev-text"):
        for text, ranges, marks in labelled(shared, part):
            doc, numbers = sentence_doc(text, ranges)
            found: dict[str, Judged] = defaultdict(list)
            for signal in network.read(doc).signals:
                mark = marks.get(numbers[signal.sentence], {"marks": [], "reasons": []})
                gold = {*(["anonymous"] if "anonymous-source" in mark["marks"] else []), *mark["reasons"]}
                if signal.confidence >= FROM:
                    found[signal.code].append((signal.confidence, signal.code in gold))
            articles.append(found)
    import polnear as check

    for row in lines(shared / "data/polnear/dev.jsonl.gz"):
        doc, _ = sentence_doc(row["text"], row["sentences"])
        found = [a.to_dict() for a in network.read(doc).attributions]
        articles.append({"attribution": [(a["confidence"], right(check, a, row["attributions"])) for a in found]})
    return articles


def fit(articles: list[dict[str, Judged]]) -> dict[str, tuple[float, float]]:
    together: dict[str, Judged] = defaultdict(list)
    for found in articles:
        for name, judged in found.items():
            together[name] += judged
    return {name: tuple(round(v, 4) for v in platt(together[name])) for name in (*CODES, "attribution")}


def apply(lines_: dict[str, tuple[float, float]], articles: list[dict[str, Judged]], names: tuple[str, ...]) -> Judged:
    calibration = Calibration(lines_)
    said: Judged = []
    for found in articles:
        for name in names:
            judged = found.get(name, [])
            sure = calibration(name, log_odds(np.array([p for p, _ in judged])))
            said += [(float(s), r) for s, (_, r) in zip(sure, judged, strict=True)]
    return said


def report(articles: list[dict[str, Judged]], names: tuple[str, ...], least: float) -> dict[str, Judged]:
    """(sure, right) without calibration, and with lines of the other half of the articles."""
    halves = articles[::2], articles[1::2]
    crossed = apply(fit(halves[0]), halves[1], names) + apply(fit(halves[1]), halves[0], names)
    both = {"as scored": apply({}, articles, names), "calibrated on the other half": crossed}
    return {title: [(p, r) for p, r in judged if p >= least] for title, judged in both.items()}


def plot(parts: dict[str, dict[str, Judged]], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(parts), figsize=(5 * len(parts), 4.6))
    for axis, (title, series) in zip(np.atleast_1d(axes), parts.items(), strict=True):
        axis.plot([0, 1], [0, 1], color="0.8")
        for name, judged in series.items():
            judged = sorted(judged)
            bins = [judged[b * len(judged) // 10 : (b + 1) * len(judged) // 10] for b in range(10)]
            bins = [b for b in bins if b]
            said, was = ([float(np.mean([x[k] for x in b])) for b in bins] for k in (0, 1))
            axis.plot(said, was, "o-", label=f"{name} (ECE {calibration_error(judged):.3f}, n {len(judged)})")
        axis.set(title=title, xlabel="said", ylabel="right", xlim=(0, 1), ylim=(0, 1))
        axis.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--name", default="minilm-l5")
    parser.add_argument("--window", type=int, default=WINDOW, help="word pieces read at once, at most")
    parser.add_argument("--begins", type=float, nargs=3, default=[0.0, 0.0, 0.0], help="for source, cue, content")
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    sys.path.insert(0, str(args.shared / "checks"))
    settings = {"name": args.name, "window": args.window, "begins": args.begins, "least": LEAST, "calibration": {}}
    path = args.weights / "settings.json"
    path.write_text(json.dumps(settings), "utf-8")
    articles = judge(Network.load(args.weights), args.shared)
    settings["calibration"] = fit(articles)
    path.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    parts = {
        "reasons of sentences": report(articles, CODES, 0.3),
        "whole attributions": report(articles, ("attribution",), 0.0),
    }
    for title, series in parts.items():
        for name, judged in series.items():
            print(f"{title}, {name}: ECE {calibration_error(judged):.3f} of {len(judged)}")
    if args.plot:
        plot(parts, args.plot)


if __name__ == "__main__":
    main()
