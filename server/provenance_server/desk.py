"""Where free workers are handed out: first come, first served, and single requests before batches."""

from __future__ import annotations

import threading
from collections import deque

from provenance_server.worker import Worker


class Full(Exception):
    """As many wait already as may."""


class _Place:
    """One who waits. `worker` is set when it is handed over."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self.worker: Worker | None = None


class Desk:
    """`limit`: how many single requests may wait; batches wait beside them, without number."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._singles: deque[_Place] = deque()
        self._batches: deque[_Place] = deque()
        self._closed = False

    @property
    def waiting(self) -> int:
        """Single requests that wait."""
        return len(self._singles)

    def give(self, worker: Worker) -> None:
        """A worker is free: the first who waits gets it."""
        with self._lock:
            line = self._singles or self._batches
            if not line:
                self._idle.append(worker)
                return
            place = line.popleft()
            place.worker = worker
            place.called.set()

    def take(self, seconds: float | None) -> Worker | None:
        """A free worker; waits for up to `seconds`, or, for one of a batch, None: as long as it takes.

        None after the wait, or when the desk closes. Raises `Full`.
        """
        with self._lock:
            if self._closed:
                return None
            if self._idle and not (self._batches if seconds is None else self._singles):
                return self._idle.pop()
            if seconds is not None and len(self._singles) >= self.limit:
                raise Full
            place = _Place()
            line = self._batches if seconds is None else self._singles
            line.append(place)
        place.called.wait(seconds)
        with self._lock:
            if place in line:
                line.remove(place)
            return place.worker

    def withdraw(self, worker: Worker) -> bool:
        """Takes back an idle worker; False where it is not idle."""
        with self._lock:
            if worker not in self._idle:
                return False
            self._idle.remove(worker)
            return True

    def close(self) -> None:
        """Sends all away who wait."""
        with self._lock:
            self._closed = True
            self._idle.clear()
            for place in (*self._singles, *self._batches):
                place.called.set()
