"""A WARC with damage: every whole record is read, every broken one is told, and nothing is told twice."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pytest
from archive_pages import page

from provenance.archive import warc

warcio = pytest.importorskip("warcio", reason="needs warcio")


def record(number: int, compressed: bool, kind: str = "response") -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = BytesIO()
    writer = WARCWriter(file, gzip=compressed)
    header = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    payload = BytesIO(page(number).encode())
    writer.write_record(
        writer.create_warc_record(f"http://news.test/{number}", kind, payload=payload, http_headers=header)
    )
    return file.getvalue()


def test_pages_and_their_addresses_are_read_and_requests_passed_over(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / "news.warc"
    path.write_bytes(record(0, compressed) + record(1, compressed, "request") + record(2, compressed))
    found = list(warc.read(path, "news"))
    assert [(r.number, r.url, r.html is not None, r.problem) for r in found] == [
        (0, "http://news.test/0", True, None),
        (1, "http://news.test/1", False, None),
        (2, "http://news.test/2", True, None),
    ]
    assert found[2].html == page(2)


def test_a_broken_record_costs_itself_only(tmp_path: Path, compressed: bool) -> None:
    dice = random.Random(1)
    parts = [bytearray(record(n, compressed)) for n in range(5)]
    del parts[1][len(parts[1]) // 2 :]  # cut short
    parts[3] += dice.randbytes(400)  # rubbish between records
    path = tmp_path / "news.warc"
    path.write_bytes(b"".join(parts))
    found = list(warc.read(path, "news"))
    whole = {r.url for r in found if r.html}
    assert whole >= {f"http://news.test/{n}" for n in (0, 2, 4)}
    assert any(r.problem and r.problem[0] == "broken-record" for r in found)
    assert [r.number for r in found] == list(range(len(found)))


def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LARGEST", 10_000)
    import gzip

    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(gzip.compress(b"WARC/1.0\r\n" + b"0" * 1_000_000) + record(7, True))
    found = list(warc.read(path, "bomb"))
    assert found[0].problem == ("broken-record", "a record of more than 10000 bytes")
    assert found[1].url == "http://news.test/7"


def test_reading_can_begin_at_any_record(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / "news.warc"
    path.write_bytes(b"".join(record(n, compressed) for n in range(4)))
    all_of_it = list(warc.read(path, "news"))
    assert list(warc.read(path, "news", all_of_it[2].position, 2)) == all_of_it[2:]


@pytest.fixture(params=[True, False], ids=["gzip", "plain"])
def compressed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)
