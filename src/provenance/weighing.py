"""How sure a reason is, from all that speaks for it: the network, words that say it, an attribution that is it.

A logistic model of four features for each reason code; its numbers are data (`weighing.toml`), set on labelled
articles that nothing else was fitted to, so that of reasons at 0.9 nine in ten are right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from provenance.lexicon import read
from provenance.reasons import Found

_UNTOLD = 0.02  # the network's probability where it says nothing: it tells what is at least a little likely


def weigh(code: str, found: Sequence[Found]) -> Found | None:
    """The finding to show of all that were made of one code in one sentence, with its probability; None below the bar.

    None too where none of them shows words: a reason without evidence is not given.
    """
    settings = read("weighing")[code]
    probability = 1 / (1 + math.exp(-_log_odds(settings, features(found))))
    if probability < settings["least"]:
        return None
    shown = [f for origin in settings["evidence"] for f in found if f.origin == origin and f.evidence is not None]
    return shown[0].sure(probability) if shown else None


def features(found: Sequence[Found]) -> tuple[float, float, float, float]:
    """Of findings of one code: the network's log-odds, how often words that say it are right, the confidence of an
    attribution that is it, and whether that attribution's words leave no doubt.
    """
    network = max((f.confidence for f in found if f.origin == "network"), default=_UNTOLD)
    phrase = max((f.confidence for f in found if f.origin == "phrase"), default=0.0)
    attribution = max((f.confidence for f in found if f.origin == "attribution"), default=0.0)
    network = min(max(network, 0.001), 0.999)
    return math.log(network / (1 - network)), phrase, attribution, float(any(f.certain for f in found))


def _log_odds(settings: dict[str, float], values: tuple[float, float, float, float]) -> float:
    weights = (settings[name] for name in ("network", "phrase", "attribution", "certain"))
    return settings["bias"] + sum(weight * value for weight, value in zip(weights, values, strict=True))
