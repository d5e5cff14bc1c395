"""A real server on a free loopback port, in a process of its own, for the tests of this folder."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Server:
    """`provenance serve` with `options`, its log in a file; `ask` sends one request over a connection of its own."""

    def __init__(self, log: Path, *options: str, environment: dict[str, str] | None = None) -> None:
        self.log = log
        self.headers = (
            {"Authorization": f"Bearer {options[options.index('--token') + 1]}"} if "--token" in options else {}
        )
        environment = {"PYTHONPATH": str(HERE), **os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})}
        if "--cache" not in options:
            options = (*options, "--cache", "off")
        command = [sys.executable, "-m", "provenance.cli", "serve", "--port", "0", *options]
        with log.open("wb") as file:
            self.process = subprocess.Popen(command, stderr=file, stdout=file, env=environment, cwd=log.parent)
        self.port = self._port()

    def _port(self) -> int:
        for _ in range(600):
            if found := re.search(r"http://[^/]*:(\d+)/", self.log.read_text()):
                return int(found[1])
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"the server did not start: {self.log.read_text()}")

    def wait(self, seconds: float = 60) -> Server:
        """Until it is ready."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if self.ask("GET", "/readyz", **self.headers).status == 200:
                    return self
            time.sleep(0.05)
        raise AssertionError(f"the server was not ready after {seconds} s: {self.log.read_text()}")

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, timeout: float = 60, **headers: str
    ) -> Answer:
        """Header names are given with `_` for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body.encode() if isinstance(body, str) else body, names)
            response = connection.getresponse()
            got = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, got, response.read())
        finally:
            connection.close()

    def analyze(self, html: str | bytes, query: str = "", **headers: str) -> Answer:
        return self.ask("POST", "/v1/analyze" + query, html, **{"Content_Type": "text/html", **headers})

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    """Starts servers that end with the test: `start("--workers", "2")`."""
    running: list[Server] = []

    def start(*options: str, **environment: str) -> Server:
        server = Server(tmp_path / f"server{len(running)}.log", *options, environment=environment)
        running.append(server)
        return server.wait()

    yield start
    for server in running:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the engine that misbehaves on command, with a deadline of two seconds."""
    options = ["--engine", "stand_in", "--deadline", "2", "--memory-mb", "300", "--body-mb", "1", "--batch-mb", "2"]
    server = Server(tmp_path_factory.mktemp("stand_in") / "log", *options).wait()
    yield server
    server.process.kill()
    server.process.wait()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the real engine, with two workers."""
    server = Server(tmp_path_factory.mktemp("real") / "log", "--workers", "2").wait()
    yield server
    server.process.kill()
    server.process.wait()
