"""The report: shares with their intervals, a page that loads nothing, tables that no spreadsheet runs."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from provenance.archive import report, report_command, tables
from provenance.archive.figures import Share
from provenance.archive.record import Record
from provenance.archive.workers import Outcome


def answer(publisher: str, marked: bool) -> dict[str, object]:
    reason = {"mark": "unverified-claim", "code": "hearsay", "text": "t", "confidence": 0.9, "evidence": {"text": "e"}}
    highlight = {"id": "h1", "sentence": 0, "marks": ["unverified-claim"], "reasons": [reason], "attributions": [],
                 "confidence": 0.9, "text": "t"}  # fmt: skip
    return {
        "engine": {"version": "1", "model": "m", "lexicon": "l"}, "url": "https://www.news.test/a",
        "article": {"publisher": publisher, "title": "t", "byline": None, "language": "en", "words": 9,
                    "date": "2024-05-06"},
        "summary": {"sentences": 3, "attributed": 1, "anonymous-source": int(marked), "unverified-claim": int(marked)},
        "remarks": [{"kind": "denial"}], "warnings": [], "timing_ms": {},
        "sources": [{"id": "s1", "name": "=HYPERLINK(1)", "kind": "media", "mentions": ["a1"], "via": [[]]}],
        "attributions": [], "highlights": [highlight] if marked else [],
    }  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    outcomes = [Outcome(Record("x", n, n), answer("<b>Gazette</b>", n < 3)) for n in range(4)]
    outcomes.append(Outcome(Record("x", 9, 9), problem=("too-slow", "no answer")))
    (tmp_path / "shards").mkdir()
    tables.write_shard(tmp_path / "shards" / "x@0", outcomes)
    return tmp_path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_each_figure_has_its_count_and_interval(corpus: Path) -> None:
    report.write(corpus, corpus / "report")
    (row,) = table(corpus / "report" / "outlets-anonymous-source.csv")
    assert (row["count"], row["of"], float(row["share"])) == ("3", "4", 0.75)
    assert float(row["low"]) < 0.75 < float(row["high"])
    assert table(corpus / "report" / "months-unverified-claim.csv")[0]["name"] == "2024-05"
    assert table(corpus / "report" / "rejects.csv")[0]["name"] == "too-slow"


def test_names_from_pages_are_neither_markup_nor_formulas(corpus: Path) -> None:
    report.write(corpus, corpus / "report")
    html = (corpus / "report" / "report.html").read_text("utf-8")
    assert "<b>Gazette" not in html
    assert "&lt;b&gt;Gazette" in html
    assert "http" not in html.replace("http://www.w3.org", "").replace("http-equiv", "")
    assert table(corpus / "report" / "cited.csv")[0]["name"].startswith("'=")


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    # Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    low, high = Share("", 81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_a_folder_without_a_corpus_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    parser = argparse.ArgumentParser()
    report_command.add_arguments(parser)
    assert report_command.run(parser.parse_args([str(tmp_path)])) == 4
    assert "holds no corpus" in capsys.readouterr().err
