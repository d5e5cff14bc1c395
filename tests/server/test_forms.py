"""The forms of a request, and each error with its status, type and pointer."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

import pytest
from conftest import Answer, Server

JSON = {"Content_Type": "application/json"}


def problem(answer: Answer, status: int, code: str) -> dict[str, Any]:
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json
    assert body["type"].endswith("/" + code)
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def post(server: Server, fields: object, **headers: str) -> Answer:
    return server.ask("POST", "/v1/analyze", json.dumps(fields), **{**JSON, **headers})


def test_html(stand_in: Server) -> None:
    got = stand_in.analyze("<p>Grüße</p>", "?url=https://a.example/x&publisher=The+Daily").json
    assert got["text"] == "<p>Grüße</p>"
    assert got["kind"] == "bytes"  # no charset was given: the page's own counts
    assert got["url"] == "https://a.example/x"
    assert got["publisher"] == "The Daily"


def test_json(stand_in: Server) -> None:
    fields = {"html": "<p>é</p>", "url": None, "publisher": "P", "options": {}, "more": 1}
    got = post(stand_in, fields).json
    assert (got["text"], got["kind"], got["url"], got["publisher"]) == ("<p>é</p>", "str", None, "P")
    assert post(stand_in, {"text": "Plain."}).json["text"] == "Plain."


def test_plain_text(stand_in: Server) -> None:
    got = stand_in.ask("POST", "/v1/analyze?format=text", "Naïve.", Content_Type="text/plain")
    assert got.json["text"] == "Naïve."
    problem(stand_in.ask("POST", "/v1/analyze", "x", Content_Type="text/plain"), 415, "unsupported-media-type")


def test_gzip(stand_in: Server) -> None:
    packed = gzip.compress(b"one") + gzip.compress(b" two")
    assert stand_in.analyze(packed, Content_Encoding="gzip").json["text"] == "one two"


def test_charset_of_http_wins(stand_in: Server) -> None:
    page = "<meta charset=utf-8><p>café</p>".encode("latin-1")
    got = stand_in.analyze(page, Content_Type="text/html; charset=ISO-8859-1").json
    assert "café" in got["text"]
    assert got["warnings"] == []


def test_bytes_that_the_charset_has_not_are_replaced_with_a_warning(stand_in: Server) -> None:
    got = stand_in.analyze(b"caf\xe9", Content_Type="text/html; charset=utf-8").json
    assert got["text"] == "caf\ufffd"
    assert [warning["code"] for warning in got["warnings"]] == ["replaced-bytes"]
    assert stand_in.analyze("\ufffd", Content_Type="text/html; charset=utf-8").json["warnings"] == []


def test_lone_surrogates_count_as_one_code_point(stand_in: Server) -> None:
    got = stand_in.ask("POST", "/v1/analyze", rb'{"html": "a\ud800b\ud83d\ude00"}', **JSON)
    assert got.json["text"] == "a\ufffdb😀"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b"{", None),
        (b"\xff{}", None),
        (b"[" * 100_000, None),
        (b'{"html": ' + b"1" * 5000 + b"}", None),
        (b"[]", ""),
        (b"{}", ""),
        (b'{"html": "x", "text": "y"}', ""),
        (b'{"html": null, "text": null}', ""),
        (b'{"html": 1}', "/html"),
        (b'{"html": ""}', "/html"),
        (b'{"html": "x", "url": {}}', "/url"),
        (b'{"html": "x", "publisher": ["P"]}', "/publisher"),
        (b'{"html": "x", "options": {"sp/e~ed": 1}}', "/options/sp~1e~0ed"),
        (b'{"html": "x", "options": 3}', "/options"),
    ],
)
def test_json_errors_point_at_the_field(stand_in: Server, body: bytes, pointer: str | None) -> None:
    got = problem(stand_in.ask("POST", "/v1/analyze", body, **JSON), 400, "bad-request")
    assert got.get("pointer") == pointer


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"", {}),
        (gzip.compress(b""), {"Content_Encoding": "gzip"}),
        (b"not gzip", {"Content_Encoding": "gzip"}),
        (gzip.compress(b"x" * 1000)[:-9], {"Content_Encoding": "gzip"}),
        (gzip.compress(b"x") + b"tail", {"Content_Encoding": "gzip"}),
        (b"x", {"Content_Type": "text/html; charset=klingon"}),
        (b"x", {"Content_Type": "text/html; charset=base64"}),
        (b"UNREADABLE", {}),
    ],
)
def test_bad_bodies(stand_in: Server, body: bytes, headers: dict[str, str]) -> None:
    problem(stand_in.analyze(body, **headers), 400, "bad-request")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "application/pdf"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": ""},
        {"Content_Encoding": "br"},
        {"Content_Encoding": "gzip, gzip"},
    ],
)
def test_unsupported_types_and_encodings(stand_in: Server, headers: dict[str, str]) -> None:
    problem(stand_in.analyze("x", **headers), 415, "unsupported-media-type")


def test_too_large(stand_in: Server) -> None:
    problem(stand_in.analyze(b"x" * 1_000_001), 413, "too-large")
    assert stand_in.analyze(b"x" * 1_000_000).status == 200


def test_a_gzip_bomb_is_not_unpacked(stand_in: Server) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(300)) + packer.flush()
    problem(stand_in.analyze(bomb, Content_Encoding="gzip"), 413, "too-large")


def test_what_the_engine_says(stand_in: Server) -> None:
    problem(stand_in.analyze("NONE"), 422, "no-article")
    got = problem(stand_in.analyze("FRENCH"), 422, "unsupported-language")
    assert (got["found"], got["supported"]) == ("fr", ["en"])


def test_a_fault_of_the_engine_tells_nothing_of_the_page(stand_in: Server) -> None:
    got = stand_in.analyze("RAISE")
    problem(got, 500, "internal")
    assert b"word of the page" not in got.body
    assert "word of the page" not in stand_in.log.read_text()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PURGE"])
def test_other_methods(stand_in: Server, method: str) -> None:
    got = stand_in.ask(method, "/v1/analyze")
    assert got.status == 405
    assert got.headers["allow"] == "POST"
    if method != "HEAD":
        problem(got, 405, "method-not-allowed")


@pytest.mark.parametrize("path", ["/v1", "/v1/analyze/", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd"])
def test_other_paths(stand_in: Server, path: str) -> None:
    problem(stand_in.ask("POST", path, "x", Content_Type="text/html"), 404, "not-found")


def test_health(stand_in: Server) -> None:
    assert stand_in.ask("GET", "/healthz").json["service"] == "provenance"
    assert stand_in.ask("GET", "/healthz").json["version"]
    assert stand_in.ask("GET", "/readyz").status == 200
