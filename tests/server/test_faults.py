"""The table of faults (docs/server.md): what happens, what the other clients see, and that nothing accepted is lost."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import Server


@contextlib.contextmanager
def readers(server: Server, pause: float = 0.02) -> Iterator[list[tuple[int, float]]]:
    """Other clients, who ask again and again: the status and the seconds of each answer."""
    seen: list[tuple[int, float]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            began = time.monotonic()
            try:
                status = server.analyze("hello").status
            except (OSError, http.client.HTTPException):
                status = 0
            seen.append((status, time.monotonic() - began))
            time.sleep(pause)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        done.set()
        for thread in threads:
            thread.join()


def all_well(seen: list[tuple[int, float]], slowest: float = 1.5) -> None:
    assert len(seen) >= 4
    assert {status for status, _ in seen} == {200}
    assert max(seconds for _, seconds in seen) < slowest


def workers(server: Server) -> list[int]:
    """The processes that analyse: the grandchildren, forked from the template."""

    def children(pid: int) -> list[int]:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    return [pid for child in children(server.process.pid) for pid in children(child)]


def test_worker_killed_in_mid_request(start: Any) -> None:
    server = start("--engine", "stand_in")
    with readers(server) as seen, ThreadPoolExecutor(1) as threads:
        slow = threads.submit(server.analyze, "SLEEP 0.8")
        time.sleep(0.3)
        for pid in workers(server):
            os.kill(pid, signal.SIGKILL)
        assert slow.result().status == 200
    all_well(seen)


def test_template_killed(start: Any) -> None:
    server = start("--engine", "stand_in")
    for child in Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split():
        if "forkserver" in Path(f"/proc/{child}/cmdline").read_text():
            os.kill(int(child), signal.SIGKILL)
    assert server.analyze("CRASH").status == 422  # so that a new worker is needed
    assert server.wait().analyze("hello").status == 200


def test_client_gone(start: Any) -> None:
    server = start("--engine", "stand_in")
    with readers(server) as seen:
        for _ in range(5):
            connection = http.client.HTTPConnection("127.0.0.1", server.port)
            connection.request("POST", "/v1/analyze", "SLEEP 0.1", {"Content-Type": "text/html"})
            connection.close()
            half = socket.create_connection(("127.0.0.1", server.port))
            half.sendall(b"POST /v1/analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<p>")
            half.close()
            time.sleep(0.1)
    all_well(seen)


def test_slow_clients(start: Any) -> None:
    server = start("--engine", "stand_in", "--idle-seconds", "2", "--queue", "300")
    head = f"POST /v1/analyze HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: text/html\r\n"
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(200)]
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
    with readers(server) as seen:
        for client in slow:
            client.sendall(f"{head}Content-Length: 40\r\n\r\n".encode())
        for _ in range(4):
            time.sleep(0.5)
            for client in slow:
                client.sendall(b"<p>slow   ")
        # who is slow but steady gets an answer, who is silent is sent away
        for client in slow:
            client.settimeout(10)
            assert client.recv(12) == b"HTTP/1.1 200"
            client.close()
        for client in idle:
            client.settimeout(10)
            assert client.recv(1) == b""
            client.close()
    all_well(seen)


def test_a_client_that_does_not_read(start: Any) -> None:
    server = start("--engine", "stand_in", "--idle-seconds", "2")
    body = b"x" * 3_000_000
    head = f"POST /v1/analyze HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: text/html\r\n"
    deaf = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(5)]
    with readers(server) as seen:
        for client in deaf:
            client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        time.sleep(2)
    all_well(seen)
    for client in deaf:
        client.close()


def test_ten_thousand_connections(start: Any) -> None:
    wanted = 10_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted + 500:
        pytest.skip(f"this system allows {hard} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted + 500), hard))
    server = start("--engine", "stand_in", "--idle-seconds", "60")
    held = []
    try:
        for _ in range(wanted):
            held.append(socket.create_connection(("127.0.0.1", server.port), timeout=30))
        began = time.monotonic()
        assert server.analyze("hello").status == 200
        assert time.monotonic() - began < 2
    finally:
        for client in held:
            client.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert server.analyze("hello").status == 200
    assert server.process.poll() is None  # the same process


def test_clock_jump(start: Any, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("0")
    cache = ("--cache", str(tmp_path / "answers.sqlite"))
    path = os.pathsep.join([str(Path(__file__).parent / "jumping_clock"), str(Path(__file__).parent)])
    server = start(
        "--engine", "stand_in", *cache, "--deadline", "4", "--workers", "3", JUMPING_CLOCK=str(clock), PYTHONPATH=path
    )
    used = [server.analyze("hello").headers["cache-status"] for _ in range(2)]
    assert used == ["provenance; fwd=miss", "provenance; hit"]
    with ThreadPoolExecutor(2) as threads:
        for days in (30, -30, 0):
            fine = threads.submit(server.analyze, f"SPIN 0.6 {days}")
            bomb = threads.submit(server.analyze, f"SPIN 60 {days}")
            time.sleep(0.2)
            began = time.monotonic()
            clock.write_text(str(days * 86_400))
            assert server.analyze("hello").status == 200
            assert fine.result().status == 200
            assert bomb.result().status == 422
            assert time.monotonic() - began < 8  # the deadline is of another clock
    assert server.analyze("hello").status == 200
    days = {json.loads(line)["time"][:10] for line in server.log.read_text().splitlines() if line.startswith("{")}
    assert len(days) == 3  # the server's clock did jump


def test_sigterm_under_load(start: Any) -> None:
    server = start("--engine", "stand_in", "--workers", "2", "--queue", "50")
    sent = threading.Barrier(21)

    def ask() -> int:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("POST", "/v1/analyze", "SLEEP 0.1", {"Content-Type": "text/html"})
        sent.wait()
        return connection.getresponse().status

    with ThreadPoolExecutor(20) as threads:
        asked = [threads.submit(ask) for _ in range(20)]
        sent.wait()
        server.process.send_signal(signal.SIGTERM)
        assert {future.result() for future in asked} == {200}
    assert server.process.wait(10) == 0
    with pytest.raises(ConnectionRefusedError):
        server.ask("GET", "/healthz")
    assert json.loads(server.log.read_text().splitlines()[-1]) | {"unanswered": 0}


def test_sigterm_when_idle_is_quick_and_a_second_one_does_not_wait(start: Any) -> None:
    server = start("--engine", "stand_in")
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 3
    server = start("--engine", "stand_in")
    with ThreadPoolExecutor(1) as threads:
        lost = threads.submit(server.analyze, "SLEEP 8")
        time.sleep(0.3)
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(3) != 0
        assert lost.exception() or lost.result().status == 503


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_disk_full_under_the_cache(start: Any, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this system does not let us mount")
    try:
        server = start("--engine", "stand_in", "--cache", str(folder / "answers.sqlite"))
        for number in range(30):
            assert server.analyze(f"{number} {os.urandom(20_000).hex()}").status == 200
        metrics = server.ask("GET", "/metrics").body.decode()
        assert 'provenance_cache_total{result="error"} 0.0' not in metrics
        assert server.stop() == 0
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_the_server_killed_leaves_no_worker(start: Any) -> None:
    server = start("--engine", "stand_in", "--workers", "2")
    before = workers(server)
    assert before
    server.process.kill()
    server.process.wait()
    end = time.monotonic() + 10
    while any(os.path.exists(f"/proc/{pid}") for pid in before):
        assert time.monotonic() < end
        time.sleep(0.05)


class Redis:
    """A redis-server of our own, on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        command = [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.05)
        raise AssertionError("redis-server did not start")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server")
def test_redis_gone_and_back(start: Any, tmp_path: Path) -> None:
    pytest.importorskip("flask_limiter", reason="needs the extra “team”")
    redis = Redis(tmp_path)
    secret = "a-long-enough-secret"
    try:
        options = ("--engine", "stand_in", "--host", "0.0.0.0", "--token", secret, "--rate-limit", "5/minute")
        server = start(*options, "--rate-storage", f"redis://127.0.0.1:{redis.port}")

        def ask() -> Any:
            return server.analyze("hello", Authorization=f"Bearer {secret}")

        assert [ask().status for _ in range(5)] == [200] * 5
        refused = ask()
        assert refused.status == 429
        assert refused.headers["content-type"] == "application/problem+json"
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert server.ask("GET", "/healthz", Authorization=f"Bearer {secret}").status == 200
        redis.stop()
        gone = [ask() for _ in range(7)]
        assert [answer.status for answer in gone] == [200] * 5 + [429] * 2  # counted in this process meanwhile
        redis.start()
        end = time.monotonic() + 40
        while ask().status != 200:  # counted in Redis again, which has forgotten
            assert time.monotonic() < end
            time.sleep(0.5)
    finally:
        redis.stop()
