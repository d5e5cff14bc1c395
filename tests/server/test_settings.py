"""Settings: where they come from, what wins, what is refused; and the table that documents them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Server

from provenance_server.settings import Settings, SettingsError, load

ROOT = Path(__file__).parents[2]


def test_the_command_line_wins_over_the_environment_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text('workers = 2\nqueue = 3\ndeadline = 4\nallowed_hosts = ["a.example"]\n')
    environment = {"PROVENANCE_QUEUE": "5", "PROVENANCE_DEADLINE": "6", "PROVENANCE_CONFIG": str(file)}
    got = load({"deadline": "7", "host": None}, environment=environment)
    assert (got.workers, got.queue, got.deadline, got.port) == (2, 5, 7, 8377)
    assert got.allowed_hosts == ["a.example"]
    listed = load({}, environment={"PROVENANCE_ALLOWED_HOSTS": "a.example, b.example"})
    assert listed.allowed_hosts == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"port": "70000"}, "port"),
        ({"workers": "none"}, "workers"),
        ({"deadline": "0"}, "deadline"),
        ({"log_level": "loud"}, "log_level"),
        ({"token": "short"}, "token"),
        ({"host": "0.0.0.0"}, "token"),
        ({"host": "::"}, "token"),
        ({"host": "192.0.2.1"}, "token"),
        ({"host": "news.example"}, "token"),
    ],
)
def test_refused_with_the_name_of_the_setting(given: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=f"^{named}"):
        load(given, environment={})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]"])
def test_loopback_needs_no_token(host: str) -> None:
    assert load({"host": host}, environment={}).loopback


def test_a_file_that_cannot_be_read_or_has_an_unknown_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read"):
        load({}, environment={}, file=tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("workers = ")
    with pytest.raises(SettingsError, match="not TOML"):
        load({}, environment={}, file=tmp_path / "bad.toml")
    (tmp_path / "odd.toml").write_text("wrokers = 1")
    with pytest.raises(SettingsError, match="wrokers"):
        load({}, environment={}, file=tmp_path / "odd.toml")


def test_the_table_in_the_docs_is_true() -> None:
    text = (ROOT / "docs" / "server.md").read_text()
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, []) else f"`{field.default}`"
        assert f"| `{name}` | {default} | {field.description} |" in text, name


def test_a_taken_port_is_exit_6(stand_in: Server) -> None:
    command = [sys.executable, "-m", "provenance.cli", "serve", "--port", str(stand_in.port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 6
    assert str(stand_in.port) in done.stderr


def test_a_wrong_setting_is_exit_2() -> None:
    for options in (["--workers", "0"], ["--host", "0.0.0.0", "--token", "x" * 16, "--rate-limit", "often"]):
        command = [sys.executable, "-m", "provenance.cli", "serve", "--port", "0", *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == 2
        assert f"provenance serve: {options[-2].lstrip('-').replace('-', '_')}" in done.stderr


def test_the_probe_of_a_container(stand_in: Server) -> None:
    def probe(port: int) -> int:
        command = [sys.executable, "-m", "provenance_server.probe"]
        environment = {"PROVENANCE_PORT": str(port), "PATH": ""}
        return subprocess.run(command, env=environment, capture_output=True, timeout=30, check=False).returncode

    assert probe(stand_in.port) == 0
    assert probe(1) == 1
