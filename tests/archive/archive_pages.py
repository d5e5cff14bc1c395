"""Pages of our own, and the rows of a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TABLES = ("articles", "sources", "attributions", "highlights", "rejects")


def page(number: int, extra: str = "") -> str:
    """A page with an article that differs from the others'."""
    text = f"Mayor{number} said the {number + 1} bridges of the town had been inspected in the spring. "
    return f"<html><body><article><h1>Bridges {number}</h1><p>{text * 3}</p><p>{extra}</p></article></body></html>"


def rows(out: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of each table, by key, without the time that they took."""
    import pyarrow.parquet as pq

    found: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        read = [r for shard in out.glob(f"shards/*/{table}.parquet") for r in pq.read_table(shard).to_pylist()]
        found[table] = sorted(({k: v for k, v in r.items() if k != "ms"} for r in read), key=repr)
    return found
