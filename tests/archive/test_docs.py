"""The queries of docs/archive.md run on a corpus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_report import corpus  # noqa: F401 (the fixture)

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")


def test_every_query_runs(corpus: Path, root: Path) -> None:  # noqa: F811
    (sql,) = re.findall(r"```sql\n(.*?)```", (root / "docs" / "archive.md").read_text("utf-8"), re.DOTALL)
    results = [duckdb.sql(q.replace("'out/", f"'{corpus}/")).fetchall() for q in sql.split(";") if q.strip()]
    assert len(results) == 5
    assert results[1] == [(2024, 4, 0.75)]
    assert results[3] == [("<b>Gazette</b>", "=HYPERLINK(1)", 4)]
    assert [row[2] for row in results[4]] == ["e", "e", "e"]
