"""The progress bar: how much of the input is read, pages a second, time left, rejects."""

from __future__ import annotations

import time
from typing import Any

from tqdm import tqdm

from provenance.archive.inputs import Input
from provenance.archive.record import Record


class Bar:
    """Counts bytes of input (its length is known before it is read, the number of pages is not)."""

    def __init__(self, inputs: list[Input], quiet: bool) -> None:
        self._share = {i.name: 1 / max(1, i.size) / len(inputs) for i in inputs}
        form = "{percentage:5.1f} %|{bar}| {elapsed}, {remaining} left {postfix}"
        self._bar: Any = tqdm(total=1.0, bar_format=form, disable=quiet, mininterval=0.5)
        self._ends: dict[str, int] = {}
        self._pages = self._rejects = 0
        self._began = time.monotonic()

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def step(self, record: Record, problem: str | None) -> None:
        """`problem`: why it was rejected; `done`: an earlier run has done it."""
        self._pages += problem != "done"
        self._rejects += problem not in (None, "done")
        before = self._ends.get(record.input, 0)
        if record.end > before:
            self._ends[record.input] = record.end
            self._bar.update(min(1 - self._bar.n, (record.end - before) * self._share[record.input]))
        rate = self._pages / max(1e-9, time.monotonic() - self._began)
        self._bar.set_postfix_str(f"{self._pages} records, {rate:.1f}/s, {self._rejects} rejects", refresh=False)
