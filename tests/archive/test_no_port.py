"""The embedded job listens nowhere: nothing of this machine can talk to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_pages import page

Corpus = Callable[..., "subprocess.Popen[bytes]"]
LISTENING = "0A"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


def listening() -> set[str]:
    """The inodes of all TCP sockets of this network namespace that listen, and of UDP ones that are bound."""
    found = set()
    for name in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTENING or name.startswith("udp"):
                found.add(fields[9])
    return found


def tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(p for child in children for p in tree(int(child)))]


def sockets(pid: int) -> set[str]:
    found = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            to = os.readlink(link)
        except OSError:  # closed since
            continue
        if to.startswith("socket:["):
            found.add(to[8:-1])
    return found


def test_no_port_is_opened(corpus: Corpus, tmp_path: Path) -> None:
    for n in range(60):
        (tmp_path / f"{n}.html").write_text(page(n, "PLEASE-SLEEP"), "utf-8")
    job = corpus(tmp_path, "--out", tmp_path / "out", "--workers", 2, "--shard-size", 10)
    most = looks = 0
    while job.poll() is None:
        try:
            pids = tree(job.pid)
            open_ = set().union(*(sockets(pid) for pid in pids)) & listening()
        except (OSError, ValueError):  # one of them ended in between
            continue
        assert not open_
        most, looks = max(most, len(pids)), looks + 1
    assert job.returncode == 0
    assert looks > 5
    assert most >= 3  # the job and its two workers were seen


def test_the_look_would_see_one() -> None:
    code = "import socket, time; s = socket.create_server(('127.0.0.1', 0)); print(flush=True); time.sleep(30)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as server:
        assert server.stdout
        server.stdout.readline()
        try:
            assert sockets(server.pid) & listening()
        finally:
            server.kill()
