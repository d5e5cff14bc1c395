"""The tables that a corpus becomes, with their schemas (docs/archive.md says what each column holds)."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from provenance.archive.workers import Outcome

KEY: list[tuple[str, pa.DataType]] = [("input", pa.string()), ("record", pa.int64())]
NAMED = pa.struct([("name", pa.string()), ("kind", pa.string())])
SCHEMAS = {
    "articles": pa.schema([
        *KEY, ("url", pa.string()), ("outlet", pa.string()), ("publisher", pa.string()), ("title", pa.string()),
        ("byline", pa.string()), ("date", pa.date32()), ("language", pa.string()), ("words", pa.int32()),
        ("sentences", pa.int32()), ("attributed", pa.int32()), ("anonymous_source", pa.int32()),
        ("unverified_claim", pa.int32()), ("comment_sought", pa.int32()), ("denials", pa.int32()),
        ("warnings", pa.list_(pa.string())), ("engine", pa.string()), ("ms", pa.float32()),
    ]),
    "sources": pa.schema([
        *KEY, ("source", pa.string()), ("name", pa.string()), ("kind", pa.string()), ("attributions", pa.int32()),
        ("count", pa.string()), ("position", pa.string()), ("basis", pa.string()), ("description", pa.int8()),
        ("anonymity_reason", pa.string()), ("reason_boilerplate", pa.bool_()),
        ("corroborated_by", pa.list_(pa.string())),
        ("via", pa.list_(pa.list_(NAMED))),
    ]),
    "attributions": pa.schema([
        *KEY, ("attribution", pa.string()), ("sentence", pa.int32()), ("sources", pa.list_(NAMED)),
        ("via", pa.list_(pa.list_(NAMED))), ("cue", pa.string()), ("mention", pa.string()), ("content", pa.string()),
        ("quote", pa.string()), ("confidence", pa.float32()),
    ]),
    "highlights": pa.schema([
        *KEY, ("highlight", pa.string()), ("sentence", pa.int32()), ("marks", pa.list_(pa.string())),
        ("reasons", pa.list_(pa.struct([
            ("mark", pa.string()), ("code", pa.string()), ("text", pa.string()), ("evidence", pa.string()),
            ("confidence", pa.float32()),
        ]))), ("attributions", pa.list_(pa.string())), ("confidence", pa.float32()), ("text", pa.string()),
    ]),
    "rejects": pa.schema([*KEY, ("url", pa.string()), ("reason", pa.string()), ("detail", pa.string())]),
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


def rows(outcome: Outcome) -> Rows:
    """What one record adds to each table; nothing for a record that is no page."""
    key = {"input": outcome.record.input, "record": outcome.record.number}
    if outcome.problem:
        reason, detail = outcome.problem
        return {"rejects": [{**key, "url": outcome.record.url, "reason": reason, "detail": detail}]}
    if outcome.answer is None:
        return {}
    answer = outcome.answer
    named = {s["id"]: {"name": s["name"], "kind": s["kind"]} for s in answer["sources"]}
    return {
        "articles": [{**key, **_article(answer)}],
        "sources": [{**key, **_source(s, named)} for s in answer["sources"]],
        "attributions": [{**key, **_attribution(a, named)} for a in answer["attributions"]],
        "highlights": [{**key, **_highlight(h)} for h in answer["highlights"]],
    }


def _article(answer: Mapping[str, Any]) -> dict[str, Any]:
    article, summary = answer["article"], answer["summary"]
    remarks = Counter(r["kind"] for r in answer["remarks"])
    engine = answer["engine"]
    return {
        **{name: article[name] for name in ("publisher", "title", "byline", "language", "words")},
        "url": answer["url"],
        "outlet": (urlsplit(answer["url"]).hostname or "").removeprefix("www.") or None if answer["url"] else None,
        "date": _day(article["date"]),
        "sentences": summary["sentences"],
        "attributed": summary["attributed"],
        "anonymous_source": summary["anonymous-source"],
        "unverified_claim": summary["unverified-claim"],
        "comment_sought": remarks["comment-sought"],
        "denials": remarks["denial"],
        "warnings": [w["code"] for w in answer["warnings"]],
        "engine": f"{engine['version']} {engine['model']} {engine['lexicon']}",
        "ms": answer["timing_ms"].get("total"),
    }


def _day(text: str | None) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _ways(via: Iterable[Iterable[str]], named: Mapping[str, Any]) -> list[list[Any]]:
    return [[named[s] for s in way] for way in via]


def _source(source: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    plain = (
        "name",
        "kind",
        "count",
        "position",
        "basis",
        "description",
        "anonymity_reason",
        "reason_boilerplate",
        "corroborated_by",
    )
    return {
        **{name: source.get(name) for name in plain},
        "source": source["id"],
        "attributions": len(source["mentions"]),
        "via": _ways(source["via"], named),
    }


def _attribution(a: Mapping[str, Any], named: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "attribution": a["id"],
        "sentence": a["sentence"],
        "sources": [named[s] for s in a["sources"]],
        "via": _ways(a["via"], named),
        "cue": a["cue"] and a["cue"]["text"],
        "mention": a["mention"] and a["mention"]["text"],
        "content": a["content"]["text"],
        "quote": a["quote"],
        "confidence": a["confidence"],
    }


def _highlight(h: Mapping[str, Any]) -> dict[str, Any]:
    reasons = [
        {**{k: r[k] for k in ("mark", "code", "text", "confidence")}, "evidence": r["evidence"]["text"]}
        for r in h["reasons"]
    ]
    return {
        **{k: h[k] for k in ("sentence", "marks", "attributions", "confidence", "text")},
        "highlight": h["id"],
        "reasons": reasons,
    }


def write_shard(folder: Path, outcomes: Iterable[Outcome]) -> None:
    """Writes the tables of a shard, all or nothing: into a folder aside, to disk, then one rename."""
    collected: Rows = {name: [] for name in SCHEMAS}
    for outcome in sorted(outcomes, key=lambda o: o.record.number):
        for name, added in rows(outcome).items():
            collected[name] += added
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, schema in SCHEMAS.items():
        with (aside / f"{name}.parquet").open("wb") as file:
            pq.write_table(pa.Table.from_pylist(collected[name], schema), file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
    try:
        aside.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        shutil.rmtree(aside)  # another task has written the same shard: its rows are the same
