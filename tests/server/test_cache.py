"""The cache: what is kept, for how long, how much, and what happens when it fails."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from provenance_server.cache import DAY, Disk, key_of
from provenance_server.jobs import Job


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_kept_over_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "answers.sqlite"
    cache = Disk(file, size=10_000)
    cache.put(b"key", b"answer")
    cache.close()
    assert Disk(file, size=10_000).get(b"key") == b"answer"
    assert Disk(file, size=10_000).get(b"other") is None


def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        cache = Disk(tmp_path / "folder" / "answers.sqlite", size=10_000)
        cache.put(b"key", b"answer")
    finally:
        os.umask(old)
    for file in (tmp_path / "folder").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700


def test_expires_and_survives_a_jump_of_the_clock(tmp_path: Path) -> None:
    clock, file = Clock(), tmp_path / "answers.sqlite"
    cache = Disk(file, size=10_000, age=DAY, clock=clock)
    cache.put(b"key", b"answer")
    clock.now += DAY - 1
    assert cache.get(b"key") == b"answer"
    clock.now -= 2 * DAY
    assert cache.get(b"key") is None  # an entry from the future
    clock.now += 4 * DAY
    assert cache.get(b"key") is None
    cache.close()
    assert Disk(file, size=10_000, age=DAY, clock=clock).get(b"key") is None
    (left,) = sqlite3.connect(file).execute("SELECT count(*) FROM answers").fetchone()
    assert left == 0


def test_bounded(tmp_path: Path) -> None:
    clock, file = Clock(), tmp_path / "answers.sqlite"
    cache = Disk(file, size=100_000, clock=clock)
    for number in range(60):
        clock.now += 1
        cache.put(b"%d" % number, os.urandom(10_000))
    held = [number for number in range(60) if cache.get(b"%d" % number)]
    assert held == list(range(51, 60))  # the newest that fit
    cache.close()
    assert file.stat().st_size < 200_000


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    errors: list[int] = []
    file = tmp_path / "answers.sqlite"
    file.write_bytes(b"no database" * 1000)
    cache = Disk(file, size=10_000, on_error=lambda: errors.append(1))
    cache.put(b"key", b"answer")
    assert cache.get(b"key") == b"answer"
    assert errors


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small file system needs root")
def test_a_full_disk_is_a_miss(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this system does not let us mount")
    try:
        errors: list[int] = []
        cache = Disk(tmp_path / "answers.sqlite", size=10_000_000, on_error=lambda: errors.append(1))
        cache.put(b"small", b"answer")
        for number in range(40):
            cache.put(b"%d" % number, os.urandom(20_000))
        assert errors
        assert cache.get(b"small") == b"answer"
        assert cache.get(b"39") is None
        cache.close()
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_keys_differ_by_all_that_the_answer_depends_on() -> None:
    page = Job("html", "x", "https://a.example/", "A")
    others = [
        Job("text", "x", "https://a.example/", "A"),
        Job("html", b"x", "https://a.example/", "A"),
        Job("html", "y", "https://a.example/", "A"),
        Job("html", "x", "https://b.example/", "A"),
        Job("html", "x", "https://a.example/", "B"),
        Job("html", "x", None, "A"),
        Job("html", "x", "https://a.example/", "A", ({"code": "replaced-bytes"},)),
    ]
    keys = [key_of(job, "1") for job in [page, *others]] + [key_of(page, "2")]
    assert len(set(keys)) == len(keys)
    assert key_of(Job("html", "x", "https://a.example/", "A"), "1") == keys[0]


def test_over_http(start: Any, tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    server = start("--engine", "stand_in", "--cache", str(file))
    first = server.analyze("<p>secret words</p>")
    again = server.analyze("<p>secret words</p>")
    assert (first.headers["cache-status"], again.headers["cache-status"]) == ("provenance; fwd=miss", "provenance; hit")
    assert again.body == first.body
    other = server.analyze("<p>secret words</p>", "?publisher=P")
    assert other.headers["cache-status"] == "provenance; fwd=miss"
    fresh = server.analyze("<p>secret words</p>", Cache_Control="no-cache")
    assert fresh.headers["cache-status"] == "provenance; fwd=request"


def test_no_store_leaves_no_trace(start: Any, tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    server = start("--engine", "stand_in", "--cache", str(file), "--log-level", "debug")
    before = server.log.read_text()
    kept = sqlite3.connect(file)
    for _ in range(2):
        got = server.analyze("<p>secret words</p>", "?url=https://a.example/secret", Cache_Control="no-store")
        assert got.headers["cache-status"] == "provenance; fwd=request"
    assert kept.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    assert server.log.read_text() == before


def test_a_switch_to_store_nothing(start: Any, tmp_path: Path) -> None:
    server = start("--engine", "stand_in", "--cache", "off", XDG_CACHE_HOME=str(tmp_path / "cache"))
    server.analyze("hello")
    server.analyze("hello")
    assert not (tmp_path / "cache").exists()
