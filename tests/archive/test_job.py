"""The job: each page once, whatever happens; what cannot be analysed is told with its reason."""

from __future__ import annotations

import json
import random
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_pages import page, rows

from provenance.archive.inputs import find_inputs
from provenance.archive.job import Settings, do_shard, open_job, plan
from provenance.archive.workers import Workers

Corpus = Callable[..., "subprocess.Popen[bytes]"]


def json_lines(path: Path, count: int, extra: dict[int, str] | None = None) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            html = page(n, (extra or {}).get(n, ""))
            file.write(json.dumps({"url": f"https://news.test/{n}", "html": html}) + "\n")
    return path


def said(job: subprocess.Popen[bytes]) -> bytes:
    assert job.stderr
    return job.stderr.read()


def test_bad_pages_are_told_and_the_others_are_done(corpus: Corpus, tmp_path: Path) -> None:
    extra = {2: "PLEASE-CRASH", 4: "PLEASE-HANG", 5: "PLEASE-RAISE"}
    archive = json_lines(tmp_path / "a.jsonl", 9, extra)
    with archive.open("a") as file:
        file.write("this is no JSON\n")
        file.write(json.dumps({"html": "<p></p>"}) + "\n")
    job = corpus(archive, "--out", tmp_path / "out", "--deadline", 1, "--workers", 2, "--shard-size", 3)
    assert job.wait() == 0
    found = rows(tmp_path / "out")
    assert {r["record"]: r["reason"] for r in found["rejects"]} == {
        2: "crashed", 4: "too-slow", 5: "engine-error", 9: "broken-record", 10: "no-article",
    }  # fmt: skip
    assert sorted(r["record"] for r in found["articles"]) == [0, 1, 3, 6, 7, 8]
    assert {a["sources"][0]["name"] for a in found["attributions"]} == {f"Mayor{n}" for n in (0, 1, 3, 6, 7, 8)}


def test_killed_at_random_moments_it_gives_the_same_rows(corpus: Corpus, tmp_path: Path) -> None:
    archive = json_lines(tmp_path / "a.jsonl", 120, dict.fromkeys(range(120), "PLEASE-SLEEP"))
    calm, hard = tmp_path / "calm", tmp_path / "hard"
    assert corpus(archive, "--out", calm, "--shard-size", 7).wait() == 0
    dice, kills = random.Random(), 0
    while kills < 3:
        job = corpus(archive, "--out", hard, "--shard-size", 7)
        # Each kill waits for a new shard, so that what was done before a kill is really there when it goes on.
        before = len(list(hard.glob("shards/[!.]*")))
        while job.poll() is None and len(list(hard.glob("shards/[!.]*"))) == before:
            try:
                job.wait(dice.uniform(0.05, 0.3))
            except subprocess.TimeoutExpired:
                continue
        if job.poll() is not None:
            break
        job.send_signal(signal.SIGKILL)
        job.wait()
        kills += 1
    assert kills >= 1, "it was never killed while it worked"
    assert corpus(archive, "--out", hard, "--shard-size", 7).wait() == 0
    assert rows(hard) == rows(calm)
    assert len(rows(hard)["articles"]) == 120
    assert not list(hard.glob("shards/.*"))


def test_another_job_cannot_write_into_the_folder(corpus: Corpus, tmp_path: Path) -> None:
    archive = json_lines(tmp_path / "a.jsonl", 2)
    assert corpus(archive, "--out", tmp_path / "out").wait() == 0
    other = corpus(archive, "--out", tmp_path / "out", "--shard-size", 5)
    assert other.wait() == 2
    assert b"holds another job" in said(other)


def test_folders_and_parquet_give_what_json_lines_give(corpus: Corpus, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.html").write_text(page(n), "utf-8")
    table = pa.table({"html": [page(n) for n in range(4)], "url": [None] * 4})
    pq.write_table(table, tmp_path / "pages.parquet", row_group_size=3)
    with (tmp_path / "pages.jsonl").open("w") as file:
        file.writelines(json.dumps({"html": page(n)}) + "\n" for n in range(4))
    results = []
    for name in ("pages", "pages.parquet", "pages.jsonl"):
        out = tmp_path / f"out-{name}"
        assert corpus(tmp_path / name, "--out", out).wait() == 0
        results.append([{k: v for k, v in r.items() if k != "input"} for r in rows(out)["attributions"]])
    assert results[0] == results[1] == results[2]
    assert len(results[0]) == 4


def test_an_engine_that_cannot_be_loaded_ends_the_job(corpus: Corpus, tmp_path: Path) -> None:
    job = corpus(json_lines(tmp_path / "a.jsonl", 1), "--out", tmp_path / "out", "--engine", "no_such_module:x")
    assert job.wait() == 1
    assert b"no_such_module" in said(job)


def test_what_is_no_archive_is_said(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no archive")
    job = corpus(tmp_path / "notes.txt", "--out", tmp_path / "out")
    assert job.wait() == 2
    assert b"neither HTML, WARC" in said(job)


def test_shard_by_shard_as_a_cluster_does_it(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    archive = json_lines(tmp_path / "a.jsonl", 8, {3: "PLEASE-RAISE"})
    assert corpus(archive, "--out", tmp_path / "whole", "--shard-size", 3).wait() == 0
    settings, inputs, out = Settings("light_engine:analyze", 3), find_inputs([str(archive)]), tmp_path / "parts"
    open_job(out, inputs, settings)
    with Workers(settings.engine, 1, settings.deadline) as workers:
        counts = [do_shard(shard, out, settings, workers) for shard in plan(inputs, out, settings)]
        assert counts == [(3, 0), (3, 1), (2, 0)]
        assert not list(plan(inputs, out, settings))
    assert rows(out) == rows(tmp_path / "whole")
