"""The OpenAPI document and `/docs`: true to the routes, to the validation and to real answers."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from conftest import Server

from provenance_server.answer import Analysis

STORY = """<html lang="en"><head><title>Harbour to close</title>
<meta property="og:site_name" content="The Tidewater Post"></head><body><article><h1>Harbour to close in spring</h1>
<p>The harbour will close in April, according to two officials who asked not to be named because the plan is secret.</p>
<p>“Nobody told us,” said Jane Miller, who runs the fish market, on Monday.</p>
<p>The owner, Northern Docks, reportedly lost ten million dollars last year. The company did not answer questions.</p>
<p>The Daily Gull first reported the plan, citing an internal letter of the harbour’s director to all of the staff.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def document(real: Server) -> Any:
    got = real.ask("GET", "/v1/openapi.json")
    assert got.headers["content-type"] == "application/json"
    return got.json


def test_is_openapi_3_1(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    for reference in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)):
        assert reference in document["components"]["schemas"]


def test_names_every_path(document: Any) -> None:
    paths = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert paths == {
        ("/v1/analyze", "post"),
        ("/v1/analyze/batch", "post"),
        ("/v1/openapi.json", "get"),
        ("/healthz", "get"),
        ("/readyz", "get"),
        ("/metrics", "get"),
        ("/docs", "get"),
    }


def test_limits_are_those_in_force(stand_in: Server) -> None:
    operation = stand_in.ask("GET", "/v1/openapi.json").json["paths"]["/v1/analyze"]["post"]
    assert operation["requestBody"]["content"]["text/html"]["schema"]["maxLength"] == 1_000_000
    assert "2 s" in operation["description"]


def test_an_answer_of_the_engine_fits_the_schema(real: Server) -> None:
    got = real.analyze(STORY)
    assert got.status == 200, got.body
    Analysis.model_validate_json(got.body, strict=True)
    assert got.json["highlights"]
    assert got.json["article"]["publisher"] == "The Tidewater Post"


def test_docs_name_every_operation_and_load_nothing_from_elsewhere(real: Server, document: Any) -> None:
    got = real.ask("GET", "/docs")
    html = got.body.decode()
    for path in document["paths"]:
        assert f"<code>{path}</code>" in html
    for link in re.findall(r'(?:src|href)="([^"]*)"', html):
        assert link.startswith(("/", "#")), link
        if link.startswith("#"):
            assert f'id="{link[1:]}"' in html
        else:
            assert real.ask("GET", link).status == 200
    assert "default-src 'none'" in got.headers["content-security-policy"]
    assert "<script" not in html


def test_assets_are_a_list_of_names(real: Server) -> None:
    for name in (
        "page/paint.js",
        "page/anchor.js",
        "page/paint.css",
        "try.js",
        "docs.css",
        "_locales/en/messages.json",
    ):
        assert real.ask("GET", f"/assets/{name}").status == 200, name
    for name in ("manifest.json", "../pages.py", "..%2fpages.py", "page/../manifest.json", "try.html", "/etc/passwd"):
        assert real.ask("GET", f"/assets/{name}").status == 404, name


def test_metrics_and_request_ids(real: Server) -> None:
    got = real.analyze(STORY, X_Request_ID="abc-1")
    assert got.headers["x-request-id"] == "abc-1"
    assert re.fullmatch("[0-9a-f]{32}", real.analyze(STORY, X_Request_ID="bad id\t").headers["x-request-id"])
    text = real.ask("GET", "/metrics").body.decode()
    value = re.search(r'provenance_requests_total\{method="POST",route="/v1/analyze",status="200"\} ([\d.]+)', text)
    assert value
    assert float(value[1]) >= 2
    for name in (
        "stage_seconds_bucket",
        "queue_waiting",
        "workers_busy",
        "workers_lost_total",
        "marks_total",
        "cache_total",
    ):
        assert f"provenance_{name}" in text
    assert "process_resident_memory_bytes" in text


def test_logs_have_no_words_and_no_addresses(real: Server) -> None:
    real.analyze(STORY, "?url=https://news.example/secret-path")
    real.ask("GET", "/secret-path?q=secret-query")
    log = real.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"time", "level", "event", "request", "method", "route", "status", "ms", "bytes"} <= set(lines[-1])
    for words in ("secret-path", "secret-query", "news.example", "Harbour", "harbour"):
        assert words not in log
