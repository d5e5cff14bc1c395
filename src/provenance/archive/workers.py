"""The engine in processes of its own, each with a deadline for a page: a page that hangs or crashes costs itself only.

One page at a time for each process, over a pipe. The parent ends a process with SIGKILL when its page is late: nothing
gentler stops a C library in a loop. A process whose parent is gone reads the end of its pipe and exits.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import Any

from provenance.archive.record import Record

STARTING = 600.0  # seconds that loading the engine may take, on a machine busy with other things
PATIENCE = 20  # a page's deadline counts the seconds that its process computes; by the clock it has so many times that
PAGES = 2000  # that a process analyses before a fresh one takes its place: whatever leaks, leaks little


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record: an answer (the contract's object), or a reason and its detail, or neither (no page)."""

    record: Record
    answer: dict[str, Any] | None = None
    problem: tuple[str, str] | None = None


class EngineFailed(RuntimeError):
    """The engine cannot be loaded: no page can be analysed."""


def serve(pipe: Connection, engine: str, memory: int) -> None:
    """The life of a process: load the engine, then answer page after page."""
    _limit(memory)
    try:
        module, _, name = engine.partition(":")
        analyze = getattr(import_module(module), name or "analyze")
        with contextlib.suppress(Exception):  # what it says is no matter: the first page loads the model
            analyze("<html><body><article><p>The mayor said the bridge was safe.</p></article></body></html>")
    except Exception as error:
        pipe.send(("failed", f"{type(error).__name__}: {error}"))
        return
    with contextlib.suppress(EOFError, OSError):  # the parent is gone
        pipe.send(("ready", None))
        while True:
            html, url, publisher = pipe.recv()
            pipe.send(_answer(analyze, html, url, publisher))


def _answer(analyze: Any, html: bytes | str, url: str | None, publisher: str | None) -> tuple[str, Any]:
    try:
        answer = analyze(html, url=url, publisher=publisher)
        return "answer", answer.to_dict() if hasattr(answer, "to_dict") else answer
    except MemoryError:
        return "out-of-memory", "the page needs more memory than a page may"
    except Exception as error:
        return _reason(error), (str(error) or type(error).__name__)[:300]


def _reason(error: Exception) -> str:
    """`NoArticle` → `no-article`; what the engine does not raise on purpose is `engine-error`."""
    known = {"NoArticle": "no-article", "UnsupportedLanguage": "unsupported-language", "UnreadableInput": "unreadable"}
    return known.get(type(error).__name__, "engine-error")


def _limit(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


class _Process:
    """One worker, seen from the parent."""

    def __init__(self, engine: str, memory: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, engine, memory), daemon=True)
        self._process.start()
        theirs.close()
        self.record: Record | None = None
        self.ready = False
        self.pages = 0
        self.until = time.monotonic() + STARTING
        self._last = self._computed = 0.0

    def give(self, record: Record, deadline: float) -> None:
        self.record, self.pages = record, self.pages + 1
        self._computed, now = self.computed(), time.monotonic()
        self.until, self._last = now + deadline, now + deadline * PATIENCE
        with contextlib.suppress(OSError):  # it died since: its pipe says so to whoever reads it next
            self.pipe.send((record.html, record.url, record.publisher))

    def computed(self) -> float:
        """Seconds of processor time so far; the clock where the system does not say."""
        try:
            with open(f"/proc/{self._process.pid}/stat", encoding="ascii") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, IndexError, ValueError):
            return time.monotonic()

    def late(self, deadline: float, now: float) -> bool:
        """Whether its page has had its time; a process that others kept from computing is given the rest of it."""
        if now < self.until:
            return False
        rest = deadline - (self.computed() - self._computed)
        if rest <= 0 or now >= self._last:
            return True
        self.until = min(now + rest, self._last)
        return False

    def end(self) -> None:
        self._process.kill()
        self._process.join(10)
        self._process.close()
        self.pipe.close()


class Workers:
    """A fixed number of processes. Use as a context; `analyze` gives outcomes in whatever order they come."""

    def __init__(
        self, engine: str = "provenance:analyze", count: int = 0, deadline: float = 60.0, memory: int = 8 * 2**30
    ):
        self._engine, self._deadline, self._memory = engine, deadline, memory
        self.count = count or len(os.sched_getaffinity(0))
        self._processes: list[_Process] = []

    def __enter__(self) -> Workers:
        self._processes = [self._start() for _ in range(self.count)]
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.end()
        self._processes = []

    def analyze(self, records: Iterable[Record]) -> Iterator[Outcome]:
        """An outcome for every record; takes no more records from the stream than there are idle processes."""
        stream = iter(records)
        exhausted = False
        while True:
            for process in [p for p in self._processes if p.ready and p.record is None]:
                while not exhausted and process.record is None:
                    record = next(stream, None)
                    if record is None:
                        exhausted = True
                    elif record.html is None:
                        yield Outcome(record, problem=record.problem)
                    else:
                        process.give(record, self._deadline)
            if exhausted and all(p.record is None for p in self._processes):
                return
            yield from self._listen()

    def wait(self) -> None:
        """Until every process has loaded the engine."""
        while not all(p.ready for p in self._processes):
            for _ in self._listen():
                pass

    def _listen(self) -> Iterator[Outcome]:
        busy = {p.pipe: p for p in self._processes if p.record or not p.ready}
        timeout = max(0.0, min(p.until for p in busy.values()) - time.monotonic())
        for pipe in wait(list(busy), timeout):
            yield from self._hear(busy[pipe])  # type: ignore[index]
        now = time.monotonic()
        if any(not p.ready and p.until <= now for p in self._processes):
            raise EngineFailed(f"{self._engine} was not loaded after {STARTING:.0f} s")
        for process in [p for p in self._processes if p.record and p.late(self._deadline, now)]:
            yield from self._lost(process, "too-slow", f"no answer after {self._deadline:g} s of computing")

    def _hear(self, process: _Process) -> Iterator[Outcome]:
        try:
            kind, value = process.pipe.recv()
        except (EOFError, OSError):
            if not process.ready:
                raise EngineFailed(f"the process ended while it loaded {self._engine}") from None
            yield from self._lost(process, "crashed", "the process that analysed it ended")
            return
        if kind == "failed":
            raise EngineFailed(f"{self._engine} cannot be loaded: {value}")
        if kind == "ready":
            process.ready = True
            return
        record, process.record = process.record, None
        if record:
            yield Outcome(record, value) if kind == "answer" else Outcome(record, problem=(kind, value))
        if process.pages >= PAGES:
            self._replace(process)

    def _lost(self, process: _Process, reason: str, detail: str) -> Iterator[Outcome]:
        record = process.record
        self._replace(process)
        if record:
            yield Outcome(record, problem=(reason, detail))

    def _replace(self, process: _Process) -> None:
        process.end()
        self._processes[self._processes.index(process)] = self._start()

    def _start(self) -> _Process:
        return _Process(self._engine, self._memory)
