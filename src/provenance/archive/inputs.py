"""What a corpus can be read from: folders of HTML, WARC, JSON lines, Parquet; each a stream of `Record`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provenance.archive import warc
from provenance.archive.record import Record

HTML = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
WARC = (".warc", ".warc.gz")
JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
PARQUET = (".parquet",)


class UnknownInput(ValueError):
    """A path that is no archive that can be read."""


@dataclass(frozen=True, slots=True)
class Input:
    """One stream of records. `name` is the key's first part; `files`: the pages of a folder, else the one file."""

    name: str
    format: str  # html | warc | jsonl | parquet
    files: tuple[Path, ...]
    size: int  # bytes, or for `html` and `parquet` items

    def read(self, position: int = 0, number: int = 0) -> Iterator[Record]:
        """Its records from `position` (of a record read before) on, `number` being the first's."""
        readers = {"html": _html, "jsonl": _json_lines, "parquet": _parquet}
        if self.format == "warc":
            return warc.read(self.files[0], self.name, position, number)
        return readers[self.format](self, position, number)


def find_inputs(paths: list[str]) -> list[Input]:
    """The inputs named on the command line: files, or folders with any of them inside. Raises `UnknownInput`."""
    inputs: list[Input] = []
    for path in map(Path, paths):
        if not path.exists():
            raise UnknownInput(f"{path}: no such file or folder")
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        base = path if path.is_dir() else path.parent
        pages = tuple(f for f in files if f.name.lower().endswith(HTML))
        if pages:
            inputs.append(Input(path.name or str(path.resolve().name), "html", pages, len(pages)))
        inputs += [_file(f, str(f.relative_to(base))) for f in files if f not in set(pages) and _format(f)]
        if not pages and not any(_format(f) for f in files):
            raise UnknownInput(
                f"{path}: neither HTML, WARC, JSON lines nor Parquet ({', '.join(HTML + WARC + JSON_LINES + PARQUET)})"
            )
    names = [i.name for i in inputs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise UnknownInput(f"two inputs are called {sorted(twice)[0]}: rename one, names are part of every row's key")
    return inputs


def _format(path: Path) -> str | None:
    name = path.name.lower()
    for format_, endings in (("warc", WARC), ("jsonl", JSON_LINES), ("parquet", PARQUET)):
        if name.endswith(endings):
            return format_
    return None


def _file(path: Path, name: str) -> Input:
    format_ = _format(path) or ""
    if format_ == "parquet":
        import pyarrow.parquet as pq

        return Input(name, format_, (path,), int(pq.read_metadata(path).num_rows))
    return Input(name, format_, (path,), path.stat().st_size)


def _html(source: Input, position: int, number: int) -> Iterator[Record]:
    for index in range(position, len(source.files)):
        path = source.files[index]
        try:
            data = path.read_bytes()
            html = gzip.decompress(data) if path.name.endswith(".gz") else data
            yield Record(source.name, index, index, html, end=index + 1)
        except (OSError, EOFError, ValueError) as error:
            yield Record(source.name, index, index, problem=("broken-record", f"{path.name}: {error}"), end=index + 1)


def _json_lines(source: Input, position: int, number: int) -> Iterator[Record]:
    path = source.files[0]
    zipped = path.name.endswith(".gz")
    with gzip.open(path) if zipped else path.open("rb") as file:
        file.seek(position)
        while line := file.readline():
            at, position = position, position + len(line)
            try:
                yield _from_row(json.loads(line), source.name, number, at, position)
            except (ValueError, UnicodeDecodeError) as error:
                yield Record(source.name, number, at, problem=("broken-record", str(error)[:200]), end=position)
            number += 1


def _parquet(source: Input, position: int, number: int) -> Iterator[Record]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(source.files[0])
    wanted = [c for c in ("html", "url", "publisher") if c in file.schema_arrow.names]
    index = 0
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if index + rows <= position:
            index += rows
            continue
        for batch in file.iter_batches(batch_size=64, row_groups=[group], columns=wanted):
            for row in batch.to_pylist():
                if index >= position:
                    yield _from_row(row, source.name, index, index, index + 1)
                index += 1


def _from_row(row: Any, name: str, number: int, position: int, end: int) -> Record:
    html = row.get("html") if isinstance(row, dict) else None
    if not isinstance(html, (str, bytes)):
        return Record(name, number, position, problem=("broken-record", "no column or field “html”"), end=end)
    url, publisher = row.get("url"), row.get("publisher")
    return Record(
        name, number, position, html,
        url if isinstance(url, str) else None, publisher if isinstance(publisher, str) else None, end=end,
    )  # fmt: skip
