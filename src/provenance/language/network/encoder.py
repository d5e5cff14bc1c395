"""The encoder: word pieces in, one vector for each token out. Always one window at a time."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

# From 1.29 on, ONNX Runtime tells its makers of every session unless this is set before it is imported; and its thread
# for that would make forking unsafe (provenance_server.template).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

from provenance.language.network.mentions import Span
from provenance.language.network.pieces import Pieces
from provenance.language.network.words import Words

Floats = npt.NDArray[np.float32]


def session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused kernel is three times slower than its parts
    )


class Encoder:
    """An eight-bit BERT in ONNX. Activations are scaled by the window, so a window is never padded nor batched."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """folder: with `encoder.onnx` and the word table."""
        self._session, self._words = session(folder / "encoder.onnx", threads), Words(folder)

    def read(self, pieces: Pieces, windows: list[Span]) -> tuple[Floats, Floats]:
        """For each token of the windows the vector of its first piece, and what `heads.Scores` says of it."""
        rows, scores = [], []
        for begin, end in windows:
            ids, first = pieces.window(begin, end)
            x, y = self._session.run(["vectors", "scores"], {"words": self._words.vectors(ids)[None]})
            rows.append(x[0][first])
            scores.append(y[0][first])
        return np.concatenate(rows), np.concatenate(scores)
