"""The job on one machine: records in, shards out; what is written stays, what is missing is done again.

A shard is a run of records of one input, by number. Its folder appears under its name when it is whole, by one rename,
so the folders themselves are the record of what is done: there is no other list that could disagree with them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from provenance.archive.inputs import Input
from provenance.archive.record import Record
from provenance.archive.tables import write_shard
from provenance.archive.workers import Outcome, Workers


class OtherJob(ValueError):
    """The output folder belongs to a job with other inputs or settings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a job's rows depend on; a folder of output belongs to one such set."""

    engine: str = "provenance:analyze"
    shard_size: int = 200
    deadline: float = 60.0


@dataclass(frozen=True, slots=True)
class Shard:
    """Records `first` to `first + size` of an input; `position` is where the first of them is read."""

    source: Input
    first: int
    position: int

    def folder(self, out: Path) -> Path:
        safe = "".join(c if c.isalnum() or c in "._-" else "~" for c in self.source.name)
        return out / "shards" / f"{safe}@{self.first:09d}"


@dataclass(slots=True)
class _Open:
    """A shard on the way: what is still out, and what has come back."""

    shard: Shard
    numbers: set[int] = field(default_factory=set)
    outcomes: list[Outcome] = field(default_factory=list)
    whole: bool = False  # all its records have been read


Progress = Callable[[Record, str | None], None]


def open_job(out: Path, inputs: list[Input], settings: Settings) -> None:
    """Makes the output folder, or checks that it is of the same job. Raises `OtherJob`."""
    described: dict[str, Any] = {
        "settings": asdict(settings),
        "inputs": [{"name": i.name, "format": i.format, "size": i.size} for i in inputs],
    }
    file = out / "job.json"
    if file.exists():
        if json.loads(file.read_text("utf-8")) != described:
            raise OtherJob(
                f"{out} holds another job (see {file}): choose another --out, or the same inputs and settings"
            )
    else:
        (out / "shards").mkdir(parents=True, exist_ok=True)
        aside = out / f".job.{os.getpid()}"
        aside.write_text(json.dumps(described, indent=1), "utf-8")
        aside.rename(file)


def sweep(out: Path) -> None:
    """Removes shards that were being written when an earlier run was killed."""
    for left in (out / "shards").glob(".*"):
        shutil.rmtree(left)


def run(out: Path, inputs: list[Input], settings: Settings, workers: Workers, progress: Progress) -> None:
    """Does all shards that are not there yet. Call after `open_job`."""
    opened: deque[_Open] = deque()
    index: dict[tuple[str, int], _Open] = {}

    def stream() -> Iterator[Record]:
        for source in inputs:
            current: _Open | None = None
            for record in source.read():
                first = record.number - record.number % settings.shard_size
                if current is None or current.shard.first != first:
                    if current:
                        current.whole = True
                    current = _Open(Shard(source, first, record.position))
                    if current.shard.folder(out).exists():
                        current.whole = True
                    else:
                        opened.append(current)
                        index[source.name, first] = current
                if (source.name, first) not in index:
                    progress(record, "done")
                    continue
                current.numbers.add(record.number)
                yield record
            if current:
                current.whole = True

    for outcome in workers.analyze(stream()):
        record = outcome.record
        key = (record.input, record.number - record.number % settings.shard_size)
        shard = index[key]
        shard.numbers.discard(record.number)
        shard.outcomes.append(_light(outcome))
        progress(record, outcome.problem[0] if outcome.problem else None)
        _finish(out, opened, index)
    _finish(out, opened, index)


def _finish(out: Path, opened: deque[_Open], index: dict[tuple[str, int], _Open]) -> None:
    for shard in [o for o in opened if o.whole and not o.numbers]:
        write_shard(shard.shard.folder(out), shard.outcomes)
        opened.remove(shard)
        del index[shard.shard.source.name, shard.shard.first]


def _light(outcome: Outcome) -> Outcome:
    """Without the page itself, which is not needed any more."""
    r = outcome.record
    return Outcome(Record(r.input, r.number, r.position, url=r.url), outcome.answer, outcome.problem)


def plan(inputs: list[Input], out: Path, settings: Settings) -> Iterator[Shard]:
    """The shards that are not there yet, found by reading through the inputs (for a cluster, which hands them out)."""
    for source in inputs:
        for record in source.read():
            if record.number % settings.shard_size == 0:
                shard = Shard(source, record.number, record.position)
                if not shard.folder(out).exists():
                    yield shard


def do_shard(shard: Shard, out: Path, settings: Settings, workers: Workers) -> tuple[int, int]:
    """Analyses one shard and writes it; returns how many records and rejects it has. Done already: does nothing."""
    if shard.folder(out).exists():
        return 0, 0
    records = shard.source.read(shard.position, shard.first)
    mine = (r for _, r in zip(range(settings.shard_size), records, strict=False))
    outcomes = [_light(outcome) for outcome in workers.analyze(mine)]
    write_shard(shard.folder(out), outcomes)
    return len(outcomes), sum(outcome.problem is not None for outcome in outcomes)
