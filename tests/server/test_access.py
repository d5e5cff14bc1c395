"""Who may ask: each check on every path and method, over real HTTP."""

from __future__ import annotations

import itertools
import subprocess
import sys
from typing import Any

import pytest
from conftest import Server

EVERYWHERE = list(
    itertools.product(
        ["GET", "POST", "OPTIONS", "PUT", "HEAD"],
        [
            "/",
            "/docs",
            "/healthz",
            "/readyz",
            "/metrics",
            "/v1/analyze",
            "/v1/analyze/batch",
            "/v1/openapi.json",
            "/none",
        ],
    )
)
CHROME = "chrome-extension://" + "abcdefghijklmnop" * 2
FIREFOX = "moz-extension://8d2a4a5c-5b0e-4c1b-9f7e-2f1d3c4b5a69"


def refused_everywhere(server: Server, **headers: str) -> None:
    for method, path in EVERYWHERE:
        got = server.ask(method, path, **headers)
        assert got.status == 403, (method, path, headers)
        assert got.headers["content-type"] == "application/problem+json"
        assert not [name for name in got.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:{port}", ""]
)
def test_foreign_hosts(stand_in: Server, host: str) -> None:
    refused_everywhere(stand_in, Host=host.format(port=stand_in.port))


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LOCALHOST:{port}"])
def test_our_hosts(stand_in: Server, host: str) -> None:
    assert stand_in.ask("GET", "/healthz", Host=host.format(port=stand_in.port)).status == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "",
        "http://127.0.0.1:1",
        "http://localhost",
        "https://127.0.0.1:{port}",
        "file://",
        "chrome-extension://evil",
        "moz-extension://evil.example",
        CHROME + ".evil.example",
    ],
)
def test_foreign_origins(stand_in: Server, origin: str) -> None:
    refused_everywhere(stand_in, Origin=origin.format(port=stand_in.port))


@pytest.mark.parametrize("origin", [CHROME, FIREFOX, "http://127.0.0.1:{port}"])
def test_our_origins(stand_in: Server, origin: str) -> None:
    got = stand_in.analyze("hello", Origin=origin.format(port=stand_in.port))
    assert got.status == 200
    assert not [name for name in got.headers if name.startswith("access-control")]


def test_preflights_get_nothing(stand_in: Server) -> None:
    headers = {"Origin": "https://evil.example", "Access_Control_Request_Method": "POST"}
    got = stand_in.ask("OPTIONS", "/v1/analyze", **headers, Access_Control_Request_Private_Network="true")
    assert got.status == 403
    assert not [name for name in got.headers if name.startswith("access-control")]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_fetch_site(stand_in: Server, site: str) -> None:
    refused_everywhere(stand_in, Sec_Fetch_Site=site)
    refused_everywhere(stand_in, Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe")
    visit = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    for method, path in EVERYWHERE:
        allowed = method == "GET" and path in ("/", "/docs")
        assert (stand_in.ask(method, path, **visit).status == 403) is not allowed, (method, path)


def test_every_answer_carries_the_headers(stand_in: Server) -> None:
    for method, path in EVERYWHERE:
        got = stand_in.ask(method, path)
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["cross-origin-resource-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in got.headers["content-security-policy"]
        assert got.headers["cache-control"] == "no-store"
        assert "server" not in got.headers


def test_token(start: Any) -> None:
    server = start("--engine", "stand_in", "--token", "a-long-enough-secret")
    server_ask = server.ask
    for method, path in EVERYWHERE:
        got = server_ask(method, path)
        assert got.status == 401, (method, path)
        assert got.headers["content-type"] == "application/problem+json"
        assert "Bearer" in got.headers["www-authenticate"]
    for wrong in ["Bearer a-long-enough-secreT", "Bearer", "Basic !", "Bearer é", "Digest x=1"]:
        assert server_ask("GET", "/healthz", Authorization=wrong).status == 401
    assert server_ask("GET", "/healthz", Authorization="Bearer a-long-enough-secret").status == 200
    assert server_ask("GET", "/healthz", Authorization="Basic OmEtbG9uZy1lbm91Z2gtc2VjcmV0").status == 200


def test_beyond_loopback_it_wants_a_token_to_start() -> None:
    command = [sys.executable, "-m", "provenance.cli", "serve", "--port", "0", "--host", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert "token" in done.stderr
