"""One worker process, seen from the parent: a job in, a reply out, and what the watch needs to know."""

from __future__ import annotations

import contextlib
import json
import os
import time
from multiprocessing.context import ForkServerContext, SpawnContext

from provenance_server import child
from provenance_server.jobs import Job, Reply

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Lost(Exception):
    """The worker ended before it answered."""


class Untaken(Lost):
    """The worker ended before it took the job, which has nothing to do with it."""


class Worker:
    """A process with the engine loaded. One job at a time.

    `until`: when the present job must be done, on the monotonic clock, None while idle. `late`: the job has run for
    longer than most, so that another worker stands in. `cause`: why the watch ended this worker.
    """

    def __init__(self, context: ForkServerContext | SpawnContext, engine: str, memory: int) -> None:
        self._connection, theirs = context.Pipe()
        forked = context.get_start_method() == "forkserver"
        self._process = context.Process(target=child.serve, args=(theirs, engine, memory, forked), daemon=True)
        self._process.start()
        theirs.close()
        self.pid = self._process.pid or 0
        self.began = 0.0
        self.until: float | None = None
        self.late = False
        self.cause: str | None = None
        self.jobs = 0

    def first_word(self, timeout: float) -> Reply:
        """What the process says once it has loaded: `ready`, or why it never will be."""
        if not self._connection.poll(timeout):
            return Reply("broken", facts={"error": f"the engine was not ready after {timeout:.0f} s"})
        try:
            return self._receive()
        except Lost:
            return Reply("broken", facts={"error": "the worker ended while it loaded the engine"})

    def ask(self, job: Job) -> Reply:
        """Blocks until the reply is there, or raises `Lost` when the process ends, by the watch or by itself."""
        self.jobs += 1
        try:
            self._connection.send(job)
            self._connection.recv_bytes()  # the receipt
        except (EOFError, OSError):
            raise Untaken from None
        return self._receive()

    def _receive(self) -> Reply:
        try:
            said = json.loads(self._connection.recv_bytes())
            return Reply(said["kind"], self._connection.recv_bytes(), said["facts"])
        except (EOFError, OSError, ValueError, KeyError):
            raise Lost from None

    def alive(self) -> bool:
        return self._process.is_alive()

    def memory(self) -> int:
        """Resident bytes; 0 where the system does not say."""
        try:
            with open(f"/proc/{self.pid}/statm", "rb") as file:
                return int(file.read().split()[1]) * PAGE
        except (OSError, IndexError):
            return 0

    def kill(self) -> None:
        """Ends the process at once, whatever it does."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def discard(self) -> None:
        """Ends the process and frees what the parent holds for it."""
        self.kill()
        self._connection.close()
        self._process.join(5)

    def start_clock(self, until: float) -> None:
        self.began, self.until = time.monotonic(), until

    def stop_clock(self) -> None:
        self.until = None
