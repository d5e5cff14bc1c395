"""Workers that hang, grow, crash or are killed, and what the others see of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from provenance_server.jobs import Job
from provenance_server.pool import Busy, Pool, Starting, TooSlow

DEADLINE = 3.0


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    monkeypatch.syspath_prepend(os.path.dirname(__file__))
    pool = Pool("stand_in", workers=2, queue=4, deadline=DEADLINE, memory=200_000_000)
    pool.start()
    wait_for(lambda: pool.alive == 2)
    yield pool
    pool.close()


def wait_for(true: object, seconds: float = 30) -> None:
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)


def timed(pool: Pool, text: str) -> tuple[str, float]:
    began = time.monotonic()
    try:
        outcome = pool.analyse(Job("html", text)).kind
    except (Busy, Starting, TooSlow) as error:
        outcome = f"{type(error).__name__} {getattr(error, 'cause', '')}".strip()
    return outcome, time.monotonic() - began


def test_past_the_deadline_the_worker_is_killed_and_replaced(pool: Pool) -> None:
    before = set(pool.pids())
    outcome, seconds = timed(pool, "SPIN 60")
    assert outcome == "TooSlow deadline"
    assert DEADLINE - 0.1 <= seconds < DEADLINE + 2
    wait_for(lambda: pool.alive == 2)
    assert set(pool.pids()) != before
    assert timed(pool, "hello")[0] == "answer"


def test_past_its_memory_a_worker_is_killed(pool: Pool) -> None:
    assert timed(pool, "GROW 5000")[0] == "TooSlow memory"


def test_a_crash_is_tried_again_once(pool: Pool) -> None:
    lost: list[str] = []
    pool.on_lost = lost.append
    assert timed(pool, "CRASH")[0] == "TooSlow crash"
    assert lost == ["crash", "crash"]
    assert timed(pool, "hello")[0] == "answer"


def test_a_worker_killed_from_outside_costs_no_answer(pool: Pool) -> None:
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(timed, pool, "SLEEP 0.4")
        wait_for(lambda: pool.busy == 1)
        for worker in list(pool._staff):
            if worker.until is not None:
                os.kill(worker.pid, signal.SIGKILL)
        assert waiting.result()[0] == "answer"


def test_an_idle_worker_killed_from_outside_is_not_used(pool: Pool) -> None:
    for _ in range(5):
        for pid in pool.pids():
            os.kill(pid, signal.SIGKILL)
        assert timed(pool, "hello")[0] == "answer"
        wait_for(lambda: pool.alive == 2)


def test_workers_dead_but_not_yet_known_to_be_cost_no_try(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    for worker in list(pool._staff):
        monkeypatch.setattr(worker, "alive", lambda: True)  # as it is until their parent has waited for them
        os.kill(worker.pid, signal.SIGKILL)
    assert timed(pool, "hello")[0] == "answer"


def test_as_many_bombs_as_workers_keep_nobody_waiting(pool: Pool) -> None:
    with ThreadPoolExecutor(4) as threads:
        bombs = [threads.submit(timed, pool, "SLEEP 60") for _ in range(2)]
        wait_for(lambda: pool.busy == 2)
        outcome, seconds = timed(pool, "hello")
        assert outcome == "answer"
        assert seconds < DEADLINE / 2 + 0.5  # patience, and not the deadline
        assert [bomb.result()[0] for bomb in bombs] == ["TooSlow deadline"] * 2
    wait_for(lambda: pool.alive == 2)


def test_a_stopped_worker_does_not_hang_its_request(pool: Pool) -> None:
    pids = pool.pids()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    outcome, seconds = timed(pool, "x" * 5_000_000)  # more than the pipe holds
    assert outcome == "TooSlow deadline"
    assert seconds < DEADLINE + 2


def test_a_full_queue_says_when_to_come_back(pool: Pool) -> None:
    with ThreadPoolExecutor(8) as threads:
        running = [threads.submit(timed, pool, "SLEEP 0.6") for _ in range(2)]
        wait_for(lambda: pool.busy == 2)
        waiting = [threads.submit(timed, pool, "hello") for _ in range(4)]
        wait_for(lambda: pool.waiting == 4)
        assert not pool.ready
        with pytest.raises(Busy) as refused:
            pool.analyse(Job("html", "hello"))
        assert refused.value.retry_after >= 1
        assert {future.result()[0] for future in running + waiting} == {"answer"}
    assert pool.ready


def test_a_patient_job_waits_outside_the_queue(pool: Pool) -> None:
    with ThreadPoolExecutor(8) as threads:
        running = [threads.submit(timed, pool, "SLEEP 0.2") for _ in range(6)]
        wait_for(lambda: pool.waiting == 4)
        assert pool.analyse(Job("html", "hello"), patient=True).kind == "answer"
        assert {future.result()[0] for future in running} == {"answer"}


def test_an_engine_that_cannot_load_is_a_fault_and_no_crash() -> None:
    pool = Pool("no_such_engine")
    pool.start()
    wait_for(lambda: pool.fault is not None)
    assert "no_such_engine" in str(pool.fault)
    assert not pool.ready
    with pytest.raises(Starting):
        pool.analyse(Job("html", "hello"))
    pool.close()


def test_nothing_is_left_behind(pool: Pool) -> None:
    timed(pool, "CRASH")
    wait_for(lambda: pool.alive == 2)
    pids = pool.pids()
    pool.close()
    for pid in pids:
        wait_for(lambda pid=pid: not os.path.exists(f"/proc/{pid}"))
    wait_for(lambda: not [thread for thread in threading.enumerate() if thread.name in ("hire", "watch")])


def test_workers_are_forked_from_a_template(pool: Pool) -> None:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        pytest.skip("this system cannot fork")
    began = time.monotonic()
    pid = pool.pids()[0]
    os.kill(pid, signal.SIGKILL)
    timed(pool, "hello")
    timed(pool, "hello")
    wait_for(lambda: pool.alive == 2 and pid not in pool.pids())
    assert time.monotonic() - began < 5
