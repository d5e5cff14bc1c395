"""One page of every hostile kind (benchmarks/hostile.py) through the real engine, and what must come of some."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import Server


def _load() -> ModuleType:
    file = Path(__file__).parents[2] / "benchmarks" / "hostile.py"
    spec = importlib.util.spec_from_file_location("hostile", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile"] = module
    spec.loader.exec_module(module)
    return module


hostile = _load()
DEADLINE = 1.5


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    options = ["--deadline", str(DEADLINE), "--workers", "2"]
    server = Server(tmp_path_factory.mktemp("hostile") / "log", *options).wait()
    yield server
    assert server.analyze(hostile.STORY).status == 200
    assert server.process.poll() is None
    server.process.kill()
    server.process.wait()


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_every_kind_gets_an_answer_or_a_clear_error(server: Server, kind: str) -> None:
    request = hostile.request_of(hostile.KINDS[kind](random.Random(kind)))
    outcome = hostile.send(server.port, request, 30)
    assert outcome.form, outcome
    assert outcome.status in (200, 400, 413, 422), outcome
    assert outcome.seconds < DEADLINE + 2, outcome  # the exact bound is the benchmark's: this machine may be busy


def analyzed(server: Server, html: str) -> Any:
    got = server.analyze(html)
    assert got.status == 200, got.body
    return got.json


ODD = {
    "control-reference": "&#1;",
    "odd-references": "&#55296;&#1114112;&#0;",
    "controls": "\x00\x01\x1f",
    "depth-255": "<div>" * 255 + "x" + "</div>" * 255,
    "depth-2500": "<div>" * 2500 + "x" + "</div>" * 2500,
    "one-token-of-1200-pieces": f"<p>The minister said http://a.example/{'a-' * 600} and left with the others.</p>",
    "comment": "<!-- <!-- -->",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(500)) + ">",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_where_the_page_has_an_article_it_is_found(server: Server, odd: str) -> None:
    html = hostile.STORY.replace("</h1>", "</h1>" + odd)
    found = analyzed(server, html)
    whole = analyzed(server, hostile.STORY)
    assert len(found["sentences"]) >= len(whole["sentences"])


def test_nothing_is_lost_after_a_lone_surrogate(server: Server) -> None:
    body = json.dumps({"html": hostile.STORY.replace("</h1>", "</h1>😀\ud800")})  # as browsers write it
    got = server.ask("POST", "/v1/analyze", body, Content_Type="application/json")
    assert got.status == 200, got.body
    assert len(got.json["sentences"]) >= len(analyzed(server, hostile.STORY)["sentences"])


def test_real_pages_are_not_refused(server: Server) -> None:
    import gzip

    from provenance_server import structure

    folder = Path(__file__).parents[3] / "shared" / "pages"
    if not folder.is_dir():
        pytest.skip(f"the pages are not there: {folder}")
    for file in sorted(folder.glob("*.html.gz")):
        structure.check(gzip.decompress(file.read_bytes()))
