"""The one object through which the server reaches the engine: worker processes, a bounded queue, and a watch.

A page may hang or exhaust a library written in C, so each runs in a process that can be killed. The watch ends a
worker past its deadline or its memory; the request gets its answer and a new worker is forked from the template
(`template.py`), which stands by as the spare. A worker busy for longer than `PATIENCE` counts as late: another one
stands in for it until it is done, so that as many stuck pages as workers keep nobody else waiting.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, SpawnContext

from provenance_server.desk import Desk, Full
from provenance_server.jobs import Job, Reply
from provenance_server.worker import Lost, Untaken, Worker

PATIENCE = 1.0  # seconds, or a fifth of a shorter deadline; many times what a page of median size takes
MARGIN = 0.05  # seconds before the deadline at which a worker is ended, so that the answer is there in time
TICK, IDLE_TICK = 0.02, 0.2  # seconds between two looks of the watch, while a worker has a page and while none has
LOADING = 60.0  # seconds that loading the engine may take
TRIES = 2  # workers that one job may crash
UNTAKEN = 20  # workers that may end before they take a job; so that a fault of ours is no endless loop
JOBS = 2000  # after so many a worker is replaced: spaCy's vocabulary grows with every new word

log = logging.getLogger("provenance.pool")


class Busy(Exception):
    """The queue is full, or the wait was too long. `retry_after`: seconds after which to try again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


class Starting(Exception):
    """No worker has loaded the engine yet. `fault` says why it cannot, if it cannot."""

    def __init__(self, fault: str | None) -> None:
        super().__init__(fault or "loading")
        self.fault = fault


