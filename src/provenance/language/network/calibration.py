"""How sure the network may say it is: scores as probabilities that turned out right as often as they say, on dev.

Platt scaling: one slope and one intercept for each name, over the log odds. They ship as data beside the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Calibration:
    """Probabilities from log odds, by name; one without an entry is taken at its word."""

    def __init__(self, lines: Mapping[str, Sequence[float]]) -> None:
        """lines: {name: (slope, intercept)}."""
        self.lines = lines

    def __call__(self, name: str, log_odds: Floats) -> Floats:
        slope, intercept = self.lines.get(name, (1.0, 0.0))
        probability: Floats = 1 / (1 + np.exp(-np.clip(slope * log_odds + intercept, -30, 30)))
        return probability


def log_odds(probability: Floats) -> Floats:
    p = np.clip(probability, 1e-6, 1 - 1e-6)
    odds: Floats = np.log(p / (1 - p))
    return odds
