"""Statements from what people have: JSON lines, Parquet, answers of `provenance analyze`, a folder of a corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provenance import outlets
from provenance.origin.statement import BadStatement, Statement, host, read_statement

WORDS = 5  # a shorter content (“yes”, “it was a mistake”) says nothing that could be told apart


def read(path: Path) -> list[Statement]:
    """All statements of a file or folder. Raises `BadStatement`, OSError."""
    rows = list(_rows(path))
    return [read_statement(row, number) for number, row in enumerate(rows, 1)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_dir() and (path / "shards").is_dir():
        yield from _corpus(path)
    elif path.is_dir():
        for file in sorted([*path.glob("*.json"), *path.glob("*.jsonl"), *path.glob("*.parquet")]):
            yield from _rows(file)
    elif path.suffix == ".parquet":
        import pyarrow.parquet as pq

        yield from pq.read_table(path).to_pylist()
    else:
        yield from _json(path)


def _json(path: Path) -> Iterator[dict[str, Any]]:
    """A JSON object, a list of them, or one on each line; statements, or whole answers."""
    text = path.read_text("utf-8")
    try:
        whole = json.loads(text)
        objects = whole if isinstance(whole, list) else [whole]
    except ValueError:
        try:
            objects = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as error:
            raise BadStatement(f"{path}: neither JSON nor JSON lines ({error})") from None
    for number, item in enumerate(objects):
        if not isinstance(item, dict):
            raise BadStatement(f"{path}: a statement is a JSON object")
        if "attributions" in item and "article" in item:
            yield from _answer(item, f"{path.stem}:{number}")
        else:
            yield item


def _answer(answer: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    named = {s["id"]: {"name": s["name"], "kind": s["kind"]} for s in answer["sources"]}
    article = answer["article"]
    for a in answer["attributions"]:
        yield from _long_enough({
            "id": f"{name}:{a['id']}", "claim": a["content"]["text"], "cue": a["cue"] and a["cue"]["text"],
            "sources": [named[s] for s in a["sources"]], "via": [[named[s] for s in way] for way in a["via"]],
            "publisher": article["publisher"] or name, "outlet": _outlet(answer["url"]),
            "url": answer["url"], "article": answer["url"] or name, "date": article["date"],
        })  # fmt: skip


def _corpus(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    for shard in sorted((path / "shards").glob("[!.]*")):
        articles = {(r["input"], r["record"]): r for r in pq.read_table(shard / "articles.parquet").to_pylist()}
        for a in pq.read_table(shard / "attributions.parquet").to_pylist():
            article = articles[a["input"], a["record"]]
            identity = f"{a['input']}:{a['record']}"
            yield from _long_enough({
                "id": f"{identity}:{a['attribution']}", "claim": a["content"], "cue": a["cue"], "sources": a["sources"],
                "via": a["via"], "publisher": article["publisher"] or article["outlet"] or a["input"],
                "outlet": _outlet(article["url"]), "url": article["url"], "article": article["url"] or identity,
                "date": article["date"],
            })  # fmt: skip


def _outlet(url: str | None) -> str | None:
    """Who carries an article: two hosts of one outlet are one (`guardian.co.uk`, `theguardian.com`)."""
    return (outlets.canonical(host(url)) or host(url)) if url else None


def _long_enough(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if row["claim"] and len(row["claim"].split()) >= WORDS:
        yield row