class TooSlow(Exception):
    """The analysis hit the deadline or the memory limit; `cause`: `deadline`, `memory` or `crash`."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Pool:
    """`workers` processes that analyse with the module `engine`.

    `queue`: how many requests may wait; `deadline`: seconds for one page; `memory`: bytes for one worker.
    `on_lost` may be set; it is told the cause (`deadline`, `memory`, `crash`) of each worker that ended on a job.
    """

    def __init__(
        self,
        engine: str = "provenance",
        *,
        workers: int = 1,
        queue: int = 32,
        deadline: float = 10.0,
        memory: int = 768_000_000,
    ) -> None:
        self.engine, self.workers, self.queue = engine, workers, queue
        self.deadline, self.memory = deadline, memory
        self.patience = min(PATIENCE, deadline / 5)
        self.on_lost: Callable[[str], None] = lambda cause: None
        self.leaving = threading.Event()  # set when the server is to take no more
        self._lock = threading.RLock()  # guards the staff and the clocks of its workers
        self._desk = Desk(queue)
        self._staff: set[Worker] = set()
        self._hiring = 0
        self.identity = ""  # the engine's version, model and lexicon, once a worker is ready
        self._seconds = 0.1  # a running mean of one job's time
        self._fault: str | None = None
        self._begun = False  # whether a worker was ever ready
        self._closed = False
        self._context = _context(engine)

    # What others ask

    def start(self) -> None:
        """Returns at once; `ready` turns true when the first worker has loaded the engine."""
        threading.Thread(target=self._watch, name="watch", daemon=True).start()
        self._fill()

    @property
    def ready(self) -> bool:
        """Whether a request that comes now would be taken."""
        with self._lock:
            return (
                not self._closed
                and not self.leaving.is_set()
                and bool(self._staff)
                and self.waiting < max(1, self.queue)
            )

    @property
    def waiting(self) -> int:
        """Single requests that wait for a worker."""
        return self._desk.waiting

    @property
    def fault(self) -> str | None:
        """Why no worker could start, or None."""
        return self._fault

    @property
    def busy(self) -> int:
        return sum(worker.until is not None for worker in list(self._staff))

    @property
    def alive(self) -> int:
        return len(self._staff)

    def memory_used(self) -> int:
        """Resident bytes of all workers together."""
        return sum(worker.memory() for worker in list(self._staff))

    def pids(self) -> list[int]:
        return [worker.pid for worker in list(self._staff)]

    def analyse(self, job: Job, *, began: float | None = None, patient: bool = False) -> Reply:
        """Runs one job; `began`: when its last byte came, on the monotonic clock.

        A patient job (one of a batch) waits as long as it takes, outside the bounded queue, and its deadline runs from
        its start. A job whose worker ends by itself is given a second try; one that its worker never took, since that
        had been killed from outside, goes to the next.

        Raises `Busy`, `Starting` or `TooSlow`.
        """
        began = time.monotonic() if began is None else began
        tries = untaken = 0
        while tries < TRIES and untaken < UNTAKEN:
            worker = self._take(None if patient else began + self.deadline / 2)
            until = (time.monotonic() if patient else began) + self.deadline - MARGIN
            try:
                reply = self._ask(worker, job, until)
            except Lost as lost:
                self.on_lost(worker.cause or "crash")
                if worker.cause:
                    raise TooSlow(worker.cause) from None
                log.warning("a worker ended by itself", extra={"worker": worker.pid})
                if isinstance(lost, Untaken):
                    untaken += 1
                else:
                    tries += 1
                continue
            if reply.kind == "memory":
                self.on_lost("memory")
                raise TooSlow("memory")
            return reply
        raise TooSlow("crash")

    def close(self) -> None:
        with self._lock:
            self._closed = True
            staff, self._staff = list(self._staff), set()
        self._desk.close()
        for worker in staff:
            worker.discard()

    # Taking a worker and giving it back

    def _take(self, latest: float | None) -> Worker:
        """A free worker; waits for one until `latest`, or as long as it takes."""
        if not self._staff and not self._begun and latest is not None:
            raise Starting(self._fault)
        while True:
            try:
                worker = self._desk.take(None if latest is None else max(0.0, latest - time.monotonic()))
            except Full:
                worker = None
            if worker is None:
                raise Busy(self._retry_after())
            if worker.alive():
                return worker
            self._drop(worker)

    def _retry_after(self) -> int:
        return max(1, math.ceil(self.waiting * self._seconds / self.workers))

    def _ask(self, worker: Worker, job: Job, until: float) -> Reply:
        worker.start_clock(until)
        try:
            reply = worker.ask(job)
        except BaseException:  # lost, or no memory to send it: the worker may hold half a job
            with self._lock:
                worker.stop_clock()
                self._drop(worker)
            raise
        with self._lock:
            self._seconds += 0.05 * (time.monotonic() - worker.began - self._seconds)
            worker.stop_clock()
            if worker.late or worker.cause or worker.jobs >= JOBS or reply.kind == "memory" or self._closed:
                self._drop(worker)
            else:
                self._desk.give(worker)
        return reply

    # Hiring and dismissing

    def _drop(self, worker: Worker) -> None:
        with self._lock:
            self._staff.discard(worker)
        threading.Thread(target=worker.discard, daemon=True).start()
        self._fill()

    def _fill(self) -> None:
        with self._lock:
            late = sum(worker.late for worker in self._staff)
            missing = self.workers + min(late, self.workers) - len(self._staff) - self._hiring
            for _ in range(0 if self._closed else missing):
                self._hiring += 1
                threading.Thread(target=self._hire, name="hire", daemon=True).start()

    def _hire(self) -> None:
        pause = 0.5
        while not self._closed:
            worker: Worker | None = None
            try:
                worker = Worker(self._context, self.engine, self.memory)
                said = worker.first_word(LOADING)
            except (OSError, EOFError) as error:  # no process to be had: out of memory, out of pids
                said = Reply("broken", facts={"error": str(error)})
            if worker and said.kind == "ready":
                with self._lock:
                    self._hiring -= 1
                    self._fault, self._begun = None, True
                    self.identity = said.facts["identity"]
                    if not self._closed:
                        self._staff.add(worker)
                        self._desk.give(worker)
                        return
            if worker:
                worker.discard()
            if said.kind == "threaded":
                log.warning("the engine starts threads: workers are started from scratch", extra=said.facts)
                self._context = multiprocessing.get_context("spawn")
                continue
            self._fault = said.facts.get("error")
            log.error("a worker could not start", extra=said.facts)
            time.sleep(pause)
            pause = min(30, 2 * pause)

    # The watch

    def _watch(self) -> None:
        while not self._closed:
            time.sleep(TICK if self.busy else IDLE_TICK)
            now = time.monotonic()
            for worker in list(self._staff):
                self._look(worker, now)

    def _look(self, worker: Worker, now: float) -> None:
        with self._lock:
            if not worker.alive() and self._desk.withdraw(worker):  # killed from outside
                self._drop(worker)
            if worker.until is None or worker.cause:
                return
            if now >= worker.until:
                worker.cause = "deadline"
            elif worker.memory() > self.memory:
                worker.cause = "memory"
            elif now - worker.began > self.patience and not worker.late:
                worker.late = True
                self._fill()
            if worker.cause:
                worker.kill()


def _context(engine: str) -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")  # Windows
    # Pages are analysed side by side by processes; threads inside them would only make forking unsafe.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    os.environ["PROVENANCE_PRELOAD"] = engine
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["provenance_server.template"])
    return context
