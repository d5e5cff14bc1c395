"""The trained network: one small encoder that reads an article once, and what it says of it.

    network = load()
    network.read(doc)   # a Reading: attributions and signals, as plain data

The weights ship in `weights/`; MODEL_CARD.md says what they were trained on and where they fail.
"""

from __future__ import annotations

from pathlib import Path

from provenance.language.network.network import Network

__all__ = ["Network", "load"]

WEIGHTS = Path(__file__).parent / "weights"


def load(path: Path | None = None, threads: int = 1) -> Network:
    """The network of a folder of weights, by default the shipped ones. threads: for one article at a time."""
    return Network.load(path or WEIGHTS, threads)
