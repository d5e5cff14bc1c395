"""WARC files (ISO 28500), plain or gzip, read so that a broken record costs itself only.

A reader that takes the file as one stream stops, or loses its way, at the first damaged byte. Here the file is cut into
records first (gzip members, or the stated lengths), each is parsed alone by FastWARC, and after damage the search goes
on at the next place where a record begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from provenance.archive.record import Record

LARGEST = 64 * 2**20  # bytes of one record, decompressed
GZIP = b"\x1f\x8b\x08"
VERSION = b"WARC/1."
FIRST_LINE = re.compile(rb"WARC/1\.[01]\r\n")
PAGES = ("text/html", "application/xhtml+xml")


def read(path: Path, name: str, position: int = 0, number: int = 0) -> Iterator[Record]:
    """Every record of the file from a byte offset on, `number` being that of the first."""
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        cut = _members if data[:2] == GZIP[:2] else _plain
        for start, end, raw in cut(data, position):
            if isinstance(raw, str):
                yield Record(name, number, start, problem=("broken-record", raw), end=end)
            else:
                yield _page(raw, name, number, start, end)
            number += 1


def _members(data: mmap, start: int) -> Iterator[tuple[int, int, bytes | str]]:
    """(start, end, record or what is wrong with it) for each gzip member."""
    size = len(data)
    while start < size:
        content, length, wrong = _inflate(data, start)
        if not wrong:
            yield start, start + length, content
            start += length
            continue
        following = data.find(GZIP, start + 1)
        end = following if following >= 0 else size
        # Compressed bytes can look like a gzip header: only one that inflates to a record counts.
        while following >= 0 and not _inflate(data, following, only=16)[0].startswith(VERSION):
            following = data.find(GZIP, following + 1)
            end = following if following >= 0 else size
        yield start, end, wrong
        start = end


def _inflate(data: mmap, start: int, only: int = 0) -> tuple[bytes, int, str]:
    """What the member at `start` holds, its length in the file, and what is wrong with it (empty: nothing)."""
    if data[start : start + 3] != GZIP:
        return b"", 0, "no gzip member where one should begin"
    inflater = zlib.decompressobj(wbits=31)
    parts, total, at = [], 0, start
    try:
        while not inflater.eof and at < len(data):
            piece = data[at : at + 2**16]
            at += len(piece)
            part = inflater.decompress(piece, only or LARGEST + 1 - total)
            parts.append(part)
            total += len(part)
            if only or total > LARGEST:
                return b"".join(parts), 0, f"a record of more than {LARGEST} bytes"
    except zlib.error as error:
        return b"", 0, str(error)
    if not inflater.eof:
        return b"", 0, "the file ends within the record"
    return b"".join(parts), at - start - len(inflater.unused_data), ""


def _plain(data: mmap, start: int) -> Iterator[tuple[int, int, bytes | str]]:
    """The same for a file that is not compressed: a header, `Content-Length` bytes, two empty lines."""
    size = len(data)
    while start < size:
        end = _stated_end(data, start)
        if end and (end == size or data[end : end + len(VERSION)] == VERSION):
            raw: bytes | str = data[start:end] if end - start <= LARGEST else f"a record of more than {LARGEST} bytes"
        else:
            following = FIRST_LINE.search(data, start + 1)
            end, raw = (following.start() if following else size), "the record's length is not the one that it states"
        yield start, end, raw
        start = end


def _stated_end(data: mmap, start: int) -> int:
    head_end = data.find(b"\r\n\r\n", start, start + 65536)
    if data[start : start + len(VERSION)] != VERSION or head_end < 0 or FIRST_LINE.search(data, start + 1, head_end):
        return 0
    for line in data[start:head_end].split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.strip().lower() == b"content-length" and value.strip().isdigit():
            end = head_end + 4 + int(value)
            return end + 4 if data[end : end + 4] == b"\r\n\r\n" else 0
    return 0


def _page(raw: bytes, name: str, number: int, start: int, end: int) -> Record:
    """The page that a record holds; without `html` where it is a request, a redirect, an image …"""
    try:
        record = next(iter(ArchiveIterator(BytesIO(raw), parse_http=True, auto_decode="all")), None)
        if record is None:
            return Record(name, number, start, problem=("broken-record", "no WARC record can be read here"), end=end)
        url = record.headers.get("WARC-Target-URI") or None
        if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
            return Record(name, number, start, url=url, end=end)
        response = record.record_type == WarcRecordType.response
        if response and record.http_headers is None:
            return Record(name, number, start, url=url, problem=("broken-record", "no HTTP header"), end=end)
        kind = (record.http_content_type if response else record.headers.get("Content-Type")) or ""
        if (response and record.http_headers.status_code != 200) or not kind.lower().startswith(PAGES):
            return Record(name, number, start, url=url, end=end)
        html = record.reader.read()
        charset = record.http_charset if response else None
        return Record(name, number, start, _decoded(html, charset), url, end=end)
    except Exception as error:  # FastWARC raises its own, OSError and ValueError, by kind of damage
        detail = f"{type(error).__name__}: {error}"
        return Record(name, number, start, problem=("broken-record", detail[:200]), end=end)


def _decoded(html: bytes, charset: str | None) -> bytes | str:
    """The HTTP charset wins over the page's own; an unknown one leaves the bytes to the engine."""
    if not charset:
        return html
    try:
        return html.decode(charset, errors="replace")
    except LookupError:
        return html
