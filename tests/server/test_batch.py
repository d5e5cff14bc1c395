"""Batches: lines in, lines out, in order, as they are done."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any

from conftest import Server

NDJSON = {"Content_Type": "application/x-ndjson"}


def lines(*requests: object) -> bytes:
    return b"".join(r if isinstance(r, bytes) else json.dumps(r).encode() + b"\n" for r in requests)


def test_in_order_with_one_line_for_each(stand_in: Server) -> None:
    body = lines(
        {"html": "SLEEP 0.2 one"}, {"html": "two"}, b"{broken\n", b"\n", {"html": "NONE"}, {"text": "five"}, b"[]"
    )
    got = stand_in.ask("POST", "/v1/analyze/batch", body, **NDJSON)
    assert got.status == 200
    assert got.headers["content-type"] == "application/x-ndjson"
    found = [json.loads(line) for line in got.body.splitlines()]
    assert [(line["line"], line["status"]) for line in found] == [
        (1, 200),
        (2, 200),
        (3, 400),
        (5, 422),
        (6, 200),
        (7, 400),
    ]
    assert found[0]["analysis"]["text"] == "SLEEP 0.2 one"
    assert found[3]["problem"]["type"].endswith("/no-article")


def test_bombs_crashes_and_giants_cost_their_line_only(stand_in: Server) -> None:
    body = lines(
        {"html": "SLEEP 60"}, {"html": "CRASH"}, {"html": "x" * 1_100_000}, {"html": "RAISE"}, {"html": "fine"}
    )
    got = stand_in.ask("POST", "/v1/analyze/batch", body, **NDJSON)
    assert [json.loads(line)["status"] for line in got.body.splitlines()] == [422, 422, 413, 500, 200]


def test_streams(stand_in: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", stand_in.port)
    body = lines({"html": "one"}, *[{"html": "SLEEP 0.5"}] * 4)
    began = time.monotonic()
    connection.request("POST", "/v1/analyze/batch", body, {"Content-Type": "application/x-ndjson"})
    response = connection.getresponse()
    assert json.loads(response.readline())["line"] == 1
    first = time.monotonic() - began
    rest = response.read().splitlines()
    assert len(rest) == 4
    assert first < (time.monotonic() - began) / 2


def test_readers_are_served_beside_a_batch(stand_in: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", stand_in.port)
    connection.request(
        "POST", "/v1/analyze/batch", lines(*[{"html": "SLEEP 0.2"}] * 12), {"Content-Type": "application/x-ndjson"}
    )
    began = time.monotonic()
    assert stand_in.analyze("hello").status == 200
    assert time.monotonic() - began < 1
    assert len(connection.getresponse().read().splitlines()) == 12


def test_errors_of_the_whole(stand_in: Server) -> None:
    ask: Any = stand_in.ask
    assert ask("POST", "/v1/analyze/batch", b"{}", Content_Type="application/json").status == 415
    assert ask("POST", "/v1/analyze/batch", b"", **NDJSON).status == 400
    assert ask("POST", "/v1/analyze/batch", b"x" * 2_000_001, **NDJSON).status == 413
    assert ask("GET", "/v1/analyze/batch").status == 405
