"""The word table that the networks share: what each word piece is before its neighbours are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Words:
    """In eight bits, each piece with its own scale. The file is mapped, not read: processes share its pages."""

    def __init__(self, folder: Path) -> None:
        self._table: npt.NDArray[np.int8] = np.load(folder / "words.npy", mmap_mode="r")
        self._scales: Floats = np.load(folder / "scales.npy")

    def vectors(self, ids: Ints) -> Floats:
        """(pieces,) to (pieces, width)."""
        found: Floats = self._table[ids] * self._scales[ids][:, None]
        return found
