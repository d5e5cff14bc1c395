"""Limits by client: only beyond loopback, and forwarded addresses only from a configured proxy."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Server

SECRET = "a-long-enough-secret"
BEYOND = ("--engine", "stand_in", "--host", "0.0.0.0", "--token", SECRET, "--rate-limit", "3/minute")


def ask(server: Server, client: str) -> int:
    headers = {"Authorization": f"Bearer {SECRET}", "X_Forwarded_For": client, "X_Forwarded_Host": "evil.example"}
    return server.analyze("hello", **headers).status


def test_no_limit_on_loopback(stand_in: Server) -> None:
    assert {stand_in.analyze("hello").status for _ in range(150)} == {200}


def test_a_client_cannot_choose_its_address(start: Any) -> None:
    pytest.importorskip("flask_limiter", reason="needs the extra “team”")
    server = start(*BEYOND)
    assert [ask(server, f"192.0.2.{number}") for number in range(5)] == [200, 200, 200, 429, 429]


def test_a_configured_proxy_says_who_asks(start: Any) -> None:
    pytest.importorskip("flask_limiter", reason="needs the extra “team”")
    server = start(*BEYOND, "--trusted-proxy", "127.0.0.1")
    assert [ask(server, f"192.0.2.{number}") for number in range(5)] == [200] * 5
    assert [ask(server, "192.0.2.1") for _ in range(3)] == [200, 200, 429]
