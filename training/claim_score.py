"""Learns how signals add up to one claim: python -m training.claim_score ../shared CLAIMS… > scorer.toml

A logistic regression over the pairs of invented claims that nothing rules out, and over real pairs that are not one
claim (unrelated.py). What the comparison says of a pair must be what it says of sentences that it has not learnt: so it
is trained on every second claim and pair, asked about the others, and the other way round.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from provenance.origin import candidates
from provenance.origin.groups import describe
from provenance.origin.same_claim import WEIGHTS, SameClaim, Sentences
from provenance.origin.score import SIGNALS, plausible, signals
from provenance.origin.statement import Statement
from training.same_claim import PASSES, Batches, Claim, claims, examples, stacked, train
from training.unrelated import unrelated


def told_apart(some: list[Claim]) -> list[tuple[str, str]]:
    """Each sentence, and which claim it makes: a confuser one of its own."""
    found = []
    for n, claim in enumerate(some):
        found += [(text, f"{n}") for text in claim["same"]]
        found += [(text, f"{n} but {m}") for m, text in enumerate(claim["other"])]
    return found


def rows(some: list[Claim], network: SameClaim) -> tuple[list[list[float]], list[bool]]:
    texts = told_apart(some)
    found = describe([Statement(str(n), text, "", "", str(n)) for n, (text, _) in enumerate(texts)])
    idf = candidates.weights(found)
    read = [network.read(f.words) for f in found]
    values, truth = [], []
    for a, b in candidates.pairs(found, idf).tolist():
        if plausible(found[a], found[b], idf):
            value = signals(found[a], found[b], idf, network.log_odds(read[a], read[b]))
            values.append([value[name] for name in SIGNALS])
            truth.append(texts[a][1] == texts[b][1])
    return values, truth


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("claims", type=Path, nargs="+")
    args = parser.parse_args()
    given, sentences = claims(args.claims), Sentences(WEIGHTS)
    batches = Batches(sentences)
    found, idf, apart = unrelated(args.shared)
    values, truth = [], []
    for half in (0, 1):
        real = [(found[a].words, found[b].words, False) for a, b in apart[half::2]]
        net = train(examples(given[half::2]) + real, batches, PASSES, seed=half)
        network = SameClaim(sentences, stacked([net]))
        more, right = rows(given[1 - half :: 2], network)
        values += more
        truth += right
        for a, b in apart[1 - half :: 2]:
            said = network.log_odds(network.read(found[a].words), network.read(found[b].words))
            value = signals(found[a], found[b], idf, said)
            values.append([value[name] for name in SIGNALS])
            truth.append(False)
    model = LogisticRegression(max_iter=2000).fit(np.array(values), np.array(truth))
    print("# Learnt by `python -m training.claim_score`; what each is: signals() in score.py.")
    print(f"# {len(truth)} pairs, {sum(truth)} of one claim.")
    print(f"bias = {model.intercept_[0]:.2f}\n[weights]")
    for name, weight in zip(SIGNALS, model.coef_[0], strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
