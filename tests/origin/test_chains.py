"""Ways joined over articles: where they begin, and who is independent."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

pytest.importorskip("rensa", reason="needs provenance[archive]")
pytest.importorskip("networkx", reason="needs provenance[archive]")

from provenance.cli import main
from provenance.origin.answer import sentence, to_dict
from provenance.origin.chains import Web, web
from provenance.origin.picture import page, svg
from provenance.origin.statement import read_statement

CLAIM = "A blast at a depot in Odesa killed 12 people."
UNNAMED = {"name": "two officials", "kind": "anonymous"}


def joined(*rows: tuple[str, list[object], list[object]]) -> Web:
    made = [{"claim": CLAIM, "publisher": p, "sources": s, "via": v} for p, s, v in rows]
    return web([read_statement(row, n) for n, row in enumerate(made, 1)])


def test_a_cited_outlet_s_own_article_carries_the_way_on() -> None:
    found = joined(
        ("Port Herald", [UNNAMED], []),
        ("Hill Gazette", [{"name": "the Port Herald", "kind": "media"}], []),
        ("Lake Times", [{"name": "Hill Gazette", "kind": "media"}], []),
    )
    (origin,) = found.origins
    assert (origin.node.kind, origin.told and origin.told.name, len(origin.articles)) == ("anonymous", "Port Herald", 3)
    assert found.independent() == []
    assert sentence(found) == (
        "3 articles of 3 outlets; all go back to Port Herald, which cites one unnamed source (“two officials”); "
        "none is independent."
    )


def test_unnamed_sources_of_two_outlets_are_two_and_a_named_one_is_one() -> None:
    apart = joined(("Port Herald", [UNNAMED], []), ("Hill Gazette", [UNNAMED], []))
    assert len(apart.origins) == 2
    assert len(apart.independent()) == 2
    person = {"name": "Maria Okafor", "kind": "person"}
    same = joined(("Port Herald", [person], []), ("Hill Gazette", [{"name": "Okafor", "kind": "person"}], []))
    assert [o.node.name for o in same.origins] == ["Maria Okafor"]


def test_a_channel_under_several_names() -> None:
    found = joined(
        ("Port Herald", [{"name": "the Telegram channel Night Desk", "kind": "social-media"}], []),
        ("Hill Gazette", [UNNAMED], [[{"name": "Night Desk", "kind": "social-media"}]]),
    )
    (origin,) = found.origins
    assert origin.told
    assert origin.told.kind == "social-media"
    assert "which cites one unnamed source" in sentence(found)


def test_outlets_that_only_cite_each_other_have_no_origin() -> None:
    found = joined(
        ("Port Herald", [{"name": "Hill Gazette", "kind": "media"}], []),
        ("Hill Gazette", [{"name": "Port Herald", "kind": "media"}], []),
    )
    assert [o.node.kind for o in found.origins] == ["circle"]
    assert "they only cite each other" in sentence(found)


def test_independence_is_by_origin_and_not_by_outlet() -> None:
    found = joined(
        ("Port Herald", [UNNAMED], []),
        ("Hill Gazette", [{"name": "Port Herald", "kind": "media"}], []),
        ("Lake Times", [{"name": "Judge Alan Whitlock", "kind": "person"}], []),
    )
    assert found.independent() == ["3"]
    group = to_dict([found])["groups"][0]
    assert (group["independent_origins"], group["outlets"]) == (2, 3)


def test_the_picture_is_well_formed_whatever_the_names() -> None:
    found = joined(("<b>&Herald", [UNNAMED], []), ("Hill Gazette", [{"name": "<b>&Herald", "kind": "media"}], []))
    answer = to_dict([found])
    drawn = ET.fromstring(svg(answer["groups"][0]))
    boxes = list(drawn.iter("{http://www.w3.org/2000/svg}g"))
    assert len(boxes) == len(answer["groups"][0]["nodes"]) == 3
    assert "<b>&Herald" not in page(answer)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "statements.jsonl"
    lines = [
        {"claim": CLAIM, "publisher": "Port Herald", "source": UNNAMED},
        {"claim": "Twelve residents died when a warehouse in Odesa exploded.", "publisher": "Hill Gazette",
         "source": {"name": "Port Herald", "kind": "media"}},
        {"claim": "The mayor of Lund bought a horse.", "publisher": "Lake Times"},
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert main(["origin", str(path), "--format", "json"]) == 0
    (group,) = json.loads(capsys.readouterr().out)["groups"]
    assert group["articles"] == 2
    assert "Port Herald, which cites one unnamed source" in group["text"]
    path.write_text('{"publisher": "x"}', "utf-8")
    assert main(["origin", str(path)]) == 4
    assert "“claim” is missing" in capsys.readouterr().err


def test_answers_of_the_engine_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def answer(publisher: str, source: dict[str, object]) -> dict[str, object]:
        return {
            "url": f"https://{publisher.replace(' ', '')}.test/a",
            "article": {"publisher": publisher, "date": "2024-05-06"},
            "sources": [{"id": "s1", **source}],
            "attributions": [{"id": "a1", "content": {"text": CLAIM}, "cue": None, "sources": ["s1"], "via": [[]]}],
        }  # fmt: skip

    (tmp_path / "1.json").write_text(json.dumps(answer("Port Herald", UNNAMED)), "utf-8")
    second = answer("Hill Gazette", {"name": "Port Herald", "kind": "media"})
    (tmp_path / "2.json").write_text(json.dumps(second), "utf-8")
    assert main(["origin", str(tmp_path), "--format", "text"]) == 0
    assert "2 articles of 2 outlets; both go back to Port Herald" in capsys.readouterr().out
